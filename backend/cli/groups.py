"""Commands by noun: `image-studio jobs` alone lists them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

HELP = ("-h", "--help")


class Listing(TyperGroup):
    """A group whose command `list` is meant where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer keeps the class of contexts to itself
        """Read the arguments, with `list` put before them if they begin with no command."""
        bare = not args or (args[0].startswith("-") and args[0] not in HELP)
        return super().parse_args(ctx, ["list", *args] if bare else args)


def noun(about: str) -> typer.Typer:
    """Return an empty group of commands about one kind of thing."""
    return typer.Typer(cls=Listing, help=about)
