"""The table of settings, from the settings' own declarations."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import AliasChoices, BaseModel
from pydantic_core import PydanticUndefined

from backend.settings import ProviderSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

PREFIX = "IMAGE_STUDIO_"
FOLDERS = {
    "data_dir": "`~/.local/share/image-studio`",
    "models_dir": "`~/.cache/image-studio/models`",
}
"""Defaults that depend on the machine, as they are on Linux."""


PAGE = """\
# Settings

<!-- Made by `make docs` from backend/settings/. Change the class, not this page. -->

Settings are environment variables. All have defaults that work on a laptop, with no key and no network.

{table}

`<NAME>` is an engine, such as `STABILITY`, `WAVESPEED`, `HUGGINGFACE`, `GEMINI` or `OPENAI`.
"""

FINE_TUNING = (
    *("DB__", "JOBS__", "WORKERS__", "LIMITS__", "LOG__", "SIGN_IN__", "CONCURRENCY"),
    *(f"STORAGE__{word}" for word in ("SESSION", "VIRTUAL", "ALLOW", "CONNECT", "REQUEST", "RETR", "REDIRECT_S")),
)
"""What few people ever set: left out where the table is short."""


def table(*, leaving_out: tuple[str, ...] = ()) -> str:
    """Return the settings as rows of variable, default and meaning, but those with one of the words in their name."""
    rows = [
        f"| `{name}` | {default} | {meaning} |"
        for name, default, meaning in _rows(Settings, PREFIX)
        if not any(word in name for word in leaving_out)
    ]
    return "\n".join(["| variable | default | |", "|---|---|---|", *rows])


def page() -> str:
    """Return the reference page of the settings."""
    return PAGE.format(table=table())


def _rows(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str, str]]:
    said = _docstrings(model)
    for name, field in model.model_fields.items():
        if name == "providers":
            yield from _rows(ProviderSettings, f"{prefix}PROVIDERS__<NAME>__")
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _rows(field.annotation, f"{prefix}{name.upper()}__")
        else:
            yield _variable(name, field, prefix), _default(name, field), said.get(name) or _fallback(model, field)


def _variable(name: str, field: FieldInfo, prefix: str) -> str:
    match field.validation_alias:
        case AliasChoices(choices=[str(first), *_]):
            return first
        case str(alias):
            return alias
        case _:
            return prefix + name.upper()


def _default(name: str, field: FieldInfo) -> str:
    if name in FOLDERS:
        return FOLDERS[name]
    if field.default is None or field.default is PydanticUndefined:
        return ""
    return f"`{field.default}`"


def _fallback(model: type[BaseModel], field: FieldInfo) -> str:
    if isinstance(field.validation_alias, str):
        return "An engine's key, under the name its vendor's own tools use."
    return (inspect.getdoc(model) or "").partition(".")[0] + "."


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return what stands below each field, by field."""
    tree = ast.parse(Path(inspect.getfile(model)).read_text(encoding="utf-8"))
    owner = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == model.__name__)
    found: dict[str, str] = {}
    for field, below in zip(owner.body, owner.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
            case _:
                continue
    return found
