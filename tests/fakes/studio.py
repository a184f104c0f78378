"""A whole studio in a test: real database, real folder, real job engine, engines that are fakes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2

from backend.app import create_app
from backend.schemas.create import CreateRequest
from backend.services.image_studio.desk import Submission
from backend.settings import JobsSettings, LogSettings, Settings
from tests.ground.grounds import here

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from backend.container import Container
    from backend.schemas.base import Caller, JobId
    from backend.schemas.jobs import JobView

PATIENCE_S = 60.0
SMALL = {"width": 64, "height": 64}


@dataclass
class TestStudio:
    """A studio that runs, its owner, and a client that is signed in as the owner."""

    __test__ = False

    container: Container
    owner: Caller
    client: httpx2.AsyncClient

    async def create(self, prompt: str = "a stub", key: str | None = None, **fields: Any) -> JobId:
        """Admit a create."""
        request = CreateRequest.model_validate({"prompt": prompt, **SMALL, **fields})
        sent = Submission(path="/create", key=key, body_hash=f"{prompt}{fields}")
        return await self.container.studio.create_image(self.owner, request, sent)

    async def ended(self, job: JobId) -> JobView:
        """Return a job when it has ended."""
        assert await self.container.jobs.wait(self.owner, job, seconds=PATIENCE_S), "the job did not end"
        return await self.container.jobs.get(self.owner, job)

    async def balances(self) -> dict[str, int]:
        """Return the owner's workspace's balances in milli-credits."""
        from backend.db.repositories.ledger import Ledger

        async with self.container.db.read() as session:
            return await Ledger(session, self.container.origin.clock()).balances(self.owner.workspace_id)


def settings_for(folder: Path, **changes: Any) -> Settings:
    """Return settings for a studio in a folder of its own, on the test's ground, which logs little and polls fast."""
    jobs = JobsSettings(**({"poll_s": 0.02} | changes.pop("jobs", {})))
    return Settings(data_dir=folder, jobs=jobs, log=LogSettings(level="ERROR"), **here().settings(folder), **changes)


@asynccontextmanager
async def running(settings: Settings, **fakes: Any) -> AsyncGenerator[TestStudio]:
    """Yield a studio that runs."""
    app = create_app(settings, **fakes)
    async with app.router.lifespan_context(app) as state:

        async def with_state(scope: Any, receive: Any, send: Any) -> None:
            await app({**scope, "state": dict(state)}, receive, send)

        container: Container = state["container"]
        owner = await container.access.owner()
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(with_state),
            base_url="http://studio.test",
            headers={"Authorization": f"Bearer {container.access.trust(owner)}"},
            timeout=PATIENCE_S,
        ) as client:
            yield TestStudio(container=container, owner=owner, client=client)
