"""What a finished operation answers: made from the stored plan and results, so it can be told again at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.schemas.create import CreateAnswer, CreatedImage, CreateEcho, FailedVariation
from backend.schemas.edit import EditAnswer
from backend.schemas.fields import Cost
from backend.schemas.recode import RecodeAnswer
from backend.schemas.social_request import SocialAnswer
from backend.schemas.specs import CompressSpec, ConvertSpec, CreateSpec, SocialSpec, UpscaleSpec
from backend.schemas.upscale import UpscaleAnswer
from backend.services.image_studio.conversion_service import recoded
from backend.services.image_studio.social_facts import social_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.assets import AssetView
    from backend.schemas.base import Facts, JobId
    from backend.services.image_studio.plans import Choice, Plan

StudioAnswer = CreateAnswer | EditAnswer | UpscaleAnswer | SocialAnswer | RecodeAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What became of one part: an asset, or a problem."""

    ordinal: int
    asset: AssetView | None
    problem: Facts | None
    captured_milli: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A job's plan and the parts that are settled."""

    job: JobId
    plan: Plan
    parts: tuple[Part, ...]

    @property
    def cost(self) -> Cost:
        """Return what was charged."""
        return Cost.of(sum(part.captured_milli for part in self.parts))

    def served(self, part: Part) -> Choice:
        """Return the choice that made a part."""
        asset = part.asset
        names = {(c.provider, c.model): c for c in self.plan.choices}
        return names.get((asset.provider or "", asset.model or ""), self.plan.first) if asset else self.plan.first


def answer_of(outcome: Outcome) -> StudioAnswer | None:
    """Return the answer of an operation; None for an edit that made nothing, whose problem says why."""
    match outcome.plan.spec:
        case CreateSpec() as spec:
            return _created(spec, outcome)
        case UpscaleSpec() as spec:
            return _upscaled(spec, outcome)
        case SocialSpec() as spec:
            return social_answer(spec, outcome)
        case CompressSpec() | ConvertSpec():
            return _recoded(outcome)
        case _:
            return _edited(outcome)


def _created(spec: CreateSpec, outcome: Outcome) -> CreateAnswer:
    plan, made = outcome.plan, [part for part in outcome.parts if part.asset]
    first = outcome.served(made[0]) if made else plan.first
    echo = CreateEcho(
        prompt=spec.original_prompt,
        enhanced_prompt=spec.prompt if spec.prompt != spec.original_prompt else None,
        template_id=plan.template_id,
        template_name=plan.template_name,
        provider=first.provider,
        model=first.model,
        dimensions=f"{spec.width}x{spec.height}",
        quality=spec.quality,
        num_variations=spec.parts,
    )
    return CreateAnswer(
        success=bool(made),
        request=echo,
        results=tuple(_variation(part, outcome) for part in outcome.parts),
        total_generated=len(made),
        total_failed=len(outcome.parts) - len(made),
        job_id=outcome.job,
        cost=outcome.cost,
        metadata=_told(plan, first),
    )


def _variation(part: Part, outcome: Outcome) -> CreatedImage | FailedVariation:
    asset = part.asset
    if asset is None:
        return FailedVariation(error=str((part.problem or {}).get("detail", "")), variation=part.ordinal)
    seed = asset.asset_metadata.get("seed")
    choice = outcome.served(part)
    return CreatedImage(
        width=asset.width or 0,
        height=asset.height or 0,
        provider=choice.provider,
        model=choice.model,
        seed=seed if isinstance(seed, int) else None,
        variation=part.ordinal,
        metadata=asset.asset_metadata,
        asset_id=asset.id,
        url=asset.file_url,
    )


def _edited(outcome: Outcome) -> EditAnswer | None:
    changed = changed_of(outcome)
    if changed is None:
        return None
    asset, choice = changed.asset, changed.choice
    return EditAnswer(
        success=True,
        operation=outcome.plan.spec.operation,
        provider=choice.provider,
        model=choice.model,
        width=asset.width or 0,
        height=asset.height or 0,
        metadata=changed.metadata,
        warnings=_warnings(outcome.plan, choice),
        asset_id=asset.id,
        url=asset.file_url,
        job_id=outcome.job,
        cost=outcome.cost,
    )


def _upscaled(spec: UpscaleSpec, outcome: Outcome) -> UpscaleAnswer | None:
    changed = changed_of(outcome)
    if changed is None:
        return None
    asset, choice = changed.asset, changed.choice
    return UpscaleAnswer(
        success=True,
        mode=spec.mode,
        provider=choice.provider,
        model=choice.model,
        width=asset.width or 0,
        height=asset.height or 0,
        metadata=changed.metadata,
        warnings=_warnings(outcome.plan, choice),
        asset_id=asset.id,
        url=asset.file_url,
        job_id=outcome.job,
        cost=outcome.cost,
    )


def _recoded(outcome: Outcome) -> RecodeAnswer | None:
    changed = changed_of(outcome)
    return recoded(outcome, changed, _warnings(outcome.plan, changed.choice)) if changed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The one picture that a change made, who made it, and what the caller is told of it."""

    asset: AssetView
    choice: Choice
    metadata: Facts


def changed_of(outcome: Outcome) -> Changed | None:
    """Return what a change made; None if nothing was."""
    part = next((part for part in outcome.parts if part.asset), None)
    if part is None or part.asset is None:
        return None
    asset, choice = part.asset, outcome.served(part)
    facts = {**asset.asset_metadata, **_told(outcome.plan, choice)}
    metadata: Facts = {**facts, "operation": outcome.plan.spec.operation, "processing_time": asset.generation_time}
    return Changed(asset=asset, choice=choice, metadata=metadata)


def _warnings(plan: Plan, choice: Choice) -> tuple[str, ...]:
    """Return what was asked for and had no effect, in sentences."""
    deaf = dict.fromkeys(choice.ignored, choice.label) | dict.fromkeys(plan.ignored, plan.spec.operation)
    return tuple(f"{name} had no effect: {deaf[name]} has no use for it." for name in plan.ignored_by(choice))


def _told(plan: Plan, choice: Choice) -> Facts:
    """Return what the caller should know besides the pictures: why this engine, what had no effect, what was added."""
    told: Mapping[str, object] = {
        "reason": choice.reason,
        "ignored": list(plan.ignored_by(choice)),
        "additions": [addition.model_dump(mode="json") for addition in plan.additions],
        "notes": list(plan.notes),
        "persona": persona.model_dump(mode="json") if (persona := plan.persona_for(choice)) else None,
    }
    return {name: value for name, value in told.items() if value}  # pyright: ignore[reportReturnType] - all of it is JSON
