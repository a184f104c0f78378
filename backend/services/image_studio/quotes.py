"""A plan's price in figures for people: what each engine makes, what all of it costs, and who else could do it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from backend.schemas.estimate import Alternative, EstimateAnswer, EstimateLine, EstimateRequest
from backend.schemas.fields import usd
from backend.schemas.specs import CreateSpec, UpscaleSpec

if TYPE_CHECKING:
    from backend.services.image_studio.plans import Choice, Plan


def quote(plan: Plan) -> EstimateAnswer:
    """Return what a plan costs: the charge lies within `min` and `max`."""
    spec = plan.spec
    size = f"{spec.width}x{spec.height}" if isinstance(spec, CreateSpec | UpscaleSpec) else ""
    answer = answer_for(
        plan.choices,
        plan.dearer,
        EstimateRequest(operation=spec.operation, num_images=plan.parts),
        resolution=size,
        version=plan.price_book_version,
    )
    return _spread(answer, plan) if plan.spread else answer


def answer_for(
    choices: tuple[Choice, ...], dearer: tuple[Choice, ...], asked: EstimateRequest, *, resolution: str, version: str
) -> EstimateAnswer:
    """Return what pictures cost that the first of some choices makes."""
    first, count = choices[0], asked.num_images
    total = first.milli_credits * count
    return EstimateAnswer(
        provider=first.provider,
        model=first.model,
        operation=asked.operation,
        num_images=count,
        resolution=resolution,
        cost_per_image=usd(first.milli_credits),
        total_cost=usd(total),
        estimated_cost=total / 1000,
        lines=(_line(first, asked.operation, count),),
        min=min(choice.milli_credits for choice in choices) * count / 1000,
        max=total / 1000,
        alternatives=tuple(_alternative(choice, count) for choice in (*choices[1:], *dearer)),
        price_book_version=version,
        seconds=first.seconds * count,
        reason=first.reason,
        available=True,
    )


def _spread(answer: EstimateAnswer, plan: Plan) -> EstimateAnswer:
    """Return an answer with the sums of a plan whose parts are made by different engines: a line for each of them."""
    total = plan.max_milli_credits
    shares = Counter(plan.spread)
    lines = tuple(_line(plan.choices[place], plan.spec.operation, count) for place, count in shares.items())
    others = [choice for place, choice in enumerate(plan.choices) if place not in shares]
    return answer.model_copy(
        update={
            "provider": plan.first.provider,
            "model": plan.first.model,
            "cost_per_image": usd(round(total / plan.parts)),
            "total_cost": usd(total),
            "estimated_cost": total / 1000,
            "lines": lines,
            "max": total / 1000,
            "alternatives": tuple(_alternative(choice, plan.parts) for choice in others),
            "seconds": plan.seconds,
            "reason": f"One from each: {', '.join(plan.choices[place].label for place in shares)}",
        }
    )


def _line(choice: Choice, operation: str, count: int) -> EstimateLine:
    return EstimateLine(
        provider=choice.provider,
        model=choice.model,
        operation=operation,
        count=count,
        credits_each=choice.milli_credits / 1000,
        credits=choice.milli_credits * count / 1000,
    )


def _alternative(choice: Choice, count: int) -> Alternative:
    return Alternative(
        provider=choice.provider,
        model=choice.model,
        label=choice.label,
        credits=choice.milli_credits * count / 1000,
        seconds=choice.seconds * count,
        reason=choice.reason,
    )
