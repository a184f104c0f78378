"""The built frontend, at every address that is not the API's; and the pages that problems link to."""

from __future__ import annotations

import gzip
import hashlib
import html
import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from backend import errors
from backend.errors import NotFound, StudioError
from backend.routers.caching import Cached
from backend.routers.deps import PUBLIC, SAFE

if TYPE_CHECKING:
    from starlette.types import Scope

    from backend.routers.edge import Outside

FOLDER = Path(__file__).parents[2] / "frontend" / "dist"
ASSETS = "assets/"
"""Where files have a hash in their names, so that they never change."""
FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
API = re.compile(r"(api|v1|mcp|problems)(/|$)")
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""Media types that machines disagree about."""
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""How the build compresses files, the smallest first."""
UNBUILT = "<p>The frontend is not built yet: run <code>make setup</code>.</p>"

pages = APIRouter(prefix="/problems", tags=["problems"])


class Frontend(StaticFiles):
    """Files of the frontend; an address without a file is one of its pages."""

    def __init__(self, outside: Outside) -> None:
        super().__init__(directory=FOLDER, check_dir=False)
        self._page = Page.read(FOLDER, outside)
        self._shared = outside.asset_base is not None

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, the page for an address of the frontend, or 404 for what there is not."""
        if path in {".", "index.html"}:
            return self._paged(scope)
        try:
            response = await self._file(path, scope)
        except HTTPException as error:
            if error.status_code != NotFound.status or not _is_page(path):
                raise
            return self._paged(scope)
        response.headers["Cache-Control"] = FOREVER if path.startswith(ASSETS) else ALWAYS_ASK
        if self._shared:  # scripts and fonts of another origin load only where it lets everybody have them
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    async def _file(self, path: str, scope: Scope) -> Response:
        """Return a file, as small as the client can read it."""
        kind = TYPES.get(Path(path).suffix)
        if kind is None:
            return await super().get_response(path, scope)
        encoding = self._encoding(path, scope)
        response = await super().get_response(path + ENCODINGS.get(encoding, ""), scope)
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Type"] = kind
        response.headers["Vary"] = "Accept-Encoding"
        return response

    def _encoding(self, path: str, scope: Scope) -> str:
        """Return the encoding of the smallest form of a file that the client can read; empty for the file itself."""
        accepted = _accepted(Headers(scope=scope))
        fitting = (one for one, suffix in ENCODINGS.items() if one in accepted and self.lookup_path(path + suffix)[1])
        return next(fitting, "")

    def _paged(self, scope: Scope) -> Response:
        if scope["method"] not in SAFE:
            raise HTTPException(405)
        return self._page.answer(Headers(scope=scope)) if self._page else HTMLResponse(UNBUILT, status_code=503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page that every address of the frontend shows, told where it and its files are."""

    body: bytes
    small: bytes
    """The body in gzip."""
    tag: str

    @classmethod
    def read(cls, folder: Path, outside: Outside) -> Page | None:
        """Return the built page with the addresses of its files and its base path written into it; None if unbuilt."""
        index = folder / "index.html"
        if not index.is_file():
            return None
        files = (outside.asset_base or outside.base_path) + "/" + ASSETS
        text = index.read_text(encoding="utf-8").replace('data-base=""', f'data-base="{outside.base_path}"', 1)
        text = text.replace(f'="./{ASSETS}', f'="{files}').replace('="./', f'="{outside.base_path}/')
        body = text.encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        return cls(body=body, small=gzip.compress(body, mtime=0), tag=tag)

    def answer(self, headers: Headers) -> Response:
        """Return the page, or 304 where the client has it."""
        told = {"Cache-Control": ALWAYS_ASK, "ETag": self.tag, "Vary": "Accept-Encoding"}
        if Cached(headers.get("if-none-match", "")).has(self.tag):
            return Response(status_code=304, headers=told)
        if "gzip" in _accepted(headers):
            return HTMLResponse(self.small, headers=told | {"Content-Encoding": "gzip"})
        return HTMLResponse(self.body, headers=told)


def _is_page(path: str) -> bool:
    """Return whether an address without a file is one of the frontend's pages: not the API's, and no missing file."""
    return not (API.match(path) or (path + "/").startswith(ASSETS) or Path(path).suffix)


def _accepted(headers: Headers) -> set[str]:
    """Return the encodings that a client can read."""
    offers = (part.replace(" ", "").lower().split(";") for part in headers.get("accept-encoding", "").split(","))
    return {name for name, *weight in offers if not re.fullmatch(r"q=0(\.0*)?", "".join(weight))}


@pages.get("/{slug}", openapi_extra=PUBLIC, response_class=HTMLResponse)
async def problem(slug: str) -> HTMLResponse:
    """Return what a problem type means and what to do about it."""
    found = next((one for one in _types() if one.slug == slug), None)
    if found is None:
        raise NotFound(detail="There is no such type of problem.")
    text = "".join(f"<p>{html.escape(part)}</p>" for part in (inspect.getdoc(found) or "").split("\n\n"))
    title = html.escape(found.title)
    return HTMLResponse(f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1>{text}</html>")


def _types() -> list[type[StudioError]]:
    found = (getattr(errors, name) for name in errors.__all__)
    return [one for one in found if isinstance(one, type) and issubclass(one, StudioError)]
