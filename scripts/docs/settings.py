"""The pages of settings, from the settings' own declarations."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic_core import PydanticUndefined

from backend.settings.table import PREFIX, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from backend.settings.table import Leaf

FOLDERS = {
    "data_dir": "`~/.local/share/image-studio`",
    "models_dir": "`~/.cache/image-studio/models`",
}
"""Defaults that depend on the machine, as they are on Linux."""
GENERAL = "The studio as a whole"
VENDORS = "Keys under the names that vendors use"

PAGE = """\
# Settings

<!-- Made by `make docs` from backend/settings/. Change the class, not this page. -->

Settings are environment variables. All have defaults that work on a laptop, with no key and no network.
`image-studio settings` shows which are in force and where each comes from; a variable that begins like a setting and is
none is warned of at the start, with the one that may be meant. [Timeouts, pools and retries](timeouts.md) tells what
becomes of work that meets one of the limits.

{sections}

`<NAME>` is an engine, such as `STABILITY`, `WAVESPEED`, `HUGGINGFACE`, `GEMINI` or `OPENAI`.
"""

SHORT = (
    *("IMAGE_STUDIO_DATA_DIR", "IMAGE_STUDIO_MODELS_DIR", "DATABASE_URL", "IMAGE_STUDIO_SECRET_KEY"),
    *("IMAGE_STUDIO_PUBLIC_URL", "IMAGE_STUDIO_TIER", "IMAGE_STUDIO_STORAGE__URL", "IMAGE_STUDIO_STORAGE__ENDPOINT"),
    *("IMAGE_STUDIO_STORAGE__ACCESS_KEY_ID", "IMAGE_STUDIO_STORAGE__SECRET_ACCESS_KEY"),
    *("IMAGE_STUDIO_WEB__TRUSTED_PROXIES", "IMAGE_STUDIO_WORKERS__SERVE", "IMAGE_STUDIO_IDENTITY__ISSUER"),
    *("IMAGE_STUDIO_PROVIDERS__<NAME>__API_KEY", "IMAGE_STUDIO_PROVIDERS__<NAME>__BASE_URL"),
    *("STABILITY_API_KEY", "WAVESPEED_API_KEY", "HF_TOKEN", "GEMINI_API_KEY", "OPENAI_API_KEY"),
)
"""What is set first: the short table of the README."""


def short_table() -> str:
    """Return the settings that people set first, as rows of variable, default and meaning."""
    rows = [f"| `{one.variable}` | {default(one)} | {meaning(one)} |" for one in leaves() if one.variable in SHORT]
    return "\n".join(["| variable | default | |", "|---|---|---|", *rows])


def page() -> str:
    """Return the reference page of the settings."""
    return PAGE.format(sections="\n\n".join(_sections()))


def _sections() -> Iterator[str]:
    groups: dict[str, list[Leaf]] = {}
    for leaf in leaves():
        groups.setdefault(_group(leaf), []).append(leaf)
    for name, members in groups.items():
        rows = [
            f"| `{one.variable}` | {default(one)} | {taken(one)} | {one.unit} | {meaning(one)} |" for one in members
        ]
        head = ["| variable | default | takes | unit | |", "|---|---|---|---|---|"]
        yield "\n".join([f"## {name}", "", *_introduction(members[0]), *head, *rows])


def _group(leaf: Leaf) -> str:
    if len(leaf.path) > 1:
        return f"`{leaf.variable.removesuffix(leaf.name.upper())}…`"
    return GENERAL if leaf.variable.startswith(PREFIX) or leaf.name == "database_url" else VENDORS


def _introduction(leaf: Leaf) -> list[str]:
    said = inspect.getdoc(leaf.owner) if len(leaf.path) > 1 else None
    return [" ".join(said.split()), ""] if said else []


def taken(leaf: Leaf) -> str:
    """Return a setting's type, with its range where it has one."""
    return f"{leaf.kind}, {leaf.range}" if leaf.range else leaf.kind


def default(leaf: Leaf) -> str:
    """Return a setting's default as it is written; empty where it has none."""
    if leaf.name in FOLDERS:
        return FOLDERS[leaf.name]
    value = leaf.field.default
    if value is None or value is PydanticUndefined or value in ("", ()):
        return ""
    if isinstance(value, tuple):
        return f"`{','.join(str(one) for one in cast('tuple[object, ...]', value))}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def meaning(leaf: Leaf) -> str:
    """Return what a setting is for: what stands below its declaration."""
    if not leaf.variable.startswith(PREFIX) and leaf.name != "database_url":
        return "An engine's key, under the name its vendor's own tools use."
    said = docstrings(leaf.owner).get(leaf.name)
    return said or (inspect.getdoc(leaf.owner) or "").partition(".")[0] + "."


@cache
def docstrings(model: type[BaseModel]) -> dict[str, str]:
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
