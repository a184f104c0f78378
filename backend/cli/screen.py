"""What commands write: plain lines and JSON on standard output, tables for people who look."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import typer
from pydantic import BaseModel
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


WHOLE = frozenset({"id", "operation", "asked for", "made"})
"""Columns whose words stay on one line: they are copied from the screen."""


def line(text: str) -> None:
    """Write one line as it is."""
    typer.echo(text)


def aside(text: str) -> None:
    """Write a line for the person at the terminal, where it is not mistaken for the answer."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(text, style="dim", markup=False)


def document(value: object) -> None:
    """Write a value as JSON."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    typer.echo(json.dumps(plain, ensure_ascii=False, indent=2, default=str))


def listing(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows: a table on a terminal, lines with tabs for other programs."""
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(" ".join(_cell(one).split()) for one in row))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in WHOLE)
    for row in rows:
        table.add_row(*(Text(_cell(one)) for one in row))
    Console().print(table)


def facts(found: Mapping[str, object]) -> None:
    """Write what people want to know about one thing: words and figures; addresses and the like are in the JSON."""
    listing(("", ""), _facts(found, ""))


def _facts(found: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for name, value in found.items():
        match value:
            case None | "":
                continue
            case dict() if not prefix:
                yield from _facts(cast("dict[str, object]", value), f"{name}.")
            case list() if value and all(isinstance(one, str) for one in cast("list[object]", value)):
                yield prefix + name, ", ".join(cast("list[str]", value))
            case str() | int() | float() if not name.endswith("url") and name != "thumbhash":
                yield prefix + name, value
            case _:
                continue


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case True:
            return "yes"
        case False:
            return "no"
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def moment(text: str) -> datetime:
    """Return the moment that JSON tells."""
    return datetime.fromisoformat(text)


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    units = ("B", "kB", "MB", "GB", "TB")
    value, step = float(count), 0
    while value >= 1000 and step < len(units) - 1:  # noqa: PLR2004 - a kilobyte, as disks are sold
        value, step = value / 1000, step + 1
    return f"{value:.0f} {units[step]}" if value >= 10 or step == 0 else f"{value:.1f} {units[step]}"  # noqa: PLR2004 - two digits
