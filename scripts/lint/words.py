"""Lints of words: who may name an engine, what is left over, and what names a place that is not the project's."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.lint.source import Finding, Source

MAY_NAME_ENGINES = ("backend/providers", "backend/data", "backend/settings")
"""The settings know the variables that vendors' own tools read their keys from."""

LEFT_OVER = re.compile(
    r"\b(?:TODO|FIXME|XXX|HACK)\b|\bNotImplementedError\b|pytest\.mark\.(?:skip|xfail)\b|\b(?:it|test|describe)\.(?:skip|only)\("
)
PLACE = re.compile(
    r"https?://\S+\.(?:whl|tgz|tar\.gz)\b|https?://\S+/simple\b|\"resolved\":|(?<!no-emit-)\bindex-url"
    r"|(?<![\w./:-])/(?:root|home|Users|work)/\w"
)
SILENCER = re.compile(
    r"#\s*(?P<what>(?:noqa|type: ignore|pyright: ignore)(?:\[[\w, ]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?)(?P<reason>.*)"
)

SPEAKS_OF_PLACES = ("scripts/lint", "scripts/lock.sh", "tests/unit/project", "deploy")
"""Files that must name what is refused elsewhere."""


def engine_names(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find engines called by their name outside the folder of the engines: a difference is a column of its table."""
    known = tuple(sources)
    names = _engines(known)
    for source in known:
        if not source.under("backend") or source.under(*MAY_NAME_ENGINES):
            continue
        for node in source.nodes:
            if isinstance(node, ast.Constant) and node.value in names:
                yield source.finding(node.lineno, f"names the engine {node.value!r}; read its table instead")
            if isinstance(node, ast.Compare) and _asks_which_engine(node):
                yield source.finding(node.lineno, "asks which engine it is; add a column to its table")


def left_overs(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find marks of unfinished work, and tests that do not run."""
    for source in sources:
        if source.under("backend", "frontend/src", "tests", "docs", "scripts", "README.md") and not source.under(
            *SPEAKS_OF_PLACES
        ):
            for number, line in enumerate(source.lines, start=1):
                if found := LEFT_OVER.search(line):
                    yield source.finding(number, f"left over: {found.group()}")


def places(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find addresses of package indexes and paths of somebody's machine."""
    for source in sources:
        if source.under(*SPEAKS_OF_PLACES):
            continue
        for number, line in enumerate(source.lines, start=1):
            if found := PLACE.search(line):
                yield source.finding(number, f"names a place outside the project: {found.group()}")


def silencers(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find switched-off checks without a reason beside them, or in a comment on the line above."""
    for source in sources:
        if not source.path.endswith(".py") or source.under(*SPEAKS_OF_PLACES):
            continue
        above = ""
        for number, line in enumerate(source.lines, start=1):
            found = SILENCER.search(line)
            if found and not re.search(r"\w{2}", found.group("reason")) and not _explains(above, found.group("what")):
                yield source.finding(number, "switches a check off without saying why")
            above = line


def _explains(above: str, what: str) -> bool:
    """Tell whether the line above is a comment, or switches off the same for a reason that holds on."""
    same = SILENCER.search(above)
    return above.lstrip().startswith("#") or bool(same and same.group("what") == what)


def _engines(sources: Iterable[Source]) -> frozenset[str]:
    """Return the names that the classes in the engines' folder give themselves; `local` is an ordinary word too."""
    names: set[str] = set()
    for source in sources:
        if source.under("backend/providers"):
            names.update(_named(node) for node in source.nodes if isinstance(node, ast.ClassDef))
    return frozenset(names - {"", "local"})


def _named(owner: ast.ClassDef) -> str:
    for node in owner.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id="name")], value=ast.Constant(value=str(name)))
                | ast.AnnAssign(target=ast.Name(id="name"), value=ast.Constant(value=str(name)))
            ):
                return name
            case ast.FunctionDef(name="name", body=[*_, ast.Return(value=ast.Constant(value=str(name)))]):
                return name
            case _:
                continue
    return ""


def _asks_which_engine(node: ast.Compare) -> bool:
    sides = (node.left, *node.comparators)
    asked = any(
        (isinstance(side, ast.Name) and side.id == "provider")
        or (isinstance(side, ast.Attribute) and side.attr == "provider")
        for side in sides
    )
    return asked and any(
        isinstance(side, ast.Constant) and isinstance(side.value, str) and side.value not in {"", "auto"}
        for side in sides
    )
