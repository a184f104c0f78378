"""What a caller sees of a job."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from backend.schemas.base import AssetId, Facts, Frozen, JobId

JobStatus = Literal["queued", "running", "waiting", "done", "failed", "cancelled"]


class JobCost(Frozen):
    """What a job may cost, holds and has cost, in credits."""

    estimated: float
    reserved: float
    captured: float


class JobView(Frozen):
    """One piece of work: what was asked for, how far it is, and what came of it."""

    id: JobId
    parent_id: JobId | None = None
    """The run of a recipe that it is a step of."""
    operation: str
    status: JobStatus
    progress: float
    """0..1"""
    message: str
    request: Facts
    """The operation's spec."""
    result: Facts | None = None
    """What the waiting call would have answered, with addresses instead of base64; null until there is one."""
    problem: Facts | None = None
    """Why nothing was made (RFC 9457), where nothing was."""
    cost: JobCost
    asset_ids: tuple[AssetId, ...] = ()
    provider: str | None = None
    """The engine that served last."""
    fallback: Facts | None = None
    """`from` and `reason`, where another engine than the first choice served."""
    seconds: float | None = None
    """How long the whole of it was expected to take when it was planned."""
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None


class JobQuery(Frozen):
    """Which jobs to list."""

    status: JobStatus | None = None
    operation: str | None = Field(default=None, max_length=60)
    parent: JobId | None = Field(default=None, max_length=64)
    """The steps of this run; without it, steps of runs are left out."""
    cursor: JobId | None = Field(default=None, max_length=64)
    """The `next_cursor` of the page before."""
    limit: int = Field(default=50, ge=1, le=200)


class JobList(Frozen):
    """Jobs, newest first."""

    jobs: tuple[JobView, ...]
    next_cursor: str | None = Field(default=None)
    """Give it as `cursor` for the next page; null on the last one."""


class JobEventView(Frozen):
    """Something that happened to a job."""

    id: int
    """Only grows; give the last one as `Last-Event-ID` to go on from there."""
    type: str
    """`job.progress`, `job.result`, `job.done`, `job.failed` or `job.cancelled`."""
    data: Facts

    @property
    def ends_job(self) -> bool:
        """Return whether this is the last thing that happens to the job."""
        return self.type in {"job.done", "job.failed", "job.cancelled"}
