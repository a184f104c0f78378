"""Personas over HTTP: who a workspace speaks as."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from backend.routers.deps import CurrentUser, Personas
from backend.schemas.personas import PersonaChange, PersonaForm, PersonaId, PersonaList, PersonaView

router = APIRouter(prefix="/api/image-studio/personas", tags=["personas"])

Id = Annotated[str, Path(max_length=64, description="The persona's id.")]


@router.get("")
async def list_personas(caller: CurrentUser, personas: Personas) -> PersonaList:
    """List the workspace's personas, in the order of their names."""
    return await personas.listed(caller)


@router.post("", status_code=201)
async def add_persona(caller: CurrentUser, personas: Personas, form: PersonaForm) -> PersonaView:
    """Make a persona."""
    return await personas.add(caller, form)


@router.get("/{persona_id}")
async def get_persona(caller: CurrentUser, personas: Personas, persona_id: Id) -> PersonaView:
    """Return a persona."""
    return await personas.get(caller, PersonaId(persona_id))


@router.patch("/{persona_id}")
async def change_persona(caller: CurrentUser, personas: Personas, persona_id: Id, change: PersonaChange) -> PersonaView:
    """Change a persona; what is not given stays."""
    return await personas.change(caller, PersonaId(persona_id), change)


@router.delete("/{persona_id}", status_code=204)
async def remove_persona(caller: CurrentUser, personas: Personas, persona_id: Id) -> None:
    """Delete a persona for good. Pictures that were made as it stay, and still say so."""
    await personas.remove(caller, PersonaId(persona_id))
