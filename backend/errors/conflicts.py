"""What does not fit the present state of things."""

from __future__ import annotations

from dataclasses import dataclass

from backend.errors.base import StudioError


@dataclass(eq=False, kw_only=True)
class Conflict(StudioError):
    """The request does not fit the present state of the thing it names.

    Read it again and decide anew.
    """

    slug = "conflict"
    status = 409
    title = "This does not fit the present state"


@dataclass(eq=False, kw_only=True)
class IdempotencyKeyReused(Conflict):
    """The Idempotency-Key was used before with another body.

    Use a new key for a new request. The first request's job stands in `job_id`.
    """

    slug = "idempotency-key-reused"
    status = 422
    title = "This Idempotency-Key belongs to another request"

    job_id: str = ""


@dataclass(eq=False, kw_only=True)
class JobFinished(Conflict):
    """The job has already ended, so it can't be cancelled.

    Its outcome stands in the job itself.
    """

    slug = "job-finished"
    status = 409
    title = "The job has already ended"

    job_id: str = ""


@dataclass(eq=False, kw_only=True)
class JobCancelled(Conflict):
    """The job was cancelled before it was done. Pictures that were ready are kept; the rest was not charged.

    Start it again if it is still wanted.
    """

    slug = "job-cancelled"
    status = 409
    title = "The job was cancelled"

    job_id: str = ""
