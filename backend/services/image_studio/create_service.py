"""Create: turns a request into a plan, and checks that what comes back is what was promised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, ProviderMisbehaved
from backend.imaging.types import Size
from backend.schemas.fields import near, ratio_of
from backend.schemas.specs import CreateSpec
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.prompts import Enhanced, Scene, enhance, unchanged, usual_style
from backend.services.image_studio.routing import AUTO, Need, rank
from backend.services.image_studio.shapes import in_steps, of_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.base import Offer
    from backend.schemas.base import Facts
    from backend.schemas.create import CreateRequest
    from backend.schemas.specs import Quality
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable
    from backend.services.image_studio.prompts import Enhancement
    from backend.services.image_studio.routing import Ranking
    from backend.services.image_studio.templates import ImageTemplate, TemplateManager

SEEDS = 4_294_967_295
"""Seeds run from 0 to one below this, then start again."""
SMALLEST, LARGEST = 64, 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class _Canvas:
    """The size to make, and what of the request did not matter for it."""

    size: Size
    free: bool = False
    """True if only the shape was asked for, so that the size may move to whole blocks."""
    ignored: tuple[str, ...] = ()


class CreateStudioService:
    """Decides about pictures from words. `first_seed` gives the seed where the request names none."""

    def __init__(
        self,
        *,
        templates: TemplateManager,
        quality: QualityTable,
        enhancement: Enhancement,
        first_seed: Callable[[], int],
    ) -> None:
        self._templates = templates
        self._quality = quality
        self._enhancement = enhancement
        self._first_seed = first_seed

    @property
    def preferences(self) -> QualityTable:
        """Return what `auto` prefers."""
        return self._quality

    def plan(self, request: CreateRequest, market: Market) -> Plan:
        """Return what will be done: the same request in the same market gives the same plan, but for the seeds.

        Raises:
            InvalidRequest: a field names something that does not exist, or no size comes of it.
            NoProvider: no engine can make it now.
        """
        _refuse_personas(request)
        template = self._templates.get(request.template_id) if request.template_id else None
        canvas = _canvas(request, template)
        size, ranking = self._ranked(request, template, canvas, market)
        words = self._words(request, template, size, ranking)
        notes = (words.note,) if words.note else ()
        told = Told(
            ignored=canvas.ignored,
            additions=words.additions,
            notes=notes,
            template=(template.id, template.name) if template else None,
            unusable=lambda offer: _unusable(request, offer),
        )
        return plan_of(self._spec(request, template, size, words.text), ranking, market, told)

    def finish(self, plan: Plan, choice: Choice, made: Made) -> Facts:
        """Return what is to be remembered of one picture.

        Raises:
            ProviderMisbehaved: it is not of the size that was promised.
        """
        spec = plan.spec
        assert isinstance(spec, CreateSpec), "the container hands each plan to the service that made it"
        promised = Size(spec.width, spec.height)
        if made.size != promised:
            raise ProviderMisbehaved(
                detail=f"The picture should measure {promised} and measures {made.size}.",
                provider=choice.provider,
                model=choice.model,
            )
        return {
            "operation": spec.operation,
            "prompt": spec.original_prompt,
            "enhanced_prompt": spec.prompt if spec.prompt != spec.original_prompt else None,
            "template_id": plan.template_id,
            "template_name": plan.template_name,
            "style_preset": spec.style_preset,
            "quality": spec.quality,
            "seed": made.seed,
            "format": made.format,
            "generative": choice.generative,
            "reason": choice.reason,
            "ignored": list(plan.ignored_by(choice)),
            "notes": list(plan.notes),
            "engine": made.facts,
        }

    def _ranked(
        self, request: CreateRequest, template: ImageTemplate | None, canvas: _Canvas, market: Market
    ) -> tuple[Size, Ranking]:
        """Rank for the size, and where a trained model comes first and the size is free, again for whole blocks."""
        need = Need(
            operation="create",
            quality=_quality(request, template),
            size=canvas.size,
            provider=request.provider.casefold(),
            model=request.model,
            prefer=template.recommended_provider if template else AUTO,
        )
        ranking = rank(need, market, self._quality)
        if not (canvas.free and ranking.ranked[0].offer.generative):
            return canvas.size, ranking
        stepped = in_steps(canvas.size)
        return stepped, rank(replace(need, size=stepped), market, self._quality)

    def _words(self, request: CreateRequest, template: ImageTemplate | None, size: Size, ranking: Ranking) -> Enhanced:
        if not request.enhance_prompt:
            return Enhanced(text=request.prompt)
        if not ranking.ranked[0].offer.generative:
            return unchanged(request.prompt)
        scene = Scene(
            size=size,
            quality=_quality(request, template),
            style=request.style_preset,
            usual_style=self._usual_style(request, template),
            platform=template.platform if template else None,
            template=template.name if template else None,
            headline=template.headline if template else "none",
        )
        return enhance(request.prompt, scene, self._enhancement)

    def _usual_style(self, request: CreateRequest, template: ImageTemplate | None) -> str | None:
        return usual_style(request.prompt, template.style_preset, self._enhancement) if template else None

    def _spec(self, request: CreateRequest, template: ImageTemplate | None, size: Size, words: str) -> CreateSpec:
        first = self._first_seed() if request.seed is None else request.seed
        return CreateSpec(
            prompt=words,
            original_prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            width=size.width,
            height=size.height,
            quality=_quality(request, template),
            style_preset=request.style_preset or self._usual_style(request, template),
            guidance_scale=request.guidance_scale,
            steps=request.steps,
            template_id=template.id if template else None,
            seeds=tuple((first + n) % SEEDS for n in range(request.num_variations)),
        )


def _refuse_personas(request: CreateRequest) -> None:
    if request.use_persona or request.persona_id:
        detail = "there are no personas yet; leave use_persona and persona_id out"
        name = "use_persona" if request.use_persona else "persona_id"
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer=f"/{name}", detail=detail),))


def _quality(request: CreateRequest, template: ImageTemplate | None) -> Quality:
    return template.quality if template and not request.gives("quality") else request.quality


def _unusable(request: CreateRequest, offer: Offer) -> tuple[str, ...]:
    """Return the given fields that an offer has no use for."""
    uses = {
        "negative_prompt": offer.negative_prompt,
        "guidance_scale": offer.generative,
        "steps": offer.generative,
        "seed": offer.seed,
    }
    return tuple(name for name, used in uses.items() if not used and getattr(request, name) is not None)


def _canvas(request: CreateRequest, template: ImageTemplate | None) -> _Canvas:
    """Both sides win over one side with a shape, that over a shape alone, that over the template."""
    width, height, ratio = request.width, request.height, request.aspect_ratio
    if width is not None and height is not None:
        agrees = ratio is None or near(ratio_of(ratio), width / height)
        return _Canvas(size=Size(width, height), ignored=() if agrees else ("aspect_ratio",))
    if width is not None or height is not None:
        shape = ratio_of(ratio) if ratio else template.size.ratio if template else 1.0
        return _Canvas(size=_from_one_side(width, height, shape))
    if template and (ratio is None or near(ratio_of(ratio), template.size.ratio)):
        return _Canvas(size=template.size)
    return _Canvas(size=of_shape(ratio or "1:1"), free=True)


def _from_one_side(width: int | None, height: int | None, shape: float) -> Size:
    if width is not None:
        size = (width, round(width / shape))
    else:
        assert height is not None, "one side is given"
        size = (round(height * shape), height)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        name = "height" if width is None else "width"
        detail = f"with this shape the picture would be {size[0]}x{size[1]}; sides are {SMALLEST} to {LARGEST} pixels"
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer=f"/{name}", detail=detail),))
    return Size(*size)
