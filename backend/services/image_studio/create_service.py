"""Create: turns a request into a plan, and checks that what comes back is what was promised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, ProviderMisbehaved
from backend.imaging.types import Size
from backend.schemas.create import ImproveAnswer
from backend.schemas.fields import milli_of, near, ratio_of
from backend.schemas.specs import CreateSpec
from backend.services.image_studio.influences import Came, Manner, applied, heeded, manner_of
from backend.services.image_studio.plans import Told, plan_of, spread_of
from backend.services.image_studio.prompts import Enhanced, Scene, enhance, suggest, unchanged, usual_style
from backend.services.image_studio.routing import AUTO, Need, rank
from backend.services.image_studio.shapes import in_steps, of_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.base import Offer
    from backend.schemas.base import Facts
    from backend.schemas.create import CreateRequest
    from backend.schemas.personas import AppliedPersona, PersonaView
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """A request with what it refers to."""

    request: CreateRequest
    template: ImageTemplate | None
    persona: PersonaView | None
    manner: Manner

    @property
    def quality(self) -> Quality:
        """Return the quality: the request's, unless only the template says one."""
        return self.template.quality if self.template and not self.request.gives("quality") else self.request.quality


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

    def plan(self, request: CreateRequest, market: Market, persona: PersonaView | None = None) -> Plan:
        """Return what will be done: the same request in the same market gives the same plan, but for the seeds.

        `persona` is the one that the request means, if it means one; it fills in what the request leaves open.

        Raises:
            InvalidRequest: a field names something that does not exist, or no size comes of it.
            NoProvider: no engine can make it now.
        """
        order = self._order(request, persona)
        template, manner = order.template, order.manner
        canvas = _canvas(request, template)
        size, ranking = self._ranked(order, canvas, market)
        words = self._words(order, size, ranking)
        spec = self._spec(order, size, words.text)
        told = Told(
            ignored=canvas.ignored,
            additions=words.additions,
            notes=tuple(note for note in (words.note, manner.note) if note),
            template=(template.id, template.name) if template else None,
            unusable=lambda offer: _unusable(request, offer),
            persona=_applied(order, spec, words, ranking),
            heeds=lambda offer: heeded(offer, manner.engines),
        )
        if request.spread and spec.parts > 1:
            return spread_of(spec, ranking, market, told, most=milli_of(request.max_credits))
        return plan_of(spec, ranking, market, told)

    def improve(self, request: CreateRequest, market: Market, persona: PersonaView | None = None) -> ImproveAnswer:
        """Return what could be said besides, for the engine that would serve the request; nothing is made.

        Raises:
            InvalidRequest, NoProvider: as `plan` does.
        """
        order = self._order(request, persona)
        size, ranking = self._ranked(order, _canvas(request, order.template), market)
        offer, table = ranking.ranked[0].offer, self._enhancement
        scene = self._scene(order, size)
        words = enhance(request.prompt, scene, table) if offer.generative else suggest(request.prompt, table)
        return ImproveAnswer(
            prompt=words.text, additions=words.additions, note=words.note, provider=offer.provider, model=offer.model
        )

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
            "persona": persona.model_dump(mode="json") if (persona := plan.persona_for(choice)) else None,
            "engine": made.facts,
        }

    def _order(self, request: CreateRequest, persona: PersonaView | None) -> _Order:
        template = self._templates.get(request.template_id) if request.template_id else None
        return _Order(request=request, template=template, persona=persona, manner=manner_of(request, persona))

    def _ranked(self, order: _Order, canvas: _Canvas, market: Market) -> tuple[Size, Ranking]:
        """Rank for the size, and where a trained model comes first and the size is free, again for whole blocks."""
        need = Need(
            operation="create",
            quality=order.quality,
            size=canvas.size,
            provider=order.request.provider.casefold(),
            model=order.request.model,
            prefer=order.template.recommended_provider if order.template else AUTO,
            engines=order.manner.engines,
            engines_of=order.persona.name if order.persona else "",
            parts=order.request.num_variations,
            most=milli_of(order.request.max_credits),
            spread=order.request.spread,
        )
        ranking = rank(need, market, self._quality)
        if not (canvas.free and ranking.ranked[0].offer.generative):
            return canvas.size, ranking
        stepped = in_steps(canvas.size)
        return stepped, rank(replace(need, size=stepped), market, self._quality)

    def _words(self, order: _Order, size: Size, ranking: Ranking) -> Enhanced:
        request = order.request
        if not request.enhance_prompt:
            return Enhanced(text=request.prompt)
        if not ranking.ranked[0].offer.generative:
            return unchanged(request.prompt)
        return enhance(request.prompt, self._scene(order, size), self._enhancement)

    def _scene(self, order: _Order, size: Size) -> Scene:
        template = order.template
        return Scene(
            size=size,
            quality=order.quality,
            style=order.request.style_preset,
            usual_style=self._usual_style(order),
            platform=template.platform if template else None,
            template=template.name if template else None,
            headline=template.headline if template else "none",
            own=order.manner.terms,
        )

    def _usual_style(self, order: _Order) -> str | None:
        """Return the persona's style, or else the template's; none where the prompt names another."""
        usual = order.manner.style_preset or (order.template.style_preset if order.template else None)
        return usual_style(order.request.prompt, usual, self._enhancement) if usual else None

    def _spec(self, order: _Order, size: Size, words: str) -> CreateSpec:
        request, manner = order.request, order.manner
        first = self._first_seed() if request.seed is None else request.seed
        return CreateSpec(
            prompt=words,
            original_prompt=request.prompt,
            negative_prompt=manner.negative_prompt,
            width=size.width,
            height=size.height,
            quality=order.quality,
            style_preset=request.style_preset or self._usual_style(order),
            guidance_scale=request.guidance_scale,
            steps=request.steps,
            palette=manner.palette,
            style_words=manner.style_words,
            template_id=order.template.id if order.template else None,
            seeds=tuple((first + n) % SEEDS for n in range(request.num_variations)),
        )


def _applied(order: _Order, spec: CreateSpec, words: Enhanced, ranking: Ranking) -> AppliedPersona | None:
    if order.persona is None:
        return None
    came = Came(additions=words.additions, style_preset=spec.style_preset, several=len(ranking.ranked) > 1)
    return applied(order.request, order.persona, order.manner, came)


def _unusable(request: CreateRequest, offer: Offer) -> tuple[str, ...]:
    """Return the given fields that an offer has no use for."""
    uses = {
        "negative_prompt": offer.negative_prompt,
        "guidance_scale": offer.guidance,
        "steps": offer.steps,
        "seed": offer.seed,
        "palette": offer.palette,
    }
    return tuple(name for name, used in uses.items() if not used and getattr(request, name) not in (None, ()))


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
