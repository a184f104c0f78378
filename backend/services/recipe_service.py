"""The recipes of a workspace: kept, priced, and begun as runs over many pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from backend.db.models import Job
from backend.db.recipes import Recipe, RecipeItem
from backend.db.repositories.jobs import RUN, Jobs
from backend.db.repositories.people import People
from backend.db.repositories.recipes import Recipes
from backend.db.repositories.runs import Runs
from backend.errors import NotFound, RequestRefused
from backend.jobs.hub import RUNS
from backend.schemas.base import JobId
from backend.schemas.jobs import JobQuery
from backend.schemas.recipes import RecipeId, RecipeList, RecipeStep, RecipeView, RunDetail, RunList
from backend.services.image_studio.desk import earlier
from backend.services.image_studio.market import survey
from backend.services.recipes.costing import Costing
from backend.services.recipes.filling import columns_of
from backend.services.recipes.order import plan_of
from backend.services.recipes.starting import Starting
from backend.services.recipes.steps import check, needs_picture
from backend.services.recipes.verbs import Terms
from backend.services.recipes.views import item_view, run_view
from backend.tracing import current_traceparent
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.db.session import AsyncSession
    from backend.jobs.hub import Hub
    from backend.schemas.audit import Verb
    from backend.schemas.base import Caller
    from backend.schemas.recipes import RecipeForm, RunForm, RunQuery, RunQuote, RunView
    from backend.services.image_studio.desk import Admission, Studios, Submission
    from backend.services.recipes.costing import Begun, Costs

MOST = 200
"""How many recipes a workspace keeps: they are listed on one page."""
_STEPS = TypeAdapter(tuple[RecipeStep, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """A run that may begin: of which recipe, with what, and what it costs."""

    recipe: RecipeView
    items: tuple[Begun, ...]
    costs: Costs


class RecipeService:
    """What callers may do with the recipes of their workspace."""

    def __init__(self, studios: Studios, admission: Admission, hub: Hub) -> None:
        self._studios = studios
        self._desk = admission
        self._db = admission.db
        self._origin = admission.origin
        self._hub = hub
        self._starting = Starting(admission.db, admission.library)

    # --- recipes --------------------------------------------------------------------------------------------

    async def listed(self, caller: Caller) -> RecipeList:
        """Return the workspace's recipes."""
        async with self._db.read() as session:
            found = tuple(_view(row) for row in await Recipes(session).all(caller.workspace_id))
        return RecipeList(recipes=found, total=len(found))

    async def get(self, caller: Caller, recipe: RecipeId) -> RecipeView:
        """Return a recipe.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.read() as session:
            return _view(await Recipes(session).get(caller.workspace_id, recipe))

    async def add(self, caller: Caller, form: RecipeForm) -> RecipeView:
        """Keep a recipe.

        Raises:
            InvalidRequest: its steps can't be read, or don't follow each other.
            Conflict: another one is called so.
            RequestRefused: the workspace has as many as it can keep.
        """
        check(form.steps, self._terms())
        now = self._origin.clock()
        row = Recipe(id=self._origin.new_id(), workspace_id=caller.workspace_id, created_at=now)
        async with self._db.begin() as session:
            await People(session).hold_workspace(caller.workspace_id)
            if await Recipes(session).count(caller.workspace_id) >= MOST:
                raise RequestRefused(detail=f"A workspace keeps at most {MOST} recipes; delete one of them first.")
            self._write(row, form)
            await Recipes(session).add(row)
            await note(session, caller, _act("recipe.added", row))
        return _view(row)

    async def replace(self, caller: Caller, recipe: RecipeId, form: RecipeForm) -> RecipeView:
        """Put another recipe in the place of one; runs that have begun go on as they were.

        Raises:
            NotFound: it is not in the workspace.
            InvalidRequest: the steps can't be read, or don't follow each other.
            Conflict: another one is called so.
        """
        await self.get(caller, recipe)
        check(form.steps, self._terms())
        async with self._db.begin() as session:
            row = await Recipes(session).get(caller.workspace_id, recipe)
            self._write(row, form)
            await Recipes(session).save(row)
            await note(session, caller, _act("recipe.changed", row))
        return _view(row)

    async def remove(self, caller: Caller, recipe: RecipeId) -> None:
        """Delete a recipe for good; runs that have begun go on.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.begin() as session:
            row = await Recipes(session).get(caller.workspace_id, recipe)
            await Recipes(session).remove(row)
            await note(session, caller, _act("recipe.deleted", row))

    def _write(self, row: Recipe, form: RecipeForm) -> None:
        row.name, row.description = form.name, form.description
        row.steps = [step.model_dump(mode="json") for step in form.steps]
        row.updated_at = self._origin.clock()

    def _terms(self) -> Terms:
        studios = self._studios
        prices = studios.prices.on(self._origin.clock().date())
        return Terms(studios=studios, market=survey(studios.providers.values(), prices, studios.breakers.ailing))

    # --- runs -----------------------------------------------------------------------------------------------

    async def quote(self, caller: Caller, recipe: RecipeId, form: RunForm) -> RunQuote:
        """Return what a run would cost.

        Raises:
            NotFound: the recipe is not in the workspace.
            InvalidRequest: a row lacks something, or a picture is not there.
        """
        start = await self._start(caller, recipe, form)
        return start.costs.quote(start.recipe.steps)

    async def begin(self, caller: Caller, recipe: RecipeId, form: RunForm, sent: Submission) -> JobId:
        """Begin a run, whose price is known and could be paid: all its items or none.

        Raises:
            NotFound: the recipe is not in the workspace.
            InvalidRequest: a row lacks something, or a picture is not there.
            StudioError: no item could be done as things stand; it says why of the first one.
            NotAllowed, QuotaExceeded, InsufficientCredits: as `CreditService.cover` says.
            IdempotencyKeyReused: the key stands for another request.
        """
        start = await self._start(caller, recipe, form)
        first = start.costs.refusals[0]
        if first is not None and all(start.costs.refusals):
            raise first
        run = JobId(self._origin.new_id())
        async with self._db.begin() as session:
            already = await earlier(self._desk, session, caller, run, sent)
            if already is not None:
                return already
            await self._desk.credits.cover(session, caller, start.costs.plans, start.costs.milli_credits)
            await self._admit(session, caller, run, start)
        self._hub.ring(caller.workspace_id, RUNS)
        return run

    async def _start(self, caller: Caller, recipe: RecipeId, form: RunForm) -> _Start:
        found = await self.get(caller, recipe)
        items = await self._starting.items(caller, found.steps, form)
        costing = Costing(found.steps, self._terms(), self._desk.personas, caller)
        return _Start(recipe=found, items=items, costs=await costing.costs(items))

    async def _admit(self, session: AsyncSession, caller: Caller, run: JobId, start: _Start) -> None:
        now = self._origin.clock()
        recipe, count = start.recipe, len(start.items)
        job = Job(
            id=run,
            workspace_id=caller.workspace_id,
            user_id=caller.user_id,
            operation=RUN,
            status="running",
            spec={"operation": RUN, "recipe": recipe.name, "verbs": [step.verb for step in recipe.steps]},
            plan=plan_of(recipe.id, recipe.name, recipe.steps),
            parts=count,
            attempts=0,
            progress=0.0,
            message=f"0 of {count} ready",
            estimated_milli=start.costs.milli_credits,
            traceparent=current_traceparent(),
            created_at=now,
            deadline_at=now + timedelta(seconds=self._desk.deadline_s * count * len(recipe.steps)),
            started_at=now,
        )
        await Jobs(session).add(job)
        await Runs(session).add([_item(job, place, item) for place, item in enumerate(start.items)])
        await Jobs(session).tell(
            caller.workspace_id, run, [("job.progress", {"progress": 0.0, "message": job.message})], now
        )

    async def run(self, caller: Caller, run: JobId) -> RunDetail:
        """Return a run with its items.

        Raises:
            NotFound: no such run in the workspace.
        """
        async with self._db.read() as session:
            row = await self._run(session, caller, run)
            items = await Runs(session).items(caller.workspace_id, run)
            view = (await self._views(session, caller, [row]))[0]
        return RunDetail(**dict(view), items=tuple(item_view(item) for item in items))

    async def runs(self, caller: Caller, query: RunQuery) -> RunList:
        """Return runs, newest first.

        Raises:
            NotFound: the cursor is no run of the workspace.
        """
        asked = JobQuery(operation=RUN, limit=query.limit)
        async with self._db.read() as session:
            before = await self._run(session, caller, query.cursor) if query.cursor else None
            rows = await Jobs(session).listed(caller.workspace_id, asked, before=before)
            views = await self._views(session, caller, rows)
        return RunList(runs=tuple(views), next_cursor=rows[-1].id if len(rows) == query.limit else None)

    async def _run(self, session: AsyncSession, caller: Caller, run: JobId) -> Job:
        row = await Jobs(session).get(caller.workspace_id, run)
        if row is None or row.operation != RUN:
            raise NotFound(detail="There is no such run.")
        return row

    async def _views(self, session: AsyncSession, caller: Caller, rows: Sequence[Job]) -> list[RunView]:
        ids = [row.id for row in rows]
        counts = await Runs(session).counts(caller.workspace_id, ids)
        charged = await Runs(session).charged(caller.workspace_id, ids)
        return [run_view(row, counts[row.id], charged.get(row.id, 0)) for row in rows]


def _item(run: Job, ordinal: int, begun: Begun) -> RecipeItem:
    picture = begun.picture.id or None
    return RecipeItem(
        run_id=run.id,
        ordinal=ordinal,
        workspace_id=run.workspace_id,
        status="waiting",
        step=0,
        source_id=picture,
        asset_id=picture,
        row_values=dict(begun.row),
        job_ids=[],
        asset_ids=[],
        updated_at=run.created_at,
    )


def _act(verb: Verb, row: Recipe) -> Act:
    return Act(verb=verb, kind="recipe", target=row.id, facts={"name": row.name})


def _view(row: Recipe) -> RecipeView:
    steps = _STEPS.validate_python(row.steps)
    return RecipeView(
        id=RecipeId(row.id),
        name=row.name,
        description=row.description,
        steps=steps,
        columns=columns_of(steps),
        needs_picture=needs_picture(steps),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
