"""The export sets of a workspace: made, changed, deleted, and applied to a request that names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.export_sets import ExportSet
from backend.db.repositories.assets import Assets
from backend.db.repositories.export_sets import ExportSets
from backend.db.repositories.people import People
from backend.errors import FieldError, InvalidRequest, NotFound, RequestRefused
from backend.schemas.export_sets import ExportSetForm, ExportSetId, ExportSetList, ExportSetView
from backend.schemas.social_request import ExportChoices
from backend.schemas.specs.social import MOST_EXPORTS
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from backend.db.session import AsyncSession, Database
    from backend.schemas.audit import Verb
    from backend.schemas.base import Caller, Facts
    from backend.schemas.social_request import SocialRequest
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.utils.origin import Origin

MOST = 200
"""How many sets a workspace keeps: they are listed on one page."""
_TAKEN = ("platforms", *ExportChoices.model_fields)
"""What a request takes from a set."""
_GOODNESS = frozenset({"quality", "min_ssim"})
"""Two ways to say how good a file has to be: what a request says of one stands in for both."""


class ExportSetService:
    """What callers may do with the export sets of their workspace."""

    def __init__(self, db: Database, origin: Origin, formats: FormatShelf) -> None:
        self._db = db
        self._origin = origin
        self._formats = formats

    async def listed(self, caller: Caller) -> ExportSetList:
        """Return the workspace's sets."""
        async with self._db.read() as session:
            found = tuple(self._view(row) for row in await ExportSets(session).all(caller.workspace_id))
        return ExportSetList(export_sets=found, total=len(found))

    async def get(self, caller: Caller, wanted: str) -> ExportSetView:
        """Return a set.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.read() as session:
            return self._view(await ExportSets(session).get(caller.workspace_id, wanted))

    async def add(self, caller: Caller, form: ExportSetForm) -> ExportSetView:
        """Make a set.

        Raises:
            Conflict: another one is called so.
            InvalidRequest: it names a platform, a format or a logo that does not exist, or too many files.
            RequestRefused: the workspace has as many as it can keep.
        """
        self._count(form)
        now = self._origin.clock()
        row = ExportSet(
            id=self._origin.new_id(),
            workspace_id=caller.workspace_id,
            name=form.name,
            choices=_choices(form),
            created_at=now,
            updated_at=now,
        )
        async with self._db.begin() as session:
            await People(session).hold_workspace(caller.workspace_id)
            if await ExportSets(session).count(caller.workspace_id) >= MOST:
                raise RequestRefused(detail=f"A workspace keeps at most {MOST} export sets; delete one of them first.")
            await _check_logo(session, caller, form)
            await ExportSets(session).add(row)
            await note(session, caller, _act("export_set.added", row))
            return self._view(row)

    async def replace(self, caller: Caller, wanted: str, form: ExportSetForm) -> ExportSetView:
        """Change a set to what is given.

        Raises:
            NotFound: it is not in the workspace.
            Conflict: another one is called so.
            InvalidRequest: it names a platform, a format or a logo that does not exist, or too many files.
        """
        async with self._db.begin() as session:
            row = await ExportSets(session).get(caller.workspace_id, wanted)
            self._count(form)
            await _check_logo(session, caller, form)
            row.name, row.choices, row.updated_at = form.name, _choices(form), self._origin.clock()
            await ExportSets(session).save(row)
            await note(session, caller, _act("export_set.changed", row))
            return self._view(row)

    async def remove(self, caller: Caller, wanted: str) -> None:
        """Delete a set for good; what was made with it stays.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.begin() as session:
            row = await ExportSets(session).get(caller.workspace_id, wanted)
            await ExportSets(session).remove(row)
            await note(session, caller, _act("export_set.deleted", row))

    async def applied(self, caller: Caller, request: SocialRequest) -> SocialRequest:
        """Return a request with what it leaves open filled in from the set that it names; as it is without one.

        Raises:
            InvalidRequest: there is no such set.
        """
        if request.export_set_id is None:
            return request
        try:
            kept = await self.get(caller, request.export_set_id)
        except NotFound as error:
            detail = "there is no such export set in this workspace; see /api/image-studio/social/export-sets"
            errors = (FieldError(pointer="/export_set_id", detail=detail),)
            raise InvalidRequest(detail=f"export_set_id: {detail}", errors=errors) from error
        said = set(request.model_fields_set)
        if said & _GOODNESS:
            said |= _GOODNESS
        return request.model_copy(update={name: getattr(kept, name) for name in _TAKEN if name not in said})

    def _count(self, form: ExportSetForm) -> int:
        """Return how many files a set makes of a picture."""
        count = len(self._formats.choose(form.platforms, form.format_names))
        if count > MOST_EXPORTS:
            detail = f"one request makes at most {MOST_EXPORTS} files, not {count}"
            raise InvalidRequest(detail=f"{detail}.", errors=(FieldError(pointer="/platforms", detail=detail),))
        return count

    def _view(self, row: ExportSet) -> ExportSetView:
        form = ExportSetForm.model_validate({**row.choices, "name": row.name})
        kept = {name: getattr(form, name) for name in ExportSetForm.model_fields}
        return ExportSetView(
            **kept,
            id=ExportSetId(row.id),
            files=self._files(form),
            created_at=row.created_at,
            updated_at=row.updated_at,
        )

    def _files(self, form: ExportSetForm) -> int:
        """Return how many files a kept set makes; 0 where it names what the studio no longer knows."""
        try:
            return self._count(form)
        except InvalidRequest:
            return 0


async def _check_logo(session: AsyncSession, caller: Caller, form: ExportSetForm) -> None:
    if form.logo is None:
        return
    try:
        await Assets(session).get(caller.workspace_id, form.logo.image_asset_id)
    except NotFound as error:
        detail = str(error)
        raise InvalidRequest(
            detail=detail, errors=(FieldError(pointer="/logo/image_asset_id", detail=detail),)
        ) from error


def _choices(form: ExportSetForm) -> Facts:
    return form.model_dump(mode="json", exclude={"name"}, exclude_defaults=True)


def _act(verb: Verb, row: ExportSet) -> Act:
    return Act(verb=verb, kind="export_set", target=row.id, facts={"name": row.name})
