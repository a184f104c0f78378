"""Where files would be cut, before any is made: `/api/image-studio/social/crops`."""

from __future__ import annotations

from fastapi import APIRouter

from backend.routers.bodies import SOCIAL_BODY, SocialBody
from backend.routers.deps import WORK, Crops, ExportSets, Reader
from backend.schemas.crops import CropsAnswer

router = APIRouter(prefix="/api/image-studio/social", tags=["image studio"])


@router.post("/crops", openapi_extra=SOCIAL_BODY | WORK)
async def crops(caller: Reader, crops: Crops, sets: ExportSets, form: SocialBody) -> CropsAnswer:
    """Return which part of a picture each format would show, and the faces in it; takes what `optimize` takes.

    An export that is asked for the same cuts the same, to the pixel. Nothing is made, and nothing is kept.
    """
    request = await sets.applied(caller, form.request)
    sent = form.images.get("image")
    return await crops.crops(caller, request, sent.data if sent else None)
