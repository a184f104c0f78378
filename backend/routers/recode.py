"""The same picture as another file, over HTTP: smaller, or of another type."""

from __future__ import annotations

from fastapi import APIRouter, Response

from backend.routers.bodies import COMPRESS_BODY, CONVERT_BODY, CompressBody, ConvertBody
from backend.routers.deps import WORK, CurrentUser, Studio
from backend.routers.sending import Sent
from backend.routers.waiting import ACCEPTED, Wait
from backend.schemas.recode import RecodeAnswer
from backend.services.image_studio.answers import StudioAnswer

router = APIRouter(prefix="/api/image-studio", tags=["image studio"])


@router.post("/compress", response_model=RecodeAnswer, responses=ACCEPTED, openapi_extra=COMPRESS_BODY | WORK)
async def compress(
    user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, form: CompressBody
) -> Response | StudioAnswer:
    """Write a picture in fewer bytes, never in more; answers the file, or the job when the caller won't wait."""
    job = await studio.recode_image(user, form.request, form.images, sent.of(form.content))
    return await wait.answer(job, form.request.response_format)


@router.post("/convert", response_model=RecodeAnswer, responses=ACCEPTED, openapi_extra=CONVERT_BODY | WORK)
async def convert(
    user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, form: ConvertBody
) -> Response | StudioAnswer:
    """Write a picture as another type of file; answers the file, or the job when the caller won't wait."""
    job = await studio.recode_image(user, form.request, form.images, sent.of(form.content))
    return await wait.answer(job, form.request.response_format)
