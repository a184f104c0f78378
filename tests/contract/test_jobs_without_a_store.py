"""While the store is away nothing is lost: jobs wait for it, and people are told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from backend.settings import StorageSettings
from tests.fakes.library import picture
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for
from tests.ground.outage import Proxy

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ground.objects import ObjectServer


@pytest.mark.parametrize("how", ["refuse", "hang"])
async def test_a_job_outlives_an_outage_and_an_upload_is_told_of_it(
    tmp_path: Path, objects: ObjectServer, how: str
) -> None:
    with Proxy("127.0.0.1", urlsplit(objects.endpoint).port or 0) as proxy:
        there = {**objects.storage(), "endpoint": f"http://{proxy.host}:{proxy.port}"}
        storage = StorageSettings.model_validate({**there, "request_s": 0.5, "retries": 1, "retry_s": 0.5})
        stub = StubProvider(seconds=0.01)
        async with running(settings_for(tmp_path, storage=storage), providers=[stub], prices=prices(1)) as studio:
            getattr(proxy, how)()
            job = await studio.create()
            sent = {"file": ("a.png", picture(), "image/png")}
            answer = await studio.client.post("/api/content-assets/upload", files=sent)
            assert (answer.status_code, answer.json()["code"]) == (503, "storage-unavailable")
            async with asyncio.timeout(20):
                while not stub.started:
                    await asyncio.sleep(0.01)
            assert (await studio.container.jobs.get(studio.owner, job)).status == "running"
            proxy.restore()
            assert (await studio.ended(job)).status == "done"
            assert len(stub.started) == 1
            proof = await studio.container.credits.prove()
            assert (proof.sum, proof.drift, proof.reserved) == (0, 0, 0)
            assert (await studio.client.post("/api/content-assets/upload", files=sent)).status_code == 201
