"""Guides: what engines follow of a picture, drawn on this machine before anything is asked of them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from backend.schemas.control import GuideAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.imaging.guides import Guide, GuideKind
    from backend.imaging.workbench import Workbench
    from backend.schemas.base import Caller
    from backend.schemas.control import GuideRequest
    from backend.services.content_asset_service import ContentAssetService

DRAWN: Mapping[GuideKind, str] = {
    "edges": "The outlines of things, white on black, where colours change steeply.",
    "line_art": "Ink on white paper: lines where the picture is darker than what surrounds it.",
    "structure": "A soft relief from light, shade and contrast, light where something stands out."
    " It is not measured depth.",
}
"""What each guide shows, for people."""


class GuideService:
    """Draws guides; keeps nothing."""

    def __init__(self, workbench: Workbench, library: ContentAssetService) -> None:
        self._workbench = workbench
        self._library = library

    async def guide(self, caller: Caller, request: GuideRequest, sent: bytes | None) -> GuideAnswer:
        """Return the guide of a picture that was sent, or of an asset of the caller's.

        Raises:
            NotFound: the asset is not in the workspace.
            InvalidImage, UnsupportedFormat, TooLarge: what was sent is no picture that the studio takes.
        """
        if sent is not None:
            data = (await self._workbench.inspect(sent)).data
        else:
            assert request.control_image_asset_id is not None, "the form has one or the other"
            data = await self._library.read(caller, request.control_image_asset_id)
        drawn = await self._workbench.run(draw, data, request.kind, request.strength)
        return GuideAnswer(
            kind=request.kind,
            image_base64=f"data:image/png;base64,{base64.b64encode(drawn.png).decode()}",
            width=drawn.size.width,
            height=drawn.size.height,
            source_width=drawn.source.width,
            source_height=drawn.source.height,
            description=DRAWN[request.kind],
        )


def draw(data: bytes, kind: GuideKind, strength: float) -> Guide:
    """Return the guide of an encoded picture; runs in a child process."""
    from backend.imaging.guides import guide  # noqa: PLC0415 - the server never loads what computes

    return guide(data, kind, strength)
