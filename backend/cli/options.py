"""What every command that speaks to a studio can be told: which studio, and how to answer."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Concatenate

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show the studio's own log lines.")]
Server = Annotated[
    str | None,
    typer.Option(
        help="A studio elsewhere, such as https://studio.example.org; this machine's own otherwise.",
        envvar="IMAGE_STUDIO_SERVER",
        show_envvar=True,
        rich_help_panel="Which studio",
    ),
]
Key = Annotated[
    str | None,
    typer.Option(
        help="The API key for that studio.",
        envvar="IMAGE_STUDIO_API_KEY",
        show_envvar=True,
        rich_help_panel="Which studio",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Which studio a command means, and how it is to answer."""

    server: str | None = None
    api_key: str | None = None
    as_json: bool = False
    verbose: bool = False


def _common(*, server: Server = None, api_key: Key = None, as_json: AsJson = False, verbose: Verbose = False) -> Common:
    return Common(server=server, api_key=api_key, as_json=as_json, verbose=verbose)


_SHARED = inspect.signature(_common, eval_str=True).parameters


def with_common(command: Callable[Concatenate[Common, ...], None]) -> Callable[..., None]:
    """Return the command with the common options added to its own; it gets them as its first value."""

    def told(**values: Any) -> None:  # noqa: ANN401 - typer has checked them
        common = _common(**{name: values.pop(name) for name in _SHARED})
        command(common, **values)

    mine = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    keywords = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*mine, *_SHARED.values())]
    told.__name__, told.__doc__ = command.__name__, command.__doc__
    # typer reads a command's options from these two.
    told.__signature__ = inspect.Signature(keywords)  # pyright: ignore[reportFunctionMemberAccess]
    told.__annotations__ = {one.name: one.annotation for one in keywords}
    return told
