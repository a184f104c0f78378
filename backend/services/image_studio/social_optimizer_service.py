"""The social optimizer: which files are to be made of a picture, how, and what is remembered of each."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, ProviderMisbehaved, StudioError
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.schemas.social_request import INPUTS
from backend.schemas.specs.overlays import Overlay
from backend.schemas.specs.social import MOST_EXPORTS, ExportSpec, SocialSpec
from backend.services.image_studio.inputs import Input
from backend.services.image_studio.market import key_of
from backend.services.image_studio.plans import Made, Told, plan_of
from backend.services.image_studio.routing import Need, rank
from backend.services.image_studio.social_exports import Asked, exports_of
from backend.services.image_studio.social_facts import exported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from backend.providers.base import Handed, MakesSeries
    from backend.schemas.base import Facts
    from backend.schemas.social_request import SocialRequest
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Plan
    from backend.services.image_studio.preferences import QualityTable
    from backend.services.image_studio.relayout_service import Design

OPERATION = "social"


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimized:
    """One file that was made within a call: its bytes and what is known of it, or why there is none."""

    export: ExportSpec
    data: bytes = field(default=b"", repr=False)
    facts: Facts = field(default_factory=dict)
    problem: StudioError | None = None


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
            InvalidRequest: as `spec` says.
            NoProvider: no engine can do it now.
        """
        image = inputs["image"]
        spec = self.spec(request, image, design)
        ranking = rank(
            Need(operation=OPERATION, input_size=image.size, variant=request.crop_mode), market, self._quality
        )
        return plan_of(spec, ranking, market, Told(ignored=_unused(request, spec)))

    def spec(self, request: SocialRequest, image: Input, design: Design | None = None) -> SocialSpec:
        """Return which files are to be made of a picture, and how.

        Raises:
            InvalidRequest: a platform or a format is unknown, there are too many of them, or a window lies outside.
        """
        formats = self._formats.choose(request.platforms, request.format_names)
        if not formats:
            raise _refused("no format is asked for; name at least one platform")
        if len(formats) > MOST_EXPORTS:
            raise _refused(f"one request makes at most {MOST_EXPORTS} files, not {len(formats)}")
        asked = Asked(request=request, image=image, day=self._today())
        return SocialSpec(
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

    def finish(self, spec: SocialSpec, made: Made, *, provider: str, model: str) -> Facts:
        """Return what is to be remembered of one file; `spec` is the part's own, which is all that it takes.

        Raises:
            ProviderMisbehaved: it has another size than its format.
        """
        (export,) = spec.exports
        promised = Size(export.width, export.height)
        if made.size != promised:
            detail = f"The file for {export.format} should measure {promised} and measures {made.size}."
            raise ProviderMisbehaved(detail=detail, provider=provider, model=model)
        facts = exported(spec, export, made, self._formats)
        return {"operation": spec.operation, **facts.model_dump(mode="json")}

    async def optimize_image(
        self, images: Mapping[str, bytes], request: SocialRequest, engine: MakesSeries, market: Market
    ) -> tuple[Optimized, ...]:
        """Return the files of a picture, made within this call: nothing is stored, charged or marked.

        `images` are encoded as the studio encodes, by field: `image`, and `logo` where the request has one.

        Raises:
            InvalidRequest, NoProvider: as `plan` says.
            StudioError: the engine could not go on.
        """
        image = images["image"]
        plan = self.plan(request, {"image": Input(size=sniff(image).size)}, market)
        choice = plan.first
        offer = next(one for one in market.offers if key_of(one) == (choice.provider, choice.model, OPERATION))
        made: dict[int, Optimized] = {}
        async with aclosing(engine.series(offer, plan.spec, images, tuple(range(plan.parts)))) as files:
            async for one in files:
                made[one.ordinal] = self._optimized(plan, one)
        return tuple(made[ordinal] for ordinal in sorted(made))

    def _optimized(self, plan: Plan, one: Handed) -> Optimized:
        assert isinstance(plan.spec, SocialSpec), "it was planned here"
        export, outcome = plan.spec.exports[one.ordinal], one.outcome
        if isinstance(outcome, StudioError):
            return Optimized(export=export, problem=outcome)
        seen = sniff(outcome.data)
        made = Made(
            size=seen.size,
            format="jpg" if seen.format == "jpeg" else seen.format,
            alpha=outcome.seen is not None and outcome.seen.has_alpha,
            length=len(outcome.data),
            facts=outcome.facts,
        )
        served, part = plan.first, plan.spec.part(one.ordinal)
        facts = self.finish(part, made, provider=served.provider, model=served.model)
        return Optimized(export=export, data=outcome.data, facts=facts)


def _refused(detail: str) -> InvalidRequest:
    return InvalidRequest(detail=f"{detail}.", errors=(FieldError(pointer="/platforms", detail=detail),))


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
