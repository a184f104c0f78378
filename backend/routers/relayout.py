"""Designed graphics laid out again, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from backend.routers.deps import WORK, CurrentUser, Studio
from backend.routers.sending import Sent
from backend.routers.waiting import ACCEPTED, Wait
from backend.schemas.base import AssetId
from backend.schemas.edit import EditAnswer
from backend.schemas.relayout import RelayoutRequest
from backend.services.image_studio.answers import StudioAnswer

router = APIRouter(prefix="/api/image-studio/assets", tags=["image studio"])

Asset = Annotated[AssetId, Path(description="The id of a designed graphic in the library.")]


@router.post("/{asset_id}/relayout", response_model=EditAnswer, responses=ACCEPTED, openapi_extra=WORK)
async def relayout(  # noqa: PLR0913 - what an endpoint needs is its signature
    user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, *, asset_id: Asset, request: RelayoutRequest
) -> Response | StudioAnswer:
    """Lay a designed graphic out again, at another size or with other words, colours or seed; nothing is cropped."""
    job = await studio.relayout(user, asset_id, request, sent.of(request.model_dump_json().encode()))
    return await wait.answer(job, request.response_format)
