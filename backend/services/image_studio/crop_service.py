"""Crops and samples before exports: how files would be cut and look. Nothing is kept, nothing is charged."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import RequestRefused, StudioError
from backend.imaging.sniff import sniff
from backend.schemas.crops import CropsAnswer, CropView, SamplesAnswer, SampleView
from backend.schemas.specs.social import Window
from backend.services.image_studio.inputs import Input, input_of
from backend.services.image_studio.relayout_service import design_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.imaging.types import Box
    from backend.imaging.workbench import Workbench
    from backend.providers.local.social.aiming import Aimer, Cut, Sample
    from backend.schemas.base import Caller
    from backend.schemas.edit import SentPicture
    from backend.schemas.social import Rect
    from backend.schemas.social_request import SocialRequest
    from backend.schemas.specs.social import ExportSpec, SocialSpec
    from backend.services.content_asset_service import ContentAssetService
    from backend.services.image_studio.social_optimizer_service import SocialOptimizerService

_PLACED = frozenset({"smart", "center", "fit"})
"""What takes no more than cutting; a continued picture takes seconds, and is to be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A picture, and which files of it are asked about."""

    data: bytes
    spec: SocialSpec


class CropService:
    """Aims, and doesn't shoot."""

    def __init__(
        self, workbench: Workbench, library: ContentAssetService, optimizer: SocialOptimizerService, aimer: Aimer
    ) -> None:
        self._workbench = workbench
        self._library = library
        self._optimizer = optimizer
        self._aimer = aimer

    async def crops(self, caller: Caller, request: SocialRequest, images: Mapping[str, SentPicture]) -> CropsAnswer:
        """Return the windows of a picture that was sent, or of an asset of the caller's.

        Raises:
            InvalidRequest: a platform or a format is unknown, there are too many, or a window lies outside.
            NotFound: the asset is not in the workspace.
            InvalidImage, UnsupportedFormat, TooLarge: what was sent is no picture that the studio takes.
        """
        asked = await self._asked(caller, request, images)
        found = await self._aimer.aim(asked.data, asked.spec)
        cuts = zip(asked.spec.exports, found.cuts, strict=True)
        return CropsAnswer(
            width=found.size.width,
            height=found.size.height,
            laid_out=asked.spec.layers is not None,
            faces=None if found.faces is None else tuple(_rect(face) for face in found.faces),
            crops=tuple(_view(export, cut) for export, cut in cuts),
        )

    async def samples(self, caller: Caller, request: SocialRequest, images: Mapping[str, SentPicture]) -> SamplesAnswer:
        """Return how each file would look, with the logo and the words where the export puts them.

        Raises:
            RequestRefused: the picture would be continued or laid out again, which no quick look shows.
            StudioError: as `crops` says.
        """
        asked = await self._asked(caller, request, images)
        if request.crop_mode not in _PLACED or asked.spec.layers is not None:
            raise RequestRefused(detail="Samples show pictures that are cut or placed; export this one to see it.")
        logo = await self._library.read(caller, request.logo.image_asset_id) if request.logo else None
        made = await self._aimer.sample(asked.data, asked.spec, logo)
        pairs = zip(asked.spec.exports, made, strict=True)
        return SamplesAnswer(samples=tuple(_sample(export, one) for export, one in pairs))

    async def _asked(self, caller: Caller, request: SocialRequest, images: Mapping[str, SentPicture]) -> _Asked:
        if "image" in images:
            data = (await self._workbench.inspect(images["image"].data)).data
            image = Input(size=sniff(data).size, name=images["image"].name)
            return _Asked(data=data, spec=self._optimizer.spec(request, image))
        assert request.image_asset_id is not None, "the form has one or the other"
        asset = await self._library.get(caller, request.image_asset_id)
        design = await design_of(self._library, caller, asset.id)
        spec = self._optimizer.spec(request, input_of(asset, "image"), design)
        return _Asked(data=await self._library.read(caller, asset.id), spec=spec)


def _view(export: ExportSpec, cut: Cut) -> CropView:
    left, top, width, height = _rect(cut.box)
    return CropView(
        platform=export.platform,
        format=export.format,
        format_id=export.format_id,
        crop=Window(left=left, top=top, width=width, height=height),
        score=cut.score,
        reasons=cut.reasons,
        name=export.name,
    )


def _sample(export: ExportSpec, one: Sample | StudioError) -> SampleView:
    of = SampleView(platform=export.platform, format=export.format, format_id=export.format_id)
    if isinstance(one, StudioError):
        return of.model_copy(update={"problem": one.problem()})
    shown = f"data:image/webp;base64,{base64.b64encode(one.thumbnail).decode()}"
    return of.model_copy(update={"image_base64": shown, "notes": one.notes})


def _rect(box: Box) -> Rect:
    return box.left, box.top, box.size.width, box.size.height
