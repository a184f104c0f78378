"""Prompts, before anything is made of them, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from backend.routers.deps import Reader, Studio
from backend.schemas.create import CreateRequest, ImproveAnswer

router = APIRouter(prefix="/api/image-studio/prompts", tags=["image studio"])


@router.post("/improve")
async def improve(caller: Reader, studio: Studio, request: CreateRequest) -> ImproveAnswer:
    """Return the prompt of a create with what could be said besides, piece by piece; nothing is made or kept."""
    return await studio.improve_prompt(caller, request)
