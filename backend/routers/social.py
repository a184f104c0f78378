"""Where pictures are published: platforms, their formats, what each takes, and the files made for them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from backend.routers.bodies import SOCIAL_BODY, SocialBody
from backend.routers.caching import Seen, cached
from backend.routers.deps import READS, WORK, CurrentUser, ExportSets, Pictures, Studio
from backend.routers.sending import Sent
from backend.routers.waiting import ACCEPTED, Wait
from backend.schemas.social import FormatsAnswer, PlatformsAnswer, PlatformSpecsAnswer
from backend.schemas.social_request import SocialAnswer

router = APIRouter(prefix="/api/image-studio", tags=["image studio"])

PlatformName = Annotated[str, Path(min_length=1, max_length=60)]


@router.post("/social/optimize", response_model=SocialAnswer, responses=ACCEPTED, openapi_extra=SOCIAL_BODY | WORK)
async def optimize(  # noqa: PLR0913 - what an endpoint needs is its signature
    user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, pictures: Pictures, *, sets: ExportSets, form: SocialBody
) -> Response:
    """Make the files that networks want of one picture; answers them, or the job when the caller won't wait."""
    request = await sets.applied(user, form.request)
    job = await studio.optimize_for_social(user, request, form.images, sent.of(form.content))
    found = await wait.answer(job, form.request.response_format)
    if isinstance(found, Response):
        return found
    assert isinstance(found, SocialAnswer), "each operation answers in its own shape"
    shown = await pictures.with_previews(user, found) if form.request.show_safe_zones else found
    return Response(shown.model_dump_json(), media_type="application/json")


@router.get("/social/platforms", response_model=PlatformsAnswer, dependencies=READS)
async def platforms(studio: Studio, seen: Seen) -> Response:
    """Return every platform that pictures can be cut for, with the names of its formats."""
    return cached(studio.get_platforms(), seen)


@router.get("/social/platforms/{platform}/formats", response_model=FormatsAnswer, dependencies=READS)
async def platform_formats(studio: Studio, seen: Seen, platform: PlatformName) -> Response:
    """Return the formats of a platform: sizes, zones and limits, each with how well it is known and from where."""
    return cached(studio.get_platform_formats(platform), seen)


@router.get("/platform-specs/{platform}", response_model=PlatformSpecsAnswer, dependencies=READS)
async def platform_specs(studio: Studio, seen: Seen, platform: PlatformName) -> Response:
    """Return what a platform takes, in short."""
    return cached(studio.get_platform_specs(platform), seen)
