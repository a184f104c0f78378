"""Lints of shape: how long files and functions are, what is caught, what only forwards."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.lint.source import Finding, Source

FILE_LINES = 300
FUNCTION_LINES = 40
CODE = ("backend", "scripts", "bench")
GENERATED = ("backend/db/migrations/versions",)

BROAD_CATCHES = {
    "backend/routers/problems.py": "the 500 handler",
    "backend/jobs/runner.py": "the job runner",
    "backend/services/health_service.py": "the health probe",
}
"""The only places that may catch everything, once each."""

GIVEN_NAMES = frozenset(
    {
        "create_image",
        "edit_image",
        "upscale_image",
        "optimize_for_social",
        "get_templates",
        "get_platform_formats",
        "estimate_cost",
        "generate",
        "process_edit",
        "process_upscale",
        "optimize_image",
    }
)
"""Names that the product's specification gives: they stay callable even where they only forward."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_files(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find Python files that nobody reads in one go."""
    for source in sources:
        count = len(source.lines)
        if source.nodes and source.under(*CODE) and not source.under(*GENERATED) and count > FILE_LINES:
            yield source.finding(1, f"{count} lines; at most {FILE_LINES}: make two rooms of it")


def long_functions(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find functions that are more than one thought, their docstrings counted."""
    for source in sources:
        if not source.under(*CODE) or source.under(*GENERATED):
            continue
        for node in source.nodes:
            if isinstance(node, Function) and (count := _length(node)) > FUNCTION_LINES:
                yield source.finding(node.lineno, f"{node.name} has {count} lines; at most {FUNCTION_LINES}")


def broad_catches(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find `except Exception`, and what amounts to it, outside the listed places."""
    for source in sources:
        if not source.under(*CODE):
            continue
        seen = Counter[str]()
        for node in source.nodes:
            if isinstance(node, ast.ExceptHandler) and _catches_all(node.type):
                seen[source.path] += 1
                if source.path not in BROAD_CATCHES or seen[source.path] > 1:
                    yield source.finding(node.lineno, "catches everything; catch what you can finish handling")


def forwarding_methods(sources: Iterable[Source]) -> Iterator[Finding]:
    """Find methods that only call the method of the same name with the same arguments."""
    for source in sources:
        if not source.under("backend"):
            continue
        for owner in source.nodes:
            if isinstance(owner, ast.ClassDef):
                for node in owner.body:
                    if isinstance(node, Function) and node.name not in GIVEN_NAMES and _forwards(node):
                        yield source.finding(node.lineno, f"{owner.name}.{node.name} only forwards; call its callee")


def _length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _catches_all(caught: ast.expr | None) -> bool:
    match caught:
        case None:
            return True
        case ast.Tuple(elts=parts):
            return any(_catches_all(part) for part in parts)
        case ast.Name(id=name):
            return name in {"Exception", "BaseException"}
        case _:
            return False


def _forwards(node: Function) -> bool:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    match body:
        case [ast.Return(value=ast.Await(value=ast.Call() as call))]:
            return _same_call(node, call)
        case [ast.Return(value=ast.Call() as call)]:
            return _same_call(node, call)
        case _:
            return False


def _same_call(node: Function, call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr=name, value=ast.Attribute(value=ast.Name(id="self"))) if name == node.name:
            return _passed(call) == _taken(node)
        case _:
            return False


def _taken(node: Function) -> list[str]:
    arguments = node.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)][1:]


def _passed(call: ast.Call) -> list[str]:
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [value.id if isinstance(value, ast.Name) else "" for value in values]
