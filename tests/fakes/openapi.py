"""Bodies and queries made from an app's own description, so that tests know of routes that are added later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fastapi import FastAPI

Schema = dict[str, Any]
NAMES_A_THING = re.compile(r"(_ids?|^ids?|^cursor)$")


@dataclass(frozen=True)
class Route:
    """One method of one route, with its description."""

    method: str
    path: str
    operation: Schema
    shared: Mapping[str, Schema]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)(?::\w+)?}", self.path)

    @property
    def query(self) -> dict[str, Schema]:
        return {one["name"]: one for one in self.operation.get("parameters", []) if one["in"] == "query"}

    @property
    def required_query(self) -> dict[str, Any]:
        return {name: self.example(one["schema"]) for name, one in self.query.items() if one.get("required")}

    @property
    def body(self) -> Schema | None:
        """Return the schema of the JSON body, if the route takes one."""
        found = self.operation.get("requestBody", {}).get("content", {}).get("application/json")
        return self._resolved(found["schema"]) if found else None

    @property
    def takes_files(self) -> bool:
        return "multipart/form-data" in self.operation.get("requestBody", {}).get("content", {}) and not self.body

    def naming_fields(self) -> list[str]:
        """Return the members of the body that name things."""
        return [name for name in (self.body or {}).get("properties", {}) if NAMES_A_THING.search(name)]

    def example(self, schema: Schema) -> Any:
        """Return a value that fits a schema, with the members alone that it needs."""
        schema = self._resolved(schema)
        match schema:
            case {"const": value} | {"enum": [value, *_]}:
                return value
            case {"anyOf": choices} | {"oneOf": choices}:
                return self.example(next(one for one in choices if one.get("type") != "null"))
            case {"type": "object"}:
                return {name: self.example(schema["properties"][name]) for name in schema.get("required", [])}
            case {"type": "array"}:
                return [self.example(schema["items"]) for _ in range(schema.get("minItems", 0))]
        return _plain(schema)

    def _resolved(self, schema: Schema) -> Schema:
        name = schema.get("$ref")
        return self.shared[name.rsplit("/", 1)[1]] if name else schema


def _plain(schema: Schema) -> Any:
    if schema.get("type") in {"integer", "number"}:
        return schema.get("minimum", 1)
    if schema.get("type") == "boolean":
        return True
    if "@" in schema.get("pattern", ""):
        return "nobody@example.org"
    return "a" * max(1, schema.get("minLength", 1))


def routes(app: FastAPI) -> Iterator[Route]:
    """Yield every method of every route, those too that the published description leaves out."""
    document = app.openapi()
    contexts = [one for one in iter_route_contexts(app.routes) if not isinstance(one.original_route, Mount)]
    described: dict[Any, Schema] = {}
    for context in contexts:
        for method, operation in document["paths"].get(context.path, {}).items():
            if method.upper() in (context.methods or ()):
                described[context.endpoint] = operation
    shared = document["components"]["schemas"]
    for context in contexts:
        for method in sorted(context.methods or ()):
            yield Route(method, context.path or "", described.get(context.endpoint, {}), shared)
