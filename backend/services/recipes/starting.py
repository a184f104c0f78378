"""What a run begins with: the pictures and rows that were given, found in the library and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.repositories.recipes import called
from backend.errors import FieldError, InvalidRequest
from backend.schemas.recipes import PICTURE
from backend.services.image_studio.inputs import Input, input_of
from backend.services.recipes.costing import Begun
from backend.services.recipes.filling import columns_of
from backend.services.recipes.steps import missing_in, needs_picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import JsonValue

    from backend.db.session import Database
    from backend.schemas.assets import AssetView
    from backend.schemas.base import Caller
    from backend.schemas.recipes import RecipeStep, RunForm
    from backend.services.content_asset_service import ContentAssetService

    Row = Mapping[str, JsonValue]

ALL = 20
"""How many wrong rows are told of."""


class Starting:
    """Finds what the items of a run begin with."""

    def __init__(self, db: Database, library: ContentAssetService) -> None:
        self._db = db
        self._library = library

    async def items(self, caller: Caller, steps: tuple[RecipeStep, ...], form: RunForm) -> tuple[Begun, ...]:
        """Return what each item begins with.

        Raises:
            InvalidRequest: a row lacks something, a picture is not there, or none is needed; each is pointed at.
        """
        wants = needs_picture(steps)
        _check_rows(form, columns_of(steps), wants=wants)
        named = [str(asset) for asset in form.asset_ids] or [str(row.get(PICTURE, "")) for row in form.rows]
        nothing: Row = {}
        rows: Sequence[Row] = form.rows or [nothing for _ in named]
        if not wants:
            return tuple(Begun(picture=Input(), row=row) for row in rows)
        found = await self._pictures(caller, named)
        _check_found(form, named, found)
        return tuple(
            Begun(picture=input_of(found[name], "image"), row=row) for name, row in zip(named, rows, strict=True)
        )

    async def _pictures(self, caller: Caller, named: Sequence[str]) -> dict[str, AssetView]:
        """Return the pictures that some ids or file names stand for, outside the trash, as far as there are any."""
        asked = sorted({name for name in named if "\x00" not in name})  # which no text in a database can hold
        async with self._db.read() as session:
            by_name = await called(session, caller.workspace_id, asked)
        views = await self._library.views(caller, sorted({by_name.get(name, name) for name in asked}))
        found = {name: views.get(by_name.get(name, name)) for name in named}
        return {name: view for name, view in found.items() if view and view.width and view.status != "trashed"}


def _check_rows(form: RunForm, columns: tuple[str, ...], *, wants: bool) -> None:
    if form.asset_ids and not wants:
        raise _refused("asset_ids", "this recipe makes its pictures from words; give rows", ())
    if form.asset_ids and columns:
        named = ", ".join(columns)
        raise _refused("asset_ids", f"the steps speak of {named}: give rows with {PICTURE} and these columns", ())
    wrong = [
        FieldError(pointer=f"/rows/{place}/{name}", detail=f"row {place + 1} says nothing in the column “{name}”")
        for place, row in enumerate(form.rows)
        for name in missing_in(columns, row, picture=wants)
    ]
    if wrong:
        raise _refused("rows", wrong[0].detail, tuple(wrong[:ALL]))


def _check_found(form: RunForm, named: Sequence[str], found: Mapping[str, AssetView]) -> None:
    kind = "asset_ids" if form.asset_ids else "rows"
    tail = "" if form.asset_ids else f"/{PICTURE}"
    wrong = [
        FieldError(
            pointer=f"/{kind}/{place}{tail}",
            detail=f"there is no picture {name[:80]} in the library" + (", by id or by file name" if tail else ""),
        )
        for place, name in enumerate(named)
        if name not in found
    ]
    if wrong:
        raise _refused(kind, wrong[0].detail, tuple(wrong[:ALL]))


def _refused(field: str, detail: str, errors: tuple[FieldError, ...]) -> InvalidRequest:
    return InvalidRequest(
        detail=f"{field}: {detail}. Nothing was begun.",
        errors=errors or (FieldError(pointer=f"/{field}", detail=detail),),
    )
