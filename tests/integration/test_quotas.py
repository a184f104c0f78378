"""What one workspace may take of the studio: bytes, jobs at once, jobs in the queue; and how it makes room again."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from backend.db.models import Asset, Job
from backend.db.repositories.library_sizes import drift, grow, size_of
from backend.errors import NotFound, QuotaExceeded, StorageQuotaExceeded
from backend.services.image_studio.pricing import load_tiers
from tests.fakes.stub_provider import StubProvider, picture, prices
from tests.fakes.studio import running, settings_for


def tiers(**limits):
    """Return the tiers, with the limits of a fresh install's changed."""
    found = load_tiers()
    return {**found, "self_hosted": found["self_hosted"].model_copy(update=limits)}


@asynccontextmanager
async def studio(folder, **limits):
    stub = StubProvider(seconds=0)
    async with running(settings_for(folder), providers=[stub], prices=prices(1.0), tiers=tiers(**limits)) as one:
        yield one


async def used(one):
    async with one.container.db.read() as session:
        return await size_of(session, one.owner.workspace_id), await drift(session)


async def upload(one, data, name="a.png"):
    return await one.client.post("/api/content-assets/upload", files={"file": (name, data, "image/png")})


async def admitted(one, prompt):
    try:
        return await one.create(prompt)
    except QuotaExceeded as error:
        return error


async def test_the_size_is_the_sum_of_what_the_library_holds_whoever_put_it_in(tmp_path):
    async with studio(tmp_path) as one:
        await one.ended(await one.create(num_variations=2))
        assert (await upload(one, picture(40, 30, 7))).status_code == 201
        async with one.container.db.read() as session:
            total = await session.scalar(sa.select(sa.func.sum(Asset.file_size)))
        assert await used(one) == (total, 0)
        account = (await one.client.get("/api/account")).json()
        assert account["limits"]["storage"] == {"used": total, "limit": None}


async def test_a_full_library_takes_no_uploads_and_admits_no_work_but_what_is_paid_for_is_kept(tmp_path):
    async with studio(tmp_path, storage_bytes=2_000_010) as one:
        job = await one.create()
        await one.ended(job)
        taken, _ = await used(one)
        assert taken > 10
        with pytest.raises(StorageQuotaExceeded) as refused:
            await one.create("another")
        assert (refused.value.used, refused.value.allowed) == (taken, 2_000_010)
        assert (await one.balances()).get("reserved", 0) == 0

    async with studio(tmp_path, storage_bytes=taken + 10) as one:
        answer = await upload(one, picture(64, 64, 7))
        assert (answer.status_code, answer.json()["code"]) == (403, "storage-quota-exceeded")
        assert "x-should-retry" not in answer.headers
        assert (await used(one))[0] == taken
        same = await one.client.get("/api/content-assets/")
        assert same.json()["total"] == 1


async def test_emptying_the_trash_makes_room_and_jobs_remember_that_there_was_a_picture(tmp_path):
    async with studio(tmp_path) as one:
        job = await one.create(num_variations=2)
        made = (await one.ended(job)).asset_ids
        edited = await one.client.post(
            "/api/image-studio/edit",
            json={"operation": "remove_background", "image_asset_id": made[0], "response_format": "url"},
        )
        assert edited.status_code == 200, edited.text
        await one.client.delete(f"/api/content-assets/{made[0]}")
        before, _ = await used(one)
        emptied = (await one.client.delete("/api/content-assets/trash")).json()
        assert emptied["deleted"] == 1
        assert await used(one) == (before - emptied["bytes"], 0)
        assert (await one.client.post(f"/api/content-assets/{made[0]}/restore")).status_code == 404
        seen = (await one.client.get(f"/api/jobs/{job}")).json()
        assert (seen["status"], seen["asset_ids"]) == ("done", [made[1]])
        child = (await one.client.get(f"/api/content-assets/{edited.json()['asset_id']}")).json()
        assert child["parent_ids"] == []
        assert (await one.client.delete("/api/content-assets/trash")).json() == {"deleted": 0, "bytes": 0}


async def test_what_an_open_job_works_on_is_not_deleted_under_it(tmp_path):
    stub = StubProvider(seconds=0)
    async with running(settings_for(tmp_path), providers=[stub], prices=prices(1.0)) as one:
        (made,) = (await one.ended(await one.create())).asset_ids
        stub.seconds = 1.0
        begun = await one.client.post(
            "/api/image-studio/edit",
            json={"operation": "remove_background", "image_asset_id": made},
            headers={"Prefer": "respond-async"},
        )
        async with asyncio.timeout(30):
            while len(stub.started) == 1:  # the engine has the picture from then on
                await one.container.jobs.wait(one.owner, begun.json()["id"], seconds=0.02)
        await one.client.delete(f"/api/content-assets/{made}")
        assert (await one.client.delete("/api/content-assets/trash")).json()["deleted"] == 0
        edited = await one.ended(begun.json()["id"])
        assert (edited.status, len(edited.asset_ids)) == ("done", 1)
        assert (await one.client.delete("/api/content-assets/trash")).json()["deleted"] == 1
        assert (await used(one))[1] == 0


async def test_nobody_empties_the_trash_of_others(tmp_path):
    async with studio(tmp_path) as one:
        made = (await one.ended(await one.create())).asset_ids
        await one.client.delete(f"/api/content-assets/{made[0]}")
        from dataclasses import replace

        stranger = replace(one.owner, workspace_id="f" * 32)
        assert (await one.container.quotas.empty_trash(stranger)).deleted == 0
        assert (await one.client.post(f"/api/content-assets/{made[0]}/restore")).status_code == 200
        with pytest.raises(NotFound):
            await one.container.library.get(stranger, made[0])


async def test_admissions_at_the_same_moment_do_not_pass_the_limit_of_jobs_at_once(tmp_path):
    stub = StubProvider(seconds=30)
    limited = tiers(concurrent_jobs=3)
    async with running(settings_for(tmp_path), providers=[stub], prices=prices(1.0), tiers=limited) as one:
        tried = await asyncio.gather(*(one.create(f"number {n}") for n in range(12)), return_exceptions=True)
        refused = [each for each in tried if isinstance(each, QuotaExceeded)]
        assert (len(refused), {each.limit for each in refused}) == (9, {"concurrent_jobs"})
        for job in tried:
            if isinstance(job, str):
                await one.container.jobs.cancel(one.owner, job)


async def test_the_queue_of_one_workspace_has_an_end(tmp_path):
    stub = StubProvider(seconds=30)
    settings = settings_for(tmp_path, jobs={"running": 1})
    async with running(settings, providers=[stub], prices=prices(1.0), tiers=tiers(queued_jobs=2)) as one:
        tried = [await admitted(one, f"number {number}") for number in range(5)]
        refused = [each for each in tried if isinstance(each, QuotaExceeded)]
        jobs = [each for each in tried if isinstance(each, str)]
        assert {(each.limit, each.retry_after) for each in refused} == {("queued_jobs", 30)}
        assert len(jobs) in {2, 3}  # the first may have begun already
        async with one.container.db.read() as session:
            assert await session.scalar(sa.select(sa.func.count()).select_from(Job)) == len(jobs)
        for job in jobs:
            await one.container.jobs.cancel(one.owner, job)


async def test_a_size_that_is_off_is_found(tmp_path):
    async with studio(tmp_path) as one:
        await upload(one, picture(40, 30, 7))
        assert await one.container.quotas.drift() == 0
        async with one.container.db.begin() as session:
            await grow(session, one.owner.workspace_id, 7)
        assert await one.container.quotas.drift() == 7
