"""A detail enlarged before the whole is: `/api/image-studio/upscale/preview`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from backend.routers.bodies import PictureBody, PictureForm
from backend.routers.deps import WORK, Reader, UpscalePreviews
from backend.schemas.upscale_preview import PREVIEWED, UpscalePreviewAnswer, UpscalePreviewRequest

router = APIRouter(prefix="/api/image-studio/upscale", tags=["image studio"])

_BODY = PictureBody(form=UpscalePreviewRequest, fields=PREVIEWED)
Body = Annotated[PictureForm[UpscalePreviewRequest], Depends(_BODY)]


@router.post("/preview", openapi_extra=_BODY.documented() | WORK, operation_id="preview_upscale")
async def preview(caller: Reader, previews: UpscalePreviews, form: Body) -> UpscalePreviewAnswer:
    """Return one detail of a picture as it will look enlarged, by this machine's own engine. Nothing is kept."""
    sent = form.images.get("image")
    return await previews.preview(caller, form.request, sent.data if sent else None)
