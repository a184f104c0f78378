"""Crops before exports: where each file would be cut out of a picture. Nothing is made, nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.imaging.sniff import sniff
from backend.schemas.crops import CropsAnswer, CropView
from backend.schemas.specs.social import Window
from backend.services.image_studio.inputs import Input
from backend.services.image_studio.relayout_service import design_of

if TYPE_CHECKING:
    from backend.imaging.types import Box
    from backend.imaging.workbench import Workbench
    from backend.providers.local.social.aiming import Aimer, Cut
    from backend.schemas.base import Caller
    from backend.schemas.social import Rect
    from backend.schemas.social_request import SocialRequest
    from backend.schemas.specs.social import ExportSpec
    from backend.services.content_asset_service import ContentAssetService
    from backend.services.image_studio.social_optimizer_service import SocialOptimizerService


class CropService:
    """Aims, and doesn't shoot."""

    def __init__(
        self, workbench: Workbench, library: ContentAssetService, optimizer: SocialOptimizerService, aimer: Aimer
    ) -> None:
        self._workbench = workbench
        self._library = library
        self._optimizer = optimizer
        self._aimer = aimer

    async def crops(self, caller: Caller, request: SocialRequest, sent: bytes | None) -> CropsAnswer:
        """Return the windows of a picture that was sent, or of an asset of the caller's.

        Raises:
            InvalidRequest: a platform or a format is unknown, there are too many, or a window lies outside.
            NotFound: the asset is not in the workspace.
            InvalidImage, UnsupportedFormat, TooLarge: what was sent is no picture that the studio takes.
        """
        design = None
        if sent is not None:
            data = (await self._workbench.inspect(sent)).data
        else:
            assert request.image_asset_id is not None, "the form has one or the other"
            data = await self._library.read(caller, request.image_asset_id)
            design = await design_of(self._library, caller, request.image_asset_id)
        spec = self._optimizer.spec(request, Input(size=sniff(data).size), design)
        found = await self._aimer.aim(data, spec)
        cuts = zip(spec.exports, found.cuts, strict=True)
        return CropsAnswer(
            width=found.size.width,
            height=found.size.height,
            laid_out=spec.layers is not None,
            faces=None if found.faces is None else tuple(_rect(face) for face in found.faces),
            crops=tuple(_view(export, cut) for export, cut in cuts),
        )


def _view(export: ExportSpec, cut: Cut) -> CropView:
    left, top, width, height = _rect(cut.box)
    return CropView(
        platform=export.platform,
        format=export.format,
        format_id=export.format_id,
        crop=Window(left=left, top=top, width=width, height=height),
        score=cut.score,
        reasons=cut.reasons,
    )


def _rect(box: Box) -> Rect:
    return box.left, box.top, box.size.width, box.size.height
