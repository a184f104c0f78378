"""The social optimizer: which files are to be made of a picture, how, and what is remembered of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, ProviderMisbehaved
from backend.imaging.types import Size
from backend.schemas.social_request import INPUTS
from backend.schemas.specs.overlays import Overlay
from backend.schemas.specs.social import MOST_EXPORTS, ExportSpec, SocialSpec
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need, rank
from backend.services.image_studio.social_exports import Asked, exports_of
from backend.services.image_studio.social_facts import exported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from backend.schemas.base import Facts
    from backend.schemas.social_request import SocialRequest
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable
    from backend.services.image_studio.relayout_service import Design

OPERATION = "social"


class SocialOptimizerService:
    """Decides about pictures that are to become files for networks."""

    def __init__(self, *, formats: FormatShelf, quality: QualityTable, today: Callable[[], date]) -> None:
        self._formats = formats
        self._quality = quality
        self._today = today

    def inputs(self, request: SocialRequest) -> tuple[str, ...]:
        """Return the pictures that a request reads, by field."""
        return (*INPUTS, "logo") if request.logo else INPUTS

    def plan(
        self, request: SocialRequest, inputs: Mapping[str, Input], market: Market, design: Design | None = None
    ) -> Plan:
        """Return what will be done with a picture; `design` is given where the studio has designed it.

        Raises:
            InvalidRequest: a platform or a format is unknown, there are too many of them, or a window lies outside.
            NoProvider: no engine can do it now.
        """
        image = inputs["image"]
        formats = self._formats.choose(request.platforms, request.format_names)
        if len(formats) > MOST_EXPORTS:
            detail = f"one request makes at most {MOST_EXPORTS} files, not {len(formats)}"
            raise InvalidRequest(detail=f"{detail}.", errors=(FieldError(pointer="/platforms", detail=detail),))
        asked = Asked(request=request, image=image, day=self._today())
        spec = SocialSpec(
            image=image.id,
            exports=exports_of(asked, formats, self._formats),
            mode=request.crop_mode,
            background=request.background,
            quality=request.quality,
            min_ssim=request.min_ssim,
            overlay=Overlay(logo=request.logo, text=request.text),
            layers=design.layers if design and is_laid_out(request) else None,
            alt_text=request.alt_text,
        )
        ranking = rank(Need(operation=OPERATION, input_size=image.size, variant=request.crop_mode), market, self._quality)
        return plan_of(spec, ranking, market, Told(ignored=_unused(request, spec)))

    def finish(self, plan: Plan, choice: Choice, export: ExportSpec, made: Made) -> Facts:
        """Return what is to be remembered of one file.

        Raises:
            ProviderMisbehaved: it has another size than its format.
        """
        spec, promised = plan.spec, Size(export.width, export.height)
        assert isinstance(spec, SocialSpec), "the container hands each plan to the service that made it"
        if made.size != promised:
            detail = f"The file for {export.format} should measure {promised} and measures {made.size}."
            raise ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
        facts = exported(spec, export, made, self._formats)
        return {"operation": spec.operation, **facts.model_dump(mode="json")}


def is_laid_out(request: SocialRequest) -> bool:
    """Return whether a design is to be laid out again: not where a person says what part of it is to be shown."""
    said = request.crops or request.focal_points or request.focal_point
    return not said and request.crop_mode in {"smart", "extend"}


def _unused(request: SocialRequest, spec: SocialSpec) -> tuple[str, ...]:
    """Return the fields that change nothing."""
    lossless = all(set(export.encodings) == {"png"} for export in spec.exports)
    is_whole = request.crop_mode in {"fit", "extend"}
    names = {
        "background": request.gives("background") and request.crop_mode != "fit",
        "quality": request.quality is not None and lossless,
        "min_ssim": request.min_ssim is not None and lossless,
        "focal_point": request.focal_point is not None and is_whole,
        "focal_points": bool(request.focal_points) and is_whole,
    }
    return tuple(name for name, deaf in names.items() if deaf)
