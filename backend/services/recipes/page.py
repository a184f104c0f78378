"""What one transaction writes about a run, whose row it holds: items that move on, results, news, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.models import JobResult
from backend.db.repositories.jobs import OPEN, Jobs
from backend.db.repositories.runs import Runs
from backend.errors import JobCancelled
from backend.jobs.outcomes import outcome_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.db.base import JsonObject
    from backend.db.models import Job
    from backend.db.recipes import RecipeItem
    from backend.db.repositories.jobs import News
    from backend.db.session import AsyncSession
    from backend.services.recipes.order import Order


class Page:
    """Writes about one run. Of a run that was called off, items are still written, and nothing is told any more."""

    def __init__(self, session: AsyncSession, order: Order, run: Job, now: datetime) -> None:
        self._session = session
        self._jobs = Jobs(session)
        self._runs = Runs(session)
        self._order = order
        self._open = run.status in OPEN
        self._now = now
        self._news: list[News] = []

    async def move(self, item: RecipeItem, results: Sequence[JobResult]) -> None:
        """Move an item whose step has ended to its next step, or to its end."""
        made = [one.asset_id for one in results if one.asset_id]
        if not made:
            problem = next((one.problem for one in results if one.problem), None)
            await self.fail(item, problem or JobCancelled(detail="This step was cancelled.").problem())
        elif item.step + 1 < len(self._order.steps):
            await self._write(item, status="waiting", step=item.step + 1, asset_id=made[0])
        else:
            await self._write(item, status="done", asset_ids=made)
            await self._settle(item, made, problem=None)

    async def fail(self, item: RecipeItem, problem: JsonObject) -> None:
        """Write why an item went no further."""
        told = {**problem, "step": item.step, "verb": self._order.steps[item.step].verb}
        await self._write(item, status="failed", problem=told)
        await self._settle(item, [], problem=told)

    async def _write(self, item: RecipeItem, **values: object) -> None:
        await self._runs.write(item, **values, job_id=None, updated_at=self._now)

    async def _settle(self, item: RecipeItem, made: Sequence[str], *, problem: JsonObject | None) -> None:
        """Write what became of an item among the run's own results."""
        if not self._open:
            return
        asset = made[0] if made else None
        steps = await self._jobs.results(self._order.workspace, item.job_ids)
        result = JobResult(
            job_id=self._order.run,
            ordinal=item.ordinal,
            workspace_id=self._order.workspace,
            asset_id=asset,
            problem=problem,
            captured_milli=sum(one.captured_milli for found in steps.values() for one in found),
            created_at=self._now,
        )
        if await self._jobs.settle(result):
            told = {"ordinal": item.ordinal, "asset_id": asset, "asset_ids": [*made], "problem": problem}
            self._news.append(("job.result", told))

    async def tell(self) -> bool:
        """Write how far the run is and tell the news; return whether it is over."""
        if not self._open:
            return False
        order = self._order
        results = (await self._jobs.results(order.workspace, [order.run]))[order.run]
        behind = await self._runs.steps_done(order.workspace, order.run) / len(order.steps)
        message = f"{sum(1 for one in results if one.asset_id)} of {order.items} ready"
        far = {"progress": round((len(results) + behind) / order.items, 4), "message": message}
        news: list[News] = [(kind, {**told, **far}) for kind, told in self._news] or [("job.progress", far)]
        over = len(results) == order.items
        if over:
            news.append(await self._end(results, message))
        else:
            await self._jobs.change(order.workspace, order.run, **far)
        await self._jobs.tell(order.workspace, order.run, news, self._now)
        return over

    async def _end(self, results: list[JobResult], message: str) -> News:
        outcome = outcome_of(results, self._order.run, cancelled=False)
        ended = {"status": outcome.status, "problem": outcome.problem, "progress": 1.0, "finished_at": self._now}
        await self._jobs.change(self._order.workspace, self._order.run, **ended, message=message)
        told = {"status": outcome.status, "problem": outcome.problem, "asset_ids": list(outcome.assets)}
        return f"job.{outcome.status}", told
