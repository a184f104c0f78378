"""The built frontend, at every address that is not the API's; and the pages that problems link to."""

from __future__ import annotations

import html
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse
from starlette.staticfiles import StaticFiles

from backend import errors
from backend.errors import NotFound, StudioError
from backend.routers.deps import PUBLIC

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope

FOLDER = Path(__file__).parents[2] / "frontend" / "dist"
FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
API = ("api/", "v1/")

pages = APIRouter(prefix="/problems", tags=["problems"])


class Frontend(StaticFiles):
    """Files of the frontend; an address without a file is one of its pages."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER, check_dir=False, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, the page for an address of the frontend, or 404 for one of the API."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != NotFound.status or path.startswith(API) or Path(path).suffix:
                raise
            response = self._page()
        response.headers["Cache-Control"] = FOREVER if path.startswith("assets/") else ALWAYS_ASK
        return response

    def _page(self) -> Response:
        index = FOLDER / "index.html"
        if index.exists():
            return FileResponse(index)
        return HTMLResponse("<p>The frontend is not built yet: run <code>make setup</code>.</p>", status_code=503)


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
