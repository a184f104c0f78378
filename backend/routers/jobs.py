"""Jobs: looked at, watched, called off. `/api/jobs`."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from starlette.responses import StreamingResponse

from backend.routers.deps import CurrentUser, Jobs
from backend.schemas.base import JobId
from backend.schemas.jobs import JobEventView, JobList, JobQuery, JobView

router = APIRouter(prefix="/api/jobs", tags=["jobs"])

LastEvent = Annotated[int | None, Header(alias="Last-Event-ID", ge=0, le=2**63 - 1)]
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events, as they happen."}
}  # Any: FastAPI's own shape


@router.get("")
async def list_jobs(user: CurrentUser, jobs: Jobs, query: Annotated[JobQuery, Query()]) -> JobList:
    """Return the workspace's jobs, newest first."""
    return await jobs.listed(user, query)


@router.get("/events", response_class=StreamingResponse, responses=STREAM)
async def workspace_events(user: CurrentUser, jobs: Jobs, last_event_id: LastEvent = None) -> StreamingResponse:
    """Send what happens to any job of the workspace, from now or from `Last-Event-ID` on."""
    return _stream(jobs.events(user, None, after=last_event_id))


@router.get("/{job_id}")
async def get_job(user: CurrentUser, jobs: Jobs, job_id: JobId) -> JobView:
    """Return a job."""
    return await jobs.get(user, job_id)


@router.delete("/{job_id}", status_code=202)
async def cancel_job(user: CurrentUser, jobs: Jobs, job_id: JobId) -> JobView:
    """Call a job off: what is ready stays, what is being made is interrupted, the rest is not charged."""
    return await jobs.cancel(user, job_id)


@router.get("/{job_id}/events", response_class=StreamingResponse, responses=STREAM)
async def job_events(
    user: CurrentUser, jobs: Jobs, job_id: JobId, last_event_id: LastEvent = None
) -> StreamingResponse:
    """Send what happens to a job, from its beginning or from `Last-Event-ID` on, until it ends."""
    await jobs.get(user, job_id)
    return _stream(jobs.events(user, job_id, after=last_event_id))


def _stream(events: AsyncGenerator[JobEventView | None]) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(events), media_type="text/event-stream", headers=headers)


async def _lines(events: AsyncGenerator[JobEventView | None]) -> AsyncGenerator[str]:
    """Yield events in the form of the HTML standard's `text/event-stream`."""
    yield "retry: 2000\n\n"
    async for event in events:
        if event is None:
            yield ": still here\n\n"
        else:
            yield f"id: {event.id}\nevent: {event.type}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n"
