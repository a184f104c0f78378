"""Runs as callers see them: as runs, and among the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.schemas.base import AssetId, Facts, JobId
from backend.schemas.jobs import JobCost, JobView
from backend.schemas.recipes import RunItem, RunView
from backend.services.recipes.order import order_of
from backend.utils.purse import MILLI

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.db.models import Job, JobResult
    from backend.db.recipes import RecipeItem
    from backend.schemas.assets import AssetView


def run_view(row: Job, counts: Mapping[str, int], charged: int) -> RunView:
    """Return a run; `counts` are its items by state, `charged` what its steps have cost so far in milli-credits."""
    order = order_of(row)
    return RunView(
        id=order.run,
        recipe_id=order.recipe,
        recipe=order.name,
        status=row.status,  # pyright: ignore[reportArgumentType] - only these are ever written
        progress=row.progress,
        message=row.message,
        steps=order.steps,
        total=order.items,
        problem=row.problem,
        cost=JobCost(estimated=row.estimated_milli / MILLI, reserved=0, captured=charged / MILLI),
        created_at=row.created_at,
        finished_at=row.finished_at,
        **{name: counts.get(name, 0) for name in ("done", "failed", "cancelled", "running", "waiting")},
    )


def item_view(row: RecipeItem) -> RunItem:
    """Return an item of a run."""
    return RunItem(
        ordinal=row.ordinal,
        status=row.status,  # pyright: ignore[reportArgumentType] - only these are ever written
        step=row.step,
        source_asset_id=AssetId(row.source_id) if row.source_id else None,
        values=row.row_values,
        job_ids=tuple(JobId(job) for job in row.job_ids),
        asset_ids=tuple(AssetId(asset) for asset in row.asset_ids),
        problem=row.problem,
    )


def job_view(row: Job, results: Sequence[JobResult], assets: Mapping[str, AssetView]) -> JobView:
    """Return a run as one of the jobs."""
    captured = sum(result.captured_milli for result in results)
    made = tuple(AssetId(result.asset_id) for result in results if result.asset_id)
    return JobView(
        id=JobId(row.id),
        operation=row.operation,
        status=row.status,  # pyright: ignore[reportArgumentType] - only these are ever written
        progress=row.progress,
        message=row.message,
        request=row.spec,
        result=answer(row, results, assets),
        problem=row.problem,
        cost=JobCost(estimated=row.estimated_milli / MILLI, reserved=0, captured=captured / MILLI),
        asset_ids=made,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def answer(row: Job, results: Sequence[JobResult], assets: Mapping[str, AssetView]) -> Facts | None:
    """Return what has come of a run's items so far; None before anything has."""
    if not results:
        return None
    made = [one for one in results if one.asset_id]
    return {
        "success": bool(made),
        "recipe": row.plan["recipe"],
        "results": [_result(one, assets.get(one.asset_id or "")) for one in results],
        "total_done": len(made),
        "total_failed": len(results) - len(made),
        "job_id": row.id,
    }


def _result(one: JobResult, asset: AssetView | None) -> Facts:
    if asset is None:
        return {"ordinal": one.ordinal, "problem": one.problem}
    return {"ordinal": one.ordinal, "asset_id": asset.id, "url": asset.file_url}
