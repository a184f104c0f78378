"""Brings the runs of recipes on: what a job made goes into the next step, and what ended is written down.

Whatever is written is written while the run's own row is held, and a step is taken in the transaction that admits its
job. So this may be done again at any moment, after any crash, and by several processes at once.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from backend.db.repositories.jobs import OPEN, Jobs
from backend.db.repositories.runs import Runs
from backend.errors import JobCancelled, JobFinished, MachineTrouble, NotFound, QuotaExceeded, StudioError
from backend.schemas.base import SCOPES, AssetId, Caller, JobId, UserId
from backend.services.image_studio.desk import Submission
from backend.services.recipes.order import order_of
from backend.services.recipes.page import Page
from backend.services.recipes.steps import ask_of
from backend.services.recipes.verbs import admitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.db.models import Job
    from backend.db.recipes import RecipeItem
    from backend.db.session import AsyncSession, Database
    from backend.jobs.hub import Hub
    from backend.jobs.runner import JobRunner
    from backend.schemas.base import WorkspaceId
    from backend.services.image_studio.studio_manager import ImageStudioManager
    from backend.services.recipes.order import Order
    from backend.utils.origin import Origin

log = structlog.get_logger()

AT_ONCE = 4
"""How many items of a workspace's runs are at work at once: others' jobs get their turn between them."""
EVERY_S = 10.0
"""How often runs are looked at, whether or not there is news of them."""
PASSING = frozenset({"concurrent_jobs", "queued_jobs"})
"""Limits that a step only has to wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepClaim:
    """One step of one item, to be taken by the job that is admitted for it."""

    item: RecipeItem
    workspace: WorkspaceId
    origin: Origin

    @property
    def run(self) -> JobId:
        """Return the run, which is the job's parent."""
        return JobId(self.item.run_id)

    async def take(self, session: AsyncSession, job: JobId) -> JobId | None:
        """Write that the job is this step; the other job's id where one is already.

        Raises:
            JobCancelled: the run needs the step no more.
        """
        return await Runs(session).take(self.workspace, self.item, job, self.origin.clock())


class RecipeDriver:
    """Brings runs on, a few items at a time."""

    def __init__(
        self, db: Database, studio: ImageStudioManager, runner: JobRunner, *, hub: Hub, origin: Origin
    ) -> None:
        self._db = db
        self._studio = studio
        self._runner = runner
        self._hub = hub
        self._origin = origin

    async def drive(self) -> bool:
        """Bring every run on as far as it goes now; return whether any still goes on."""
        async with self._db.read() as session:
            runs = await Runs(session).open()
        busy: dict[WorkspaceId, int] = {}
        for workspace, run in runs:
            left = AT_ONCE - busy.get(workspace, 0)
            busy[workspace] = busy.get(workspace, 0) + await self._advance(workspace, run, left)
        return bool(runs)

    async def _advance(self, workspace: WorkspaceId, run: JobId, places: int) -> int:
        """Bring one run on with so many items at once; return how many are at work."""
        await self._settle_ended(workspace, run)
        async with self._db.read() as session:
            row = await Jobs(session).get(workspace, run)
            running = await Runs(session).running(workspace, run)
        if row is None:
            return 0
        if row.status not in OPEN:
            await self._call_off(workspace, run, running)
            return 0
        return len(running) + await self._begin(row, places - len(running))

    # --- beginning ------------------------------------------------------------------------------------------

    async def _begin(self, run: Job, places: int) -> int:
        """Admit the next steps of so many items; return how many were."""
        order, begun = order_of(run), 0
        while begun < places:
            async with self._db.read() as session:
                found = await Runs(session).next(order.workspace, order.run, places - begun)
            if not found:
                break
            for item in found:
                outcome = await self._begun(order, item)
                if outcome is None:
                    return begun
                begun += outcome
        return begun

    async def _begun(self, order: Order, item: RecipeItem) -> bool | None:
        """Return whether the item's step was admitted; what is refused is written down.

        None if nothing can be begun for the run at the moment: there is no room until a job ends, or it was called off.
        """
        caller = Caller(
            user_id=UserId(order.user), workspace_id=order.workspace, role="editor", scopes=SCOPES["editor"]
        )
        claim = StepClaim(item=item, workspace=order.workspace, origin=self._origin)
        try:
            step = order.steps[item.step]
            ask = ask_of(step, item.row_values, AssetId(item.asset_id) if item.asset_id else None)
            await admitted(self._studio, caller, ask, Submission(path="/api/image-studio/runs", claim=claim))
        except MachineTrouble:
            raise
        except JobCancelled:
            return None
        except StudioError as refusal:
            if isinstance(refusal, QuotaExceeded) and refusal.limit in PASSING:
                return None
            return await self._refused(order, item, refusal)
        return True

    async def _refused(self, order: Order, item: RecipeItem, refusal: StudioError) -> bool | None:
        """Write down why an item's step was refused; None if the run was called off meanwhile."""
        async with self._db.begin() as session:
            row = await Jobs(session).held(order.workspace, order.run)
            if row is None or row.status not in OPEN:
                return None
            page = Page(session, order, row, self._origin.clock())
            await page.fail(item, refusal.problem())
            over = await page.tell()
        self._hub.ring(order.workspace, order.run, over=over)
        return False

    # --- ending ---------------------------------------------------------------------------------------------

    async def _settle_ended(self, workspace: WorkspaceId, run: JobId) -> None:
        """Write down what became of the steps that have ended, and move their items on."""
        async with self._db.read() as session:
            if not await Runs(session).ended(workspace, run):
                return
        async with self._db.begin() as session:
            row = await Jobs(session).held(workspace, run)
            ended = await Runs(session).ended(workspace, run)
            if row is None or not ended:
                return
            page = Page(session, order_of(row), row, self._origin.clock())
            results = await Jobs(session).results(workspace, [str(item.job_id) for item in ended])
            for item in ended:
                await page.move(item, results[str(item.job_id)])
            over = await page.tell()
        self._hub.ring(workspace, run, over=over)

    async def _call_off(self, workspace: WorkspaceId, run: JobId, running: Sequence[RecipeItem]) -> None:
        """End what is at work for a run that was called off; what was ready stays."""
        await self._cancel(workspace, [JobId(str(item.job_id)) for item in running])
        async with self._db.begin() as session:
            left = await Runs(session).end(workspace, run, self._origin.clock())
        await self._cancel(workspace, left)  # one may have been admitted since
        log.info("run.called_off", run=run, steps=len(left))

    async def _cancel(self, workspace: WorkspaceId, jobs: Sequence[JobId]) -> None:
        for job in jobs:
            with contextlib.suppress(JobFinished, NotFound):
                await self._runner.cancel(workspace, job)
