"""Recipes: chains of steps that a workspace keeps, and their runs over many pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NewType, Self

from pydantic import AfterValidator, Field, JsonValue, model_validator

from backend.schemas.base import AssetId, Facts, Frozen, JobId
from backend.schemas.jobs import JobCost, JobStatus

RecipeId = NewType("RecipeId", str)
StepVerb = Literal["create", "edit", "upscale", "control", "relayout", "social", "compress", "convert"]
MOST_STEPS = 8
"""Steps of a recipe."""
MOST_ITEMS = 500
"""Pictures or rows of a run."""
MOST_COLUMNS = 40
"""Columns of a row."""
LONGEST_CELL = 2000
"""Characters of a cell."""
PICTURE = "picture"
"""The column that names the picture of a row: an asset's id, or the file name of a picture in the library."""


def _named(text: str) -> str:
    found = " ".join(text.split())
    if not found or "\x00" in found:
        raise ValueError("say at least one word")
    return found


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text can't hold the NUL character")
    return text


RecipeName = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_named)]
Column = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_named)]
Cell = Annotated[str, Field(max_length=LONGEST_CELL), AfterValidator(_storable)] | int | float
Row = Annotated[dict[Column, Cell], Field(max_length=MOST_COLUMNS)]
"""What is said of one picture, by column."""


class RecipeStep(Frozen):
    """One step: a verb of the studio, and its request without the picture, which is what the step before made."""

    verb: StepVerb
    request: dict[str, JsonValue] = Field(default_factory=dict)
    """As the verb's own endpoint takes it. `{{column}}` in its words stands for what a row says there."""


class RecipeForm(Frozen):
    """What a recipe is."""

    name: RecipeName
    """Each of a workspace's recipes has another one."""
    description: Annotated[str, Field(max_length=1000), AfterValidator(_storable)] = ""
    steps: Annotated[tuple[RecipeStep, ...], Field(min_length=1, max_length=MOST_STEPS)]


class RecipeView(RecipeForm):
    """A recipe of a workspace."""

    id: RecipeId
    columns: tuple[str, ...]
    """The columns that its steps speak of: rows of a run have them all."""
    needs_picture: bool
    """False if its first step makes the picture."""
    created_at: datetime
    updated_at: datetime


class RecipeList(Frozen):
    """The workspace's recipes, in the order of their names."""

    recipes: tuple[RecipeView, ...]
    total: int


class RunForm(Frozen):
    """What a recipe is run over: pictures of the library, or rows."""

    asset_ids: Annotated[tuple[AssetId, ...], Field(max_length=MOST_ITEMS)] = ()
    rows: Annotated[tuple[Row, ...], Field(max_length=MOST_ITEMS)] = ()
    """`picture` is an asset's id or the file name of a picture in the library; the other columns fill in the steps."""

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if bool(self.asset_ids) == bool(self.rows):
            raise ValueError(f"give asset_ids or rows, 1 to {MOST_ITEMS} of them")
        return self


class QuotedStep(Frozen):
    """What one step costs over all items."""

    verb: StepVerb
    operation: str
    engine: str
    """Who would serve first, as `provider/model`; several where items differ."""
    credits: float


class RunQuote(Frozen):
    """What a run costs, in credits: the most, if all goes well. What fails is not charged."""

    items: int
    steps: tuple[QuotedStep, ...]
    credits: float
    seconds: float
    """About how long the steps take, one after the other."""
    unfit: int
    """Items that a step would refuse as things stand."""


ItemStatus = Literal["waiting", "running", "done", "failed", "cancelled"]


class RunItem(Frozen):
    """One picture or row of a run, and what became of it."""

    ordinal: int
    """Counted from 0, in the order they were given."""
    status: ItemStatus
    step: int
    """The step at work or next, from 0; of one that failed, which it failed at."""
    source_asset_id: AssetId | None
    """The picture that it began with."""
    values: Facts
    job_ids: tuple[JobId, ...]
    """The jobs of its steps, in order."""
    asset_ids: tuple[AssetId, ...]
    """What came of the last step."""
    problem: Facts | None
    """Why it failed (RFC 9457), with `step` and `verb`."""


class RunView(Frozen):
    """One run of a recipe. It is a job as well: `/api/jobs/{id}` tells of it and its events, and cancels it."""

    id: JobId
    recipe_id: RecipeId
    recipe: str
    """What the recipe was called when it began."""
    status: JobStatus
    progress: float
    """0..1"""
    message: str
    steps: tuple[RecipeStep, ...]
    """As they were when it began."""
    total: int
    done: int
    failed: int
    cancelled: int
    running: int
    waiting: int
    problem: Facts | None
    cost: JobCost
    created_at: datetime
    finished_at: datetime | None


class RunDetail(RunView):
    """A run with its items."""

    items: tuple[RunItem, ...]


class RunQuery(Frozen):
    """Which runs to list."""

    limit: int = Field(default=50, ge=1, le=200)
    cursor: JobId | None = Field(default=None, max_length=64)
    """The `next_cursor` of the page before."""


class RunList(Frozen):
    """Runs, newest first."""

    runs: tuple[RunView, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; null on the last one."""
