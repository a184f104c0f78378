"""How commands fail: one place that turns what went wrong into lines on standard error and an exit status."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from typer.core import TyperGroup

from backend.errors import MachineTrouble, ProviderFailed, StorageFull, StudioError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FAILED = 1
"""The exit status of what was refused or went wrong."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says of a full disk, and of one's share of it."""
MISUSED = 2
"""The exit status of what could not be understood: arguments, or settings in the environment."""


class Refused(Exception):
    """A studio answered with a problem (RFC 9457)."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(problem.get("detail", ""))
        self.problem = problem


class Failing(TyperGroup):
    """A group of commands in which every foreseen failure ends in a message instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer keeps the class of contexts to itself
        """Run the command.

        Raises:
            Exit: it failed, and that has been told.
        """
        try:
            return super().invoke(ctx)
        except StudioError as error:
            _tell(error.problem())
        except Refused as error:
            _tell(error.problem)
        except OSError as error:
            if error.errno not in FULL:
                raise
            _tell(StorageFull(detail=f"There is no space left{_for(error)}.").problem())
        except ValidationError as error:
            _tell_fields(error)
            raise typer.Exit(MISUSED) from error
        raise typer.Exit(FAILED)


def _for(error: OSError) -> str:
    return f" for {error.filename}" if error.filename else ", or a quota is used up"


def _tell(problem: Mapping[str, Any]) -> None:
    """Write a problem: its title and detail on one line, then what to do."""
    screen = Console(stderr=True, soft_wrap=True, highlight=False)
    title, detail = str(problem.get("title", "This failed")), str(problem.get("detail", ""))
    said = f"{title}: {detail}" if detail and detail != title else title
    screen.print(said, style="bold red", markup=False)
    for error in _unsaid(problem.get("errors", ()), detail):
        field = f"{error['pointer'].lstrip('/')}: {error['detail']}"
        if field not in said:
            screen.print(f"  {field}", markup=False)
    for engine, why in problem.get("tried", {}).items():
        screen.print(f"  {engine}: {why}", markup=False)
    todo = advice(str(problem.get("code", "")))
    if todo and todo not in said:
        screen.print(f"  {todo}", style="dim", markup=False)


def _unsaid(errors: Sequence[Mapping[str, Any]], detail: str) -> Sequence[Mapping[str, Any]]:
    """Return the wrong fields, none where the detail is made of just their words."""
    words = " ".join(f"{error['detail'].rstrip('.')}." for error in errors)
    return () if words == f"{detail.rstrip('.')}." else errors


def _tell_fields(error: ValidationError) -> None:
    screen = Console(stderr=True, soft_wrap=True, highlight=False)
    what = "A setting is wrong" if error.title == "Settings" else "This can't be asked for"
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        place = ".".join(str(step) for step in one["loc"])
        screen.print(f"{what}: {place}: {one['msg']}", style="bold red", markup=False)


def advice(code: str) -> str:
    """Return what to do about trouble with the machine or an engine, by its code; the detail says it of the rest."""
    kind = next((one for one in _kinds(StudioError) if one.slug == code), StudioError)
    if not issubclass(kind, MachineTrouble | ProviderFailed):
        return ""
    _, _, todo = (kind.__doc__ or "").partition("\n\n")
    return "" if todo.strip().startswith("The detail says") else " ".join(todo.split())


def _kinds(kind: type[StudioError]) -> Iterator[type[StudioError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _kinds(each)
