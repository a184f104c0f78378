"""Preflight: a file as it is, measured and judged by the rules of a format. Nothing is kept, nothing is changed."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from backend.errors import UnsupportedFormat
from backend.imaging.containers.facts import MADE, OUTSIDE, within
from backend.imaging.measuring import Measured
from backend.imaging.sniff import sniff
from backend.schemas.preflight import MeasuredView, PreflightAnswer
from backend.services.image_studio.checks import broken, checks_of

if TYPE_CHECKING:
    from backend.imaging.containers.facts import Bounds
    from backend.imaging.sniff import Sniffed
    from backend.imaging.types import Box
    from backend.imaging.workbench import Workbench
    from backend.providers.local.finding import Finder
    from backend.schemas.base import Caller
    from backend.schemas.preflight import PreflightRequest
    from backend.schemas.social import Rect
    from backend.services.content_asset_service import ContentAssetService
    from backend.services.image_studio.format_shelf import FormatShelf


class PreflightService:
    """Judges finished files, wherever they were made."""

    def __init__(
        self, workbench: Workbench, library: ContentAssetService, formats: FormatShelf, finder: Finder
    ) -> None:
        self._workbench = workbench
        self._library = library
        self._formats = formats
        self._finder = finder

    async def preflight(self, caller: Caller, request: PreflightRequest, sent: bytes | None) -> PreflightAnswer:
        """Return the verdict on a file that was sent, or on the stored bytes of an asset of the caller's.

        Raises:
            InvalidRequest: the platform or the format is unknown.
            NotFound: the asset is not in the workspace.
            InvalidImage, TooLarge: the file is broken, or larger than anything that the studio opens.
        """
        platform, form = self._formats.one(request.platform, request.format)
        if sent is not None:
            seen = await self._measured(sent, OUTSIDE)
        else:
            assert request.image_asset_id is not None, "the form has one or the other"
            seen = await self._measured(await self._library.read(caller, request.image_asset_id), MADE)
        seen = replace(seen, alt_text=request.alt_text, items=request.items)
        checks = checks_of(platform, form, seen, cited=self._formats.sources)
        return PreflightAnswer(
            platform=platform.key,
            format=form.name,
            format_id=form.id,
            ok=not broken(checks),
            checks=checks,
            measured=_view(seen),
        )

    async def _measured(self, data: bytes, bounds: Bounds) -> Measured:
        """Return what a file is: its container is read here, its pixels are decoded in a child that ends afterwards."""
        try:
            told = await asyncio.to_thread(_sniffed, data, bounds)
        except UnsupportedFormat as foreign:
            return Measured(type=foreign.found, bytes=len(data), size=None, colours=None, see_through=None)
        clean = await (self._workbench.inspect_made(data) if bounds is MADE else self._workbench.inspect(data))
        found = await self._finder.find(clean.data)
        return Measured(
            type=told.format,
            bytes=len(data),
            size=clean.size,
            frames=told.frames,
            colours=clean.colours,
            see_through=found.see_through,
            faces=found.faces,
            text=found.text,
        )


def _sniffed(data: bytes, bounds: Bounds) -> Sniffed:
    with within(bounds):
        return sniff(data)


def _view(seen: Measured) -> MeasuredView:
    plain = asdict(replace(seen, faces=None, text=None))
    known = {name: plain[name] for name in MeasuredView.model_fields if name in plain}
    size = seen.size
    return MeasuredView.model_validate(
        {
            **known,
            "width": size and size.width,
            "height": size and size.height,
            "ratio": size and round(size.ratio, 4),
            "faces": _rects(seen.faces),
            "text": _rects(seen.text),
        }
    )


def _rects(boxes: tuple[Box, ...] | None) -> tuple[Rect, ...] | None:
    if boxes is None:
        return None
    return tuple((box.left, box.top, box.size.width, box.size.height) for box in boxes)
