"""A page for each problem type, from its class: the docstring says what happened, then what to do."""

from __future__ import annotations

import dataclasses
import inspect
from http import HTTPStatus
from typing import TYPE_CHECKING

from backend.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE = "<!-- Made by `make docs` from backend/errors. Change the class, not this page. -->"

INDEX = """\
# Problems

{made}

Every refusal and failure is a problem of RFC 9457: `application/problem+json` with `type`, `title`, `status`,
`detail`, `code` and `request_id`. A failed job carries the same object.

| status | code | |
|---|---|---|
{rows}
"""


def problem_types() -> tuple[type[StudioError], ...]:
    """Return every problem type, by slug."""
    return tuple(sorted(_below(StudioError), key=lambda kind: kind.slug))


def pages() -> dict[str, str]:
    """Return the pages by path, the list of them included."""
    kinds = problem_types()
    return {f"docs/problems/{kind.slug}.md": page(kind) for kind in kinds} | {"docs/problems/index.md": _index(kinds)}


def page(kind: type[StudioError]) -> str:
    """Return the page of one problem type."""
    happened, *advice = (inspect.getdoc(kind) or "").split("\n\n")
    blocks = [
        f"# {kind.title}",
        MADE,
        happened.replace("\n", " "),
        "## What to do",
        *(block.replace("\n", " ") for block in advice),
        "## In the answer",
        _facts(kind),
    ]
    return "\n\n".join(blocks) + "\n"


def _facts(kind: type[StudioError]) -> str:
    rows = [
        ("`code`", f"`{kind.slug}`"),
        ("`status`", f"{kind.status} {HTTPStatus(kind.status).phrase}"),
        ("`title`", kind.title),
        ("tried again by itself", "yes, while nothing is paid" if kind.retryable else "no"),
        ("members of its own", ", ".join(f"`{name}`" for name in _members(kind)) or "none"),
    ]
    return "\n".join(["| | in this problem |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _members(kind: type[StudioError]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.name != "detail")


def _index(kinds: tuple[type[StudioError], ...]) -> str:
    ordered = sorted(kinds, key=lambda kind: (kind.status, kind.slug))
    rows = [f"| {kind.status} | [`{kind.slug}`]({kind.slug}.md) | {kind.title} |" for kind in ordered]
    return INDEX.format(made=MADE, rows="\n".join(rows))


def _below(kind: type[StudioError]) -> Iterator[type[StudioError]]:
    yield kind
    for sub in kind.__subclasses__():
        yield from _below(sub)
