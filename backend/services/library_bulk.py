"""One thing done to many assets at once, in one transaction; what became of each is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.repositories.assets import Assets
from backend.db.repositories.collections import Collections
from backend.db.repositories.library_words import reword
from backend.db.repositories.trash import remove
from backend.errors import Conflict, InvalidRequest, NotFound, StudioError
from backend.schemas.library import (
    COLLECTING,
    BulkAnswer,
    BulkForm,
    BulkItem,
    CollectedForm,
    ItemProblem,
)
from backend.services.quotas import DELETED
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from backend.db.models import Asset
    from backend.db.session import AsyncSession, Database
    from backend.schemas.base import AssetId, Caller
    from backend.schemas.library import BulkAction

MOST_TAGS = 64
"""How many tags an asset has, as when it is changed alone."""


class LibraryBulk:
    """Changes many assets of a caller's workspace at once."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    async def do(self, caller: Caller, form: BulkForm) -> BulkAnswer:
        """Do one thing to each asset that it can be done to; why it can't be done to others is told beside them.

        Raises:
            NotFound: there is no such collection.
        """
        ids = tuple(dict.fromkeys(form.asset_ids))
        async with self._db.begin() as session:
            if form.action == "purge":
                problems = await _purged(session, caller, ids)
            else:
                problems = await self._changed(session, caller, form, ids)
        return _answer(form.action, ids, problems)

    async def collect(self, caller: Caller, collection: str, form: CollectedForm) -> BulkAnswer:
        """Put assets into a collection.

        Raises:
            NotFound: there is no such collection.
        """
        return await self.do(
            caller, BulkForm(asset_ids=form.asset_ids, action="add_to_collection", collection_id=collection)
        )

    async def _changed(
        self, session: AsyncSession, caller: Caller, form: BulkForm, ids: Sequence[AssetId]
    ) -> Mapping[str, StudioError]:
        now = self._clock()
        rows = {row.id: row for row in await Assets(session).these(caller.workspace_id, ids)}
        problems: dict[str, StudioError] = {}
        for asset in ids:
            try:
                _apply(rows.get(asset), asset, form, now)
            except StudioError as error:
                problems[asset] = error
        done = [asset for asset in ids if asset not in problems]
        if form.action in COLLECTING:
            await self._collected(session, caller, form, done)
        if form.action == "delete":
            for asset in done:
                await note(session, caller, Act(verb="asset.deleted", kind="asset", target=asset))
        return problems

    async def _collected(
        self, session: AsyncSession, caller: Caller, form: BulkForm, assets: Sequence[AssetId]
    ) -> None:
        collections = Collections(session)
        row = await collections.get(caller.workspace_id, form.collection_id or "")
        row.updated_at = self._clock()
        if form.action == "add_to_collection":
            await collections.put(row, assets, row.updated_at)
        else:
            await collections.take(row, assets)


def _apply(row: Asset | None, asset: AssetId, form: BulkForm, now: datetime) -> None:
    """Do to one asset what is asked.

    Raises:
        NotFound: it is not in the workspace, or in the trash.
        InvalidRequest: it would have too many tags.
    """
    if row is None:
        raise NotFound(detail=f"There is no asset {asset[:64]} in this workspace.")
    if row.trashed_at is not None and form.action not in {"delete", "restore", "remove_from_collection"}:
        raise NotFound(detail=f"The asset {asset} lies in the trash; restore it first.")
    if CHANGES[form.action](row, form, now):
        row.updated_at = now


def _favorite(row: Asset, form: BulkForm, _now: datetime) -> bool:
    wanted = form.action == "favorite"
    changed, row.is_favorite = row.is_favorite != wanted, wanted
    return changed


def _trash(row: Asset, _form: BulkForm, now: datetime) -> bool:
    changed = row.trashed_at is None
    row.trashed_at = row.trashed_at or now
    return changed


def _restore(row: Asset, _form: BulkForm, _now: datetime) -> bool:
    changed, row.trashed_at = row.trashed_at is not None, None
    return changed


def _tag(row: Asset, form: BulkForm, _now: datetime) -> bool:
    tags = list(dict.fromkeys([*row.tags, *form.tags]))
    if len(tags) > MOST_TAGS:
        raise InvalidRequest(detail=f"An asset has at most {MOST_TAGS} tags.")
    return _retagged(row, tags)


def _untag(row: Asset, form: BulkForm, _now: datetime) -> bool:
    return _retagged(row, [tag for tag in row.tags if tag not in form.tags])


def _retagged(row: Asset, tags: list[str]) -> bool:
    changed = tags != row.tags
    if changed:
        row.tags = tags
        reword(row)
    return changed


def _as_it_is(_row: Asset, _form: BulkForm, _now: datetime) -> bool:
    return False


CHANGES: Mapping[BulkAction, Callable[[Asset, BulkForm, datetime], bool]] = {
    "favorite": _favorite,
    "unfavorite": _favorite,
    "delete": _trash,
    "restore": _restore,
    "tag": _tag,
    "untag": _untag,
    "add_to_collection": _as_it_is,
    "remove_from_collection": _as_it_is,
}
"""What each action does to a row; true where that changed something."""


async def _purged(session: AsyncSession, caller: Caller, ids: Sequence[AssetId]) -> Mapping[str, StudioError]:
    """Remove for good what lies in the trash; return what stays, and why."""
    workspace = caller.workspace_id
    rows = {row.id: row.trashed_at for row in await Assets(session).these(workspace, ids)}
    gone = await remove(session, workspace, most=len(ids), told=DELETED, among=ids)
    if gone.ids:
        await note(session, caller, Act(verb="trash.emptied", facts={"assets": gone.assets, "bytes": gone.bytes}))
    return {asset: _kept(asset, rows) for asset in ids if asset not in gone.ids}


def _kept(asset: str, rows: Mapping[str, datetime | None]) -> StudioError:
    if asset not in rows:
        return NotFound(detail=f"There is no asset {asset[:64]} in this workspace.")
    if rows[asset] is None:
        return Conflict(detail=f"The asset {asset} does not lie in the trash; delete it first.")
    return Conflict(detail=f"A job that has not ended works on the asset {asset}; try again when it has.")


def _answer(action: BulkAction, ids: Sequence[AssetId], problems: Mapping[str, StudioError]) -> BulkAnswer:
    results = [_item(asset, problems.get(asset)) for asset in ids]
    return BulkAnswer(action=action, done=len(ids) - len(problems), failed=len(problems), results=results)


def _item(asset: AssetId, error: StudioError | None) -> BulkItem:
    problem = None if error is None else ItemProblem(**error.problem())
    return BulkItem(asset_id=asset, ok=error is None, problem=problem)
