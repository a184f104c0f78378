"""The personas of a workspace: made, changed, deleted, and found for a request that names one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from backend.db.personas import Persona
from backend.db.repositories.people import People
from backend.db.repositories.personas import Personas
from backend.errors import FieldError, InvalidRequest, RequestRefused
from backend.schemas.personas import PersonaId, PersonaList, PersonaView
from backend.services.image_studio.market import is_engine
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue

    from backend.db.session import AsyncSession, Database
    from backend.providers.base import Offer
    from backend.schemas.audit import Verb
    from backend.schemas.base import Caller
    from backend.schemas.create import CreateRequest
    from backend.schemas.personas import PersonaChange, PersonaForm
    from backend.utils.origin import Origin

MOST = 200
"""How many personas a workspace keeps: they are listed on one page."""
_LISTS = ("style_words", "palette", "negative_words", "engines")


class PersonaService:
    """What callers may do with the personas of their workspace. `offers` are the engines that one may prefer."""

    def __init__(self, db: Database, origin: Origin, *, offers: Sequence[Offer]) -> None:
        self._db = db
        self._origin = origin
        self._offers = offers

    async def listed(self, caller: Caller) -> PersonaList:
        """Return the workspace's personas."""
        async with self._db.read() as session:
            found = tuple(_view(row) for row in await Personas(session).all(caller.workspace_id))
        return PersonaList(personas=found, total=len(found))

    async def get(self, caller: Caller, persona: PersonaId) -> PersonaView:
        """Return a persona.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.read() as session:
            return _view(await Personas(session).get(caller.workspace_id, persona))

    async def add(self, caller: Caller, form: PersonaForm) -> PersonaView:
        """Make a persona.

        Raises:
            Conflict: another one is called so.
            InvalidRequest: it prefers an engine that does not exist.
            RequestRefused: the workspace has as many as it can keep.
        """
        self._check_engines(form.engines)
        now = self._origin.clock()
        row = Persona(
            id=self._origin.new_id(),
            workspace_id=caller.workspace_id,
            created_at=now,
            updated_at=now,
            **_columns(form.model_dump()),
        )
        async with self._db.begin() as session:
            personas = await self._held(session, caller)
            if await personas.count(caller.workspace_id) >= MOST:
                raise RequestRefused(detail=f"A workspace keeps at most {MOST} personas; delete one of them first.")
            if form.is_default:
                await personas.clear_default(caller.workspace_id)
            await personas.add(row)
            await note(session, caller, _act("persona.added", row))
            return _view(row)

    async def change(self, caller: Caller, persona: PersonaId, change: PersonaChange) -> PersonaView:
        """Change what is given about a persona.

        Raises:
            NotFound: it is not in the workspace.
            Conflict: another one is called so.
            InvalidRequest: it prefers an engine that does not exist.
        """
        self._check_engines(change.engines or ())
        async with self._db.begin() as session:
            personas = await self._held(session, caller)
            row = await personas.get(caller.workspace_id, persona)
            if change.is_default:
                await personas.clear_default(caller.workspace_id)
            given = _columns(change.model_dump(exclude_none=True))
            for name, value in given.items():
                setattr(row, name, value)
            row.updated_at = self._origin.clock()
            await personas.save(row)
            if given:
                await note(session, caller, _act("persona.changed", row, fields=[*sorted(given)]))
            return _view(row)

    async def remove(self, caller: Caller, persona: PersonaId) -> None:
        """Delete a persona for good; what was made as it stays and tells the same.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.begin() as session:
            personas = Personas(session)
            row = await personas.get(caller.workspace_id, persona)
            await personas.remove(row)
            await note(session, caller, _act("persona.deleted", row))

    async def asked_for(self, caller: Caller, request: CreateRequest) -> PersonaView | None:
        """Return the persona that a request means: the named one, or the default; None if it means none.

        Raises:
            InvalidRequest: there is no such persona, or no default.
        """
        if not (request.persona_id or request.use_persona):
            return None
        async with self._db.read() as session:
            personas = Personas(session)
            if request.persona_id:
                found = await personas.find(caller.workspace_id, request.persona_id)
            else:
                found = await personas.default(caller.workspace_id)
        if found is None:
            raise _unknown(request)
        return _view(found)

    async def _held(self, session: AsyncSession, caller: Caller) -> Personas:
        """Return the personas, which nobody else changes until the transaction ends: one default, a known number."""
        await People(session).hold_workspace(caller.workspace_id)
        return Personas(session)

    def _check_engines(self, engines: Sequence[str]) -> None:
        wrong = tuple(
            FieldError(pointer=f"/engines/{place}", detail=f'there is no engine "{engine}"; known: {self._known()}')
            for place, engine in enumerate(engines)
            if not any(is_engine(engine, offer) for offer in self._offers)
        )
        if wrong:
            raise InvalidRequest(detail=f"engines: {wrong[0].detail}", errors=wrong)

    def _known(self) -> str:
        return ", ".join(sorted({offer.provider for offer in self._offers}))


def _act(verb: Verb, row: Persona, **facts: JsonValue) -> Act:
    """Return what is written down: who it was and which fields; what a persona says stays in the persona."""
    return Act(verb=verb, kind="persona", target=row.id, facts={"name": row.name, **facts})


def _unknown(request: CreateRequest) -> InvalidRequest:
    if request.persona_id:
        name, detail = "persona_id", "there is no such persona in this workspace; see /api/image-studio/personas"
    else:
        name, detail = "use_persona", "no persona of this workspace is its default; make one, or name one by persona_id"
    return InvalidRequest(detail=f"{name}: {detail}", errors=(FieldError(pointer=f"/{name}", detail=detail),))


def _columns(values: dict[str, object]) -> dict[str, object]:
    """Return a form's values as the table keeps them: lists of words, and nothing for an empty style."""
    lists = {name: list(cast("tuple[str, ...]", values[name])) for name in _LISTS if name in values}
    style = {"style_preset": values["style_preset"] or None} if "style_preset" in values else {}
    return values | lists | style


def _view(row: Persona) -> PersonaView:
    lists = {name: tuple(getattr(row, name)) for name in _LISTS}
    return PersonaView(
        id=PersonaId(row.id),
        name=row.name,
        voice=row.voice,
        style_preset=row.style_preset,
        is_default=row.is_default,
        created_at=row.created_at,
        updated_at=row.updated_at,
        **lists,
    )
