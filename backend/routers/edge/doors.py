"""Which routes anybody may call. All others are private, those too that are added without a thought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fastapi.routing import iter_route_contexts
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from backend.routers.deps import OPEN, PUBLIC, RATES, SAFE

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from fastapi import FastAPI
    from fastapi.routing import RouteContext
    from starlette.types import Scope

    from backend.schemas.limits import RateKind, Uncounted

Door = Literal["private", "open", "public"]
"""Needs credentials; looks at them if there are some; does not look at them."""
PROGRAMS = ("/api/", "/v1/", "/mcp")
"""Where programs call. Elsewhere lies the frontend, whose files are no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    path: re.Pattern[str]
    methods: frozenset[str] | None
    door: Door
    rates: RateKind | Uncounted | None

    def takes(self, method: str) -> bool:
        return self.methods is None or method in self.methods


class Doors:
    """The doors of an app's routes, found in the order in which the app itself finds its routes."""

    def __init__(self, app: FastAPI) -> None:
        published = {app.openapi_url, app.docs_url, app.redoc_url, app.swagger_ui_oauth2_redirect_url}
        contexts = (one for one in iter_route_contexts(app.routes) if not _is_frontend(one))
        self._entries = tuple(_entry(context, published) for context in contexts)

    def of(self, scope: Scope) -> Door:
        """Return the door of the route that the app will choose for a request."""
        chosen = self._chosen(scope)
        if chosen:
            return chosen.door
        return "public" if scope["method"] in SAFE and not _path(scope).startswith(PROGRAMS) else "private"

    def rates(self, scope: Scope) -> RateKind | Uncounted | None:
        """Return what a request is counted as, where its route says so."""
        chosen = self._chosen(scope)
        return chosen.rates if chosen else None

    def _chosen(self, scope: Scope) -> _Entry | None:
        path, method = _path(scope), scope["method"]
        fitting = [entry for entry in self._entries if entry.path.match(path)]
        # Where the path fits and the method does not, the app refuses the method: the first of them will do.
        return next((entry for entry in fitting if entry.takes(method)), fitting[0] if fitting else None)


def _entry(context: RouteContext, published: set[str | None]) -> _Entry:
    methods = frozenset(context.methods) if context.methods else None
    extra: Mapping[str, Any] = getattr(context.original_route, "openapi_extra", None) or {}
    return _Entry(path=context.path_regex, methods=methods, door=_door(context, published), rates=extra.get(RATES))


def _is_frontend(context: RouteContext) -> bool:
    route = context.original_route
    return isinstance(route, Mount) and isinstance(route.app, StaticFiles)


def _door(context: RouteContext, published: set[str | None]) -> Door:
    if context.path in published:
        return "public"
    extra: Mapping[str, object] = getattr(context.original_route, "openapi_extra", None) or {}
    if extra.get("security") == PUBLIC["security"]:
        return "public"
    return "open" if extra.get("security") == OPEN["security"] else "private"


def _path(scope: Scope) -> str:
    """Return the path as routes see it: without what the app itself is mounted under."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(root + "/") else path
