"""What becomes of parts and of the whole job, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.db.models import JobResult
from backend.errors import JobCancelled
from backend.utils.asset_tracker import NewAsset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.db.base import JsonObject
    from backend.errors import StudioError
    from backend.jobs.work import Choice, JobAtWork, Label
    from backend.providers.base import Produced
    from backend.schemas.base import JobId, WorkspaceId
    from backend.schemas.jobs import JobStatus
    from backend.utils.asset_tracker import Stored


class Overtaken(Exception):
    """Somebody else has begun the job since: what this run still has in hand counts for nothing."""


class SettledBefore(Exception):
    """It is written already what became of a part: the answer to an earlier try was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One part that is ready to be recorded."""

    ordinal: int
    call: str | None
    """The call that this part was made by and that is over with it; None where the call goes on with other parts."""
    choice: Choice
    produced: Produced
    stored: Stored
    label: Label
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Parts of one call whose outcomes are written together."""

    deliveries: tuple[Delivery, ...]
    failed: Mapping[int, StudioError]
    """By ordinal, why a part can't be made."""
    choice: Choice
    finished: str | None
    """The call, where it is over with these parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ends."""

    status: JobStatus
    problem: JsonObject | None
    assets: tuple[str, ...]


def outcome_of(results: list[JobResult], job: JobId, *, cancelled: bool) -> Outcome:
    """Return how a job ends whose parts came to these results."""
    assets = tuple(result.asset_id for result in results if result.asset_id)
    if cancelled:
        problem = JobCancelled(detail="The job was cancelled.", job_id=job).problem()
        return Outcome(status="cancelled", problem=problem, assets=assets)
    if assets:
        return Outcome(status="done", problem=None, assets=assets)
    cause = next((result.problem for result in results if result.problem), None)
    return Outcome(status="failed", problem=cause, assets=())


def failed_part(workspace: WorkspaceId, job: JobId, ordinal: int, error: StudioError, now: datetime) -> JobResult:
    """Return what is written of a part that can't be made."""
    return JobResult(
        job_id=job,
        ordinal=ordinal,
        workspace_id=workspace,
        problem=error.problem(),
        captured_milli=0,
        created_at=now,
    )


def new_asset(job: JobAtWork, delivery: Delivery, charged: int) -> NewAsset:
    """Return what is recorded of a delivered part; `charged` is in milli-credits."""
    label = delivery.label
    return NewAsset(
        workspace_id=job.workspace,
        user_id=job.user,
        job_id=job.id,
        ordinal=delivery.ordinal,
        source_module=label.source_module,
        filename=label.filename,
        title=label.title,
        prompt=label.prompt,
        tags=label.tags,
        facts=label.facts,
        provider=delivery.choice.provider,
        model=delivery.choice.model,
        cost_milli=charged,
        generation_time=delivery.seconds,
        parents=tuple((asset, role) for role, asset in job.spec.inputs().items()),
        operation=job.spec.operation,
        purpose=label.purpose,
    )
