"""Upscale: the plan of one enlargement, and the promise that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import ProviderMisbehaved
from backend.imaging.types import Size
from backend.schemas.specs import UpscaleSpec
from backend.services.image_studio.enlargement import PRESETS, target_of
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.providers.base import Offer
    from backend.schemas.base import Facts
    from backend.schemas.specs import UpscaleMode
    from backend.schemas.upscale import UpscaleRequest
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable

_SMALL = 1_048_576
"""Up to so many pixels quick engines take a picture whole."""
_DPI, _MM = 300, 25.4


class UpscaleStudioService:
    """Decides about pictures that are to get larger."""

    def __init__(self, *, quality: QualityTable, first_seed: Callable[[], int]) -> None:
        self._quality = quality
        self._first_seed = first_seed

    def plan(self, request: UpscaleRequest, image: Input, market: Market) -> Plan:
        """Return what will be done with a picture whose size is known.

        Raises:
            InvalidRequest: the size that is asked for can't be made, or there is no such engine or model.
            NoProvider: no engine can do it now.
        """
        own = image.size
        assert own is not None, "a picture's size is known before it is planned for"
        target = target_of(request, own)
        mode, chosen = _mode(request, own, market)
        spec = UpscaleSpec(
            image=image.id,
            mode=mode,
            width=target.width,
            height=target.height,
            preset=request.preset,
            prompt=request.prompt,
            seed=self._first_seed() if request.seed is None else request.seed,
            output_format=request.output_format,
        )
        need = Need(
            operation=spec.operation,
            size=target,
            input_size=own,
            variant=mode,
            provider=request.provider.casefold(),
            model=request.model,
            output_format=spec.output_format,
            spec=spec,
        )
        told = Told(ignored=_unused(request), notes=(*chosen, *_use(request, target)), unusable=_unusable(request))
        return plan_of(spec, rank(need, market, self._quality), market, told)

    def finish(self, plan: Plan, choice: Choice, before: Mapping[str, Size], after: Made) -> Facts:
        """Return what is to be remembered of the larger picture.

        Raises:
            ProviderMisbehaved: it has another size than was promised.
        """
        spec, own = plan.spec, before["image"]
        assert isinstance(spec, UpscaleSpec), "the container hands each plan to the service that made it"
        promised = Size(spec.width, spec.height)
        if after.size != promised:
            detail = f"The picture should be {promised} and came back as {after.size}."
            raise ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
        return {
            "operation": spec.operation,
            "mode": spec.mode,
            "preset": spec.preset,
            "original_width": own.width,
            "original_height": own.height,
            "upscale_factor": round(promised.width / own.width, 3),
            "format": after.format,
            "reason": choice.reason,
            "ignored": list(plan.ignored_by(choice)),
            "notes": list(plan.notes),
            "engine": after.facts,
        }


def _mode(request: UpscaleRequest, own: Size, market: Market) -> tuple[UpscaleMode, tuple[str, ...]]:
    """Return the mode, and why it was chosen where the choice was ours: never one that invents."""
    if request.mode != "auto":
        return request.mode, ()
    small = own.pixels <= _SMALL
    first, second = ("fast", "conservative") if small else ("conservative", "fast")
    why = f"the picture has {own.pixels / 1e6:.2g} megapixels, and {'up to' if small else 'more than'} about 1"
    if _is_served(first, market) or not _is_served(second, market):
        return first, (f"Mode {first} was chosen: {why} is work for it.",)
    return second, (f"Mode {second} was chosen: no engine is ready for {first}.",)


def _is_served(mode: str, market: Market) -> bool:
    return any(
        offer.operation == "upscale" and (not offer.variants or mode in offer.variants) and market.lack(offer) is None
        for offer in market.offers
    )


def _use(request: UpscaleRequest, target: Size) -> tuple[str, ...]:
    """Return what a preset's size is good for."""
    if request.preset is None or _has_target(request):
        return ()
    words = f"Preset {request.preset}: {target}, for {PRESETS[request.preset].meant_for}."
    if request.preset != "print":
        return (words,)
    width, height = (round(side / _DPI * _MM) for side in (target.width, target.height))
    return (f"{words} At {_DPI} dpi it prints {width} x {height} mm.",)


def _unused(request: UpscaleRequest) -> tuple[str, ...]:
    """Return the fields that change nothing, whoever serves: a preset beside a target."""
    return ("preset",) if request.preset and _has_target(request) else ()


def _has_target(request: UpscaleRequest) -> bool:
    return request.target_width is not None or request.target_height is not None


def _unusable(request: UpscaleRequest) -> Callable[[Offer], tuple[str, ...]]:
    def told(offer: Offer) -> tuple[str, ...]:
        deaf = ("prompt",) if request.prompt and offer.words == "none" else ()
        return (*deaf, "seed") if request.seed is not None and not offer.seed else deaf

    return told
