"""How files would be cut and look, before any is kept: `/api/image-studio/social/crops` and `…/samples`."""

from __future__ import annotations

from fastapi import APIRouter

from backend.routers.bodies import SOCIAL_BODY, SocialBody
from backend.routers.deps import WORK, Crops, ExportSets, Reader
from backend.schemas.crops import CropsAnswer, SamplesAnswer

router = APIRouter(prefix="/api/image-studio/social", tags=["image studio"])


@router.post("/crops", openapi_extra=SOCIAL_BODY | WORK)
async def crops(caller: Reader, crops: Crops, sets: ExportSets, form: SocialBody) -> CropsAnswer:
    """Return which part of a picture each format would show, and the faces in it; takes what `optimize` takes.

    An export that is asked for the same cuts the same, to the pixel. Nothing is made, and nothing is kept.
    """
    return await crops.crops(caller, await sets.applied(caller, form.request), form.images)


@router.post("/samples", openapi_extra=SOCIAL_BODY | WORK)
async def samples(caller: Reader, crops: Crops, sets: ExportSets, form: SocialBody) -> SamplesAnswer:
    """Return how each file would look, small, with the logo and the words in their places; takes what `optimize` takes.

    Nothing is kept. Pictures that are to be continued, or designs that are laid out again, are refused.
    """
    return await crops.samples(caller, await sets.applied(caller, form.request), form.images)
