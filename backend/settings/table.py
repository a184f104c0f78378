"""The one table of settings: every variable with its type, range and unit, where its value stands and comes from."""

from __future__ import annotations

import difflib
import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from annotated_types import Ge, Gt, Le, Lt
from pydantic import AliasChoices, BaseModel, SecretStr

from backend.schemas.servers import ServerSettings
from backend.settings import ProviderSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

PREFIX = "IMAGE_STUDIO_"
NAME = "<NAME>"
"""Stands for an engine, or a server of one's own, in the variables of these."""
FAMILIES: dict[str, type[BaseModel]] = {"providers": ProviderSettings, "servers": ServerSettings}
"""Settings that there are once for each name."""
UNITS = {
    "_s": "seconds",
    "_minutes": "minutes",
    "_hours": "hours",
    "_days": "days",
    "_memory_mb": "MiB",
    "_mb": "MB",
    "_gb": "GB",
}
KINDS: dict[type, str] = {
    bool: "true or false",  # before int, of which it is one
    int: "whole number",
    float: "number",
    SecretStr: "secret",
    Path: "folder",
}
OTHERS = frozenset({"IMAGE_STUDIO_SERVER", "IMAGE_STUDIO_API_KEY"})
"""Variables of the commands, which are no settings of the studio."""
ALIKE = 0.7
"""How much a name must be like another to be taken for that one misspelt, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One setting."""

    variables: tuple[str, ...]
    """What sets it; the first that is set counts."""
    path: tuple[str, ...]
    """Its names from the settings down, such as `("db", "pool")`."""
    owner: type[BaseModel]
    field: FieldInfo

    @property
    def variable(self) -> str:
        """Return the name it goes by."""
        return self.variables[0]

    @property
    def name(self) -> str:
        """Return its own name within its group."""
        return self.path[-1]

    @property
    def kind(self) -> str:
        """Return its type, for people."""
        return _kind(self.field.annotation)

    @property
    def bounds(self) -> tuple[object, ...]:
        """Return the marks of its range."""
        return (*self.field.metadata, *_marks(self.field.annotation))

    @property
    def range(self) -> str:
        """Return its range, for people; empty where there is none."""
        choices = _choices(self.field.annotation)
        if choices:
            return ", ".join(choices)
        said = [text for mark in self.bounds if (text := _bound(mark))]
        return " and ".join(said)

    @property
    def unit(self) -> str:
        """Return its unit; empty where it has none, or says so itself."""
        if self.path[0] == "rates" and self.name in {*RATES}:
            return "per minute"
        return next((unit for end, unit in UNITS.items() if self.name.endswith(end)), "")


RATES = (
    *("reads", "reads_workspace", "writes", "writes_workspace", "work", "work_workspace"),
    *("pictures", "pictures_workspace", "open", "sign_in"),
)


def leaves() -> tuple[Leaf, ...]:
    """Return every setting, in the order in which they are declared; those of engines once, for `<NAME>`."""
    return tuple(_leaves(Settings, PREFIX, ()))


def _leaves(model: type[BaseModel], prefix: str, path: tuple[str, ...]) -> Iterator[Leaf]:
    for name, field in model.model_fields.items():
        group = field.annotation
        if name in FAMILIES and not path:
            yield from _leaves(FAMILIES[name], f"{prefix}{name.upper()}__{NAME}__", (name, NAME))
        elif isinstance(group, type) and issubclass(group, BaseModel):
            yield from _leaves(group, f"{prefix}{name.upper()}__", (*path, name))
        else:
            yield Leaf(variables=_variables(name, field, prefix), path=(*path, name), owner=model, field=field)


def _variables(name: str, field: FieldInfo, prefix: str) -> tuple[str, ...]:
    match field.validation_alias:
        case AliasChoices(choices=choices):
            return tuple(choice for choice in choices if isinstance(choice, str))
        case str(alias):
            return (alias,)
        case _:
            return (prefix + name.upper(),)


def _parts(annotation: object) -> tuple[object, ...]:
    """Return the members of a union; of anything else itself."""
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return typing.get_args(annotation)
    return (annotation,)


def _bare(annotation: object) -> object:
    return typing.get_args(annotation)[0] if typing.get_origin(annotation) is Annotated else annotation


def _kind(annotation: object) -> str:
    for part in map(_bare, _parts(annotation)):
        if typing.get_origin(part) is tuple:
            return "list"
        for kind, said in KINDS.items():
            if isinstance(part, type) and issubclass(part, kind):
                return said
    return "text"


def _choices(annotation: object) -> tuple[str, ...]:
    parts = [_bare(part) for part in _parts(annotation)]
    return tuple(str(one) for part in parts if typing.get_origin(part) is Literal for one in typing.get_args(part))


def _marks(annotation: object) -> Iterator[object]:
    for part in _parts(annotation):
        if typing.get_origin(part) is Annotated:
            for mark in typing.get_args(part)[1:]:
                yield from getattr(mark, "metadata", ()) or (mark,)


def _bound(mark: object) -> str:
    match mark:
        case Ge(ge=least):
            return f"≥ {least}"
        case Gt(gt=least):
            return f"> {least}"
        case Le(le=most):
            return f"≤ {most}"
        case Lt(lt=most):
            return f"< {most}"
        case _:
            return ""


def values(found: Settings) -> Iterator[tuple[Leaf, object]]:
    """Yield each setting with its value; those of engines once for each engine that has any."""
    for leaf in leaves():
        family = leaf.path[0]
        if family not in FAMILIES:
            yield leaf, _value(found, leaf.path)
            continue
        for engine, own in getattr(found, family).items():
            named = tuple(variable.replace(NAME, engine.upper()) for variable in leaf.variables)
            made = Leaf(variables=named, path=(family, engine, leaf.name), owner=leaf.owner, field=leaf.field)
            yield made, getattr(own, leaf.name)


def _value(found: object, path: tuple[str, ...]) -> object:
    for step in path:
        found = getattr(found, step)
    return found


def source(leaf: Leaf, environ: Mapping[str, str]) -> str:
    """Return where a setting's value comes from: the variable that sets it, or `default`."""
    held = {name.upper() for name in environ}
    groups = [PREFIX + "__".join(leaf.path[:depth]).upper() for depth in range(1, len(leaf.path))]
    return next((name for name in (*leaf.variables, *groups) if name in held), "default")


def unknown(environ: Iterable[str]) -> dict[str, str | None]:
    """Return the variables that look like settings and are none, each with the one that may be meant."""
    known = {variable for leaf in leaves() for variable in leaf.variables} | OTHERS
    groups = {PREFIX + "__".join(leaf.path[:depth]).upper() for leaf in leaves() for depth in range(1, len(leaf.path))}
    given = sorted({name.upper() for name in environ if name.upper().startswith(PREFIX)})
    return {name: _meant(name, known) for name in given if _generic(name) not in known | groups}


def _meant(name: str, known: Iterable[str]) -> str | None:
    """Return the variable that is most like a name, if any is; what all of them begin with does not count."""
    tails = {one.removeprefix(PREFIX): one for one in known if one.startswith(PREFIX)}
    near = difflib.get_close_matches(_generic(name).removeprefix(PREFIX), tails, n=1, cutoff=ALIKE)
    engine = [*name.split("__"), ""][1]
    return tails[near[0]].replace(NAME, engine) if near else None


def _generic(name: str) -> str:
    """Return a variable of an engine with `<NAME>` in the engine's place; any other as it is."""
    first, *rest = name.split("__")
    if first.removeprefix(PREFIX).lower() in FAMILIES and rest:
        rest[0] = NAME
    return "__".join([first, *rest])
