"""Where pictures are published: platforms, their formats, and what each takes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from backend.routers.caching import Seen, cached
from backend.routers.deps import READS, Studio
from backend.schemas.social import FormatsAnswer, PlatformsAnswer, PlatformSpecsAnswer

router = APIRouter(prefix="/api/image-studio", tags=["image studio"])

PlatformName = Annotated[str, Path(min_length=1, max_length=60)]


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
