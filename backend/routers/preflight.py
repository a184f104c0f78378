"""Finished files, judged before they are published: `/api/image-studio/social/preflight`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from backend.routers.bodies import PictureBody, PictureForm
from backend.routers.deps import WORK, Preflights, Reader
from backend.schemas.preflight import PREFLIGHTED, PreflightAnswer, PreflightRequest

router = APIRouter(prefix="/api/image-studio/social", tags=["image studio"])

_BODY = PictureBody(form=PreflightRequest, fields=PREFLIGHTED)
Body = Annotated[PictureForm[PreflightRequest], Depends(_BODY)]


@router.post("/preflight", openapi_extra=_BODY.documented() | WORK)
async def preflight(caller: Reader, preflights: Preflights, form: Body) -> PreflightAnswer:
    """Return whether a file is right for a format, rule by rule; it is judged byte for byte, and nothing is kept."""
    sent = form.images.get("image")
    return await preflights.preflight(caller, form.request, sent.data if sent else None)
