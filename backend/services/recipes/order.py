"""What a run is to do, read from its job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from backend.schemas.base import JobId, UserId, WorkspaceId
from backend.schemas.recipes import RecipeId, RecipeStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.db.base import JsonObject
    from backend.db.models import Job

_STEPS = TypeAdapter(tuple[RecipeStep, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a run is to do: for whom, which steps, for how many items. It keeps the recipe as it was."""

    workspace: WorkspaceId
    run: JobId
    user: UserId
    recipe: RecipeId
    name: str
    steps: tuple[RecipeStep, ...]
    items: int


def order_of(run: Job) -> Order:
    """Return what a run is to do."""
    return Order(
        workspace=WorkspaceId(run.workspace_id),
        run=JobId(run.id),
        user=UserId(run.user_id),
        recipe=RecipeId(run.plan["recipe_id"]),
        name=run.plan["recipe"],
        steps=_STEPS.validate_python(run.plan["steps"]),
        items=run.parts,
    )


def plan_of(recipe: RecipeId, name: str, steps: Sequence[RecipeStep]) -> JsonObject:
    """Return what a run's job keeps of its recipe."""
    return {"recipe_id": recipe, "recipe": name, "steps": [step.model_dump(mode="json") for step in steps]}
