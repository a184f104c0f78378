"""`image-studio dev …`: what only those need who work on the studio itself, in a checkout of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from backend.errors import MachineTrouble

CHECKOUT = Path(__file__).parents[2]
_FAKES = "tests.fakes.provider_server"
app = typer.Typer(no_args_is_help=True, help="Work on the studio itself, in a checkout of it.")


@app.callback()
def workshop() -> None:
    """Work on the studio itself, in a checkout of it."""


@app.command("fake-providers")
def fake_providers(
    *, port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8600
) -> None:
    """Serve vendors that are fakes: they speak as the real ones do, cost nothing, and fail when they are told to."""
    if not (CHECKOUT / _FAKES.replace(".", "/") / "__main__.py").is_file():
        detail = (
            "The fake vendors are part of the tests, which are not installed: run this in a checkout of the project."
        )
        raise MachineTrouble(detail=detail)
    sys.stdout.flush()
    os.chdir(CHECKOUT)
    os.execv(sys.executable, [sys.executable, "-m", _FAKES, str(port)])  # noqa: S606 - it becomes them: no child is left
