"""Pictures that follow a given one, and previews of what is followed: `/api/image-studio/control`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from backend.routers.bodies import PictureBody, PictureForm
from backend.routers.deps import READS, WORK, CurrentUser, Guides, Reader, Studio
from backend.routers.sending import Sent
from backend.routers.waiting import ACCEPTED, Wait
from backend.schemas.control import (
    GUIDED,
    INPUTS,
    ControlOperationsAnswer,
    ControlRequest,
    GuideAnswer,
    GuideRequest,
)
from backend.schemas.edit import EditAnswer
from backend.services.image_studio.answers import StudioAnswer

router = APIRouter(prefix="/api/image-studio/control", tags=["image studio"])

_CONTROL = PictureBody(form=ControlRequest, fields=INPUTS)
_GUIDE = PictureBody(form=GuideRequest, fields=GUIDED)
ControlBody = Annotated[PictureForm[ControlRequest], Depends(_CONTROL)]
GuideBody = Annotated[PictureForm[GuideRequest], Depends(_GUIDE)]
CONTROL_BODY, GUIDE_BODY = _CONTROL.documented(), _GUIDE.documented()


@router.post("/process", response_model=EditAnswer, responses=ACCEPTED, openapi_extra=CONTROL_BODY | WORK)
async def process(
    user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, form: ControlBody
) -> Response | StudioAnswer:
    """Make a picture that follows a given one; answers the result, or the job when the caller won't wait."""
    job = await studio.control_image(user, form.request, form.images, sent.of(form.content))
    return await wait.answer(job, form.request.response_format)


@router.get("/operations", dependencies=READS, operation_id="control_operations")
async def operations(studio: Studio) -> ControlOperationsAnswer:
    """Return every operation that follows a picture, the fields that it uses, and who would serve it now."""
    return studio.get_control_operations()


@router.post("/guide", openapi_extra=GUIDE_BODY | WORK)
async def guide(caller: Reader, guides: Guides, form: GuideBody) -> GuideAnswer:
    """Return what an engine would follow of a picture: its edges, its lines or its structure. Nothing is kept."""
    sent = form.images.get("control_image")
    return await guides.guide(caller, form.request, sent.data if sent else None)
