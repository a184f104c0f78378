"""Waiting for a job, or not: 200 with the result, 202 with the job, or the problem that stopped it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse

from backend.errors import DatabaseBusy, DatabaseUnavailable
from backend.routers.deps import CurrentUser, get_container
from backend.routers.problems import retold
from backend.schemas.create import CreateAnswer, CreatedImage
from backend.schemas.jobs import JobView
from backend.schemas.social_request import SocialAnswer

if TYPE_CHECKING:
    from starlette.responses import Response

    from backend.container import Container
    from backend.schemas.base import AssetId, Caller, JobId
    from backend.schemas.fields import ResponseFormat
    from backend.services.image_studio.answers import StudioAnswer

ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": JobView, "description": "The job is not done yet; follow `Location`."}
}
"""What a call that may be waited for answers besides its result. Any: FastAPI's own shape."""


async def respond_async(prefer: Annotated[str, Header(max_length=500)] = "") -> bool:
    """Return whether the caller won't wait: `Prefer: respond-async` (RFC 7240)."""
    return any(part.strip().lower() == "respond-async" for part in prefer.split(","))


class Waiting:
    """Answers for one admitted job, in the way its caller asked for."""

    def __init__(self, request: Request, caller: Caller, container: Container, *, not_now: bool) -> None:
        self._request = request
        self._caller = caller
        self._jobs = container.jobs
        self._library = container.library
        self._pictures = container.social_pictures
        self._not_now = not_now
        self._seconds = container.settings.jobs.wait_s

    async def answer(self, job: JobId, response_format: ResponseFormat) -> Response | StudioAnswer:
        """Return the operation's answer when it is done in time, else 202 with the job.

        Raises:
            DatabaseUnavailable: it can't be told how the job does; never that nothing was done, for it was admitted.
        """
        try:
            return await self._told(job, response_format)
        except (DatabaseBusy, DatabaseUnavailable) as error:
            detail = f"The request was taken in; the database can't say how it does. See /api/jobs/{job} in a while."
            raise DatabaseUnavailable(detail=detail, outcome_open=True) from error

    async def _told(self, job: JobId, response_format: ResponseFormat) -> Response | StudioAnswer:
        if self._not_now or not await self._jobs.wait(self._caller, job, seconds=self._seconds):
            view = await self._jobs.get(self._caller, job)
            if view.finished_at is None:
                return _accepted(view)
        found = await self._jobs.answer(self._caller, job)
        if found is None or not found.success:
            return await self._problem(job)
        return found if response_format == "url" else await self._with_bytes(found)

    async def _problem(self, job: JobId) -> Response:
        view = await self._jobs.get(self._caller, job)
        results = view.result.get("results", []) if view.result else []
        return retold(view.problem or {}, self._request.scope, {"job_id": job, "results": results})

    async def _with_bytes(self, found: StudioAnswer) -> StudioAnswer:
        if isinstance(found, CreateAnswer):
            results = [
                one.model_copy(update={"image_base64": (await self._encoded(one.asset_id))[1]})
                if isinstance(one, CreatedImage)
                else one
                for one in found.results
            ]
            return found.model_copy(update={"results": tuple(results)})
        if isinstance(found, SocialAnswer):
            return await self._pictures.with_bytes(self._caller, found)
        mime, text = await self._encoded(found.asset_id)
        return found.model_copy(update={"image_base64": f"data:{mime};base64,{text}"})

    async def _encoded(self, picture: AssetId) -> tuple[str, str]:
        asset = await self._library.get(self._caller, picture)
        data = await self._library.read(self._caller, picture)
        return asset.mime_type, base64.b64encode(data).decode()


async def waiting(request: Request, caller: CurrentUser, not_now: Annotated[bool, Depends(respond_async)]) -> Waiting:
    """Return what answers this caller."""
    return Waiting(request, caller, get_container(request), not_now=not_now)


Wait = Annotated[Waiting, Depends(waiting)]


def _accepted(view: JobView) -> Response:
    return JSONResponse(view.model_dump(mode="json"), status_code=202, headers={"Location": f"/api/jobs/{view.id}"})
