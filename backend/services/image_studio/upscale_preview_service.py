"""Previews of enlarging: one detail now, before anything is paid for or kept."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest
from backend.imaging.sniff import sniff
from backend.imaging.types import Box, Size
from backend.schemas.upscale_preview import UpscalePreviewAnswer

if TYPE_CHECKING:
    from backend.imaging.workbench import Workbench
    from backend.providers.local.upscale.previewing import Previewer
    from backend.schemas.base import Caller
    from backend.schemas.upscale_preview import UpscalePreviewRequest
    from backend.services.content_asset_service import ContentAssetService


class UpscalePreviewService:
    """Shows details enlarged; keeps nothing."""

    def __init__(self, workbench: Workbench, library: ContentAssetService, previewer: Previewer) -> None:
        self._workbench = workbench
        self._library = library
        self._previewer = previewer

    async def preview(self, caller: Caller, request: UpscalePreviewRequest, sent: bytes | None) -> UpscalePreviewAnswer:
        """Return a detail of a picture that was sent, or of an asset of the caller's, as large as it would be.

        Raises:
            InvalidRequest: the detail lies outside of the picture.
            NotFound: the asset is not in the workspace.
            InvalidImage, UnsupportedFormat, TooLarge: what was sent is no picture that the studio takes.
        """
        if sent is not None:
            data = (await self._workbench.inspect(sent)).data
        else:
            assert request.image_asset_id is not None, "the form has one or the other"
            data = await self._library.read(caller, request.image_asset_id)
        box = _inside(request, sniff(data).size)
        png, size, model = await self._previewer.preview(data, box, request.factor, request.model)
        shown = f"data:image/png;base64,{base64.b64encode(png).decode()}"
        return UpscalePreviewAnswer(image_base64=shown, width=size.width, height=size.height, model=model)


def _inside(request: UpscalePreviewRequest, size: Size) -> Box:
    """Return the detail, as far as there is picture there."""
    right, bottom = min(request.left + request.width, size.width), min(request.top + request.height, size.height)
    if request.left >= right or request.top >= bottom:
        detail = f"the detail lies beyond the picture, which measures {size}"
        raise InvalidRequest(detail=f"{detail}.", errors=(FieldError(pointer="/left", detail=detail),))
    return Box(request.left, request.top, right, bottom)
