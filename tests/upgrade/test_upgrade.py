"""Today's studio opens the data folder of each earlier version, and everything in it is there and goes on."""

from __future__ import annotations

import sqlite3

import pytest

from backend.db.migrate import pending
from backend.schemas.base import JobId
from tests.fakes.stub_provider import prices
from tests.fakes.studio import TestStudio, running, settings_for
from tests.upgrade.earlier import VERSIONS, left_by
from tests.upgrade.inhabit import EMAIL, ORDER, PASSWORD, Resuming


@pytest.fixture(params=VERSIONS)
def earlier(request, tmp_path):
    return left_by(request.param, tmp_path / "data")


@pytest.fixture
async def opened(earlier):
    settings = settings_for(earlier.folder)
    engine = Resuming(seconds=0.01)
    async with running(settings, providers=[engine], prices=prices(2), origin=earlier.origin()) as studio:
        yield studio, engine


async def test_the_tables_are_those_of_today_and_a_copy_of_the_old_ones_is_kept(earlier, opened):
    now, newest = pending(f"sqlite:///{earlier.folder / 'studio.db'}")
    assert now == newest
    if earlier.known["revision"] != newest:
        (copy,) = earlier.folder.glob(f"studio.db.{earlier.known['revision']}-*")
        with sqlite3.connect(copy) as database:
            assert database.execute("SELECT version_num FROM alembic_version").fetchone() == (
                earlier.known["revision"],
            )


async def test_the_library_lists_and_every_picture_opens(earlier, opened):
    studio, _ = opened
    listed = (await studio.client.get("/api/content-assets/")).json()
    by_id = {asset["id"]: asset for asset in listed["assets"]}
    kept = by_id[earlier.known["kept"]]
    assert (kept["title"], kept["tags"], kept["is_favorite"]) == ("Lamp, “lit”", ["a", "ü", "🪔"], True)
    assert by_id[earlier.known["edited"]]["parent_ids"]
    assert earlier.known["trashed"] not in by_id
    for asset in by_id.values():
        for rendition in ("content", "thumbnail"):
            found = await studio.client.get(f"/api/content-assets/{asset['id']}/{rendition}")
            assert (found.status_code, bool(found.content)) == (200, True)
    assert (await studio.client.post(f"/api/content-assets/{earlier.known['trashed']}/restore")).status_code == 200


async def test_old_sessions_keys_and_passwords_still_let_people_in(earlier, opened):
    studio, _ = opened
    for token in (earlier.known["session"], earlier.known["key"]):
        told = await studio.client.get("/api/content-assets/", headers={"Authorization": f"Bearer {token}"})
        assert told.status_code == 200
    login = await studio.client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert login.json()["user"]["name"] == "Ada"


async def test_jobs_that_were_open_end_once_and_the_ledger_proves(earlier, opened):
    studio, engine = opened
    await ended_well(studio, engine, earlier.known["open"])


async def test_an_order_that_was_given_before_gives_the_same_job(earlier, opened):
    studio, engine = opened
    body = {"prompt": "a lamp", "width": 64, "height": 64, "num_variations": 2}
    again = await studio.client.post("/api/image-studio/create", json=body, headers={"Idempotency-Key": ORDER})
    assert again.status_code == 200, again.text
    assert {one["asset_id"] for one in again.json()["results"]} == {earlier.known["kept"], earlier.known["other"]}
    assert not [line for line in engine.started if "a lamp" in line]


async def ended_well(studio: TestStudio, engine: Resuming, left_open: dict[str, str]) -> None:
    """See to it that open jobs end as they must, no call is made twice, and the money is right."""
    await studio.container.reconciler.reconcile()
    views = {name: await studio.ended(JobId(job)) for name, job in left_open.items()}
    assert {name: view.status for name, view in views.items()} == {
        "ticketed": "done",
        "unanswered": "failed",
        "waiting": "done",
    }
    assert views["unanswered"].problem["code"] == "outcome-unknown"
    starts = [line.partition("#")[0] for line in engine.started if line.startswith("start ")]
    assert starts == ["start without a place"]
    proof = await studio.container.credits.prove()
    assert (proof.sum, proof.drift, proof.reserved) == (0, 0, 0)
    assert (await studio.balances())["spent"] == 12_000
