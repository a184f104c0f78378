"""Recipes: kept by a workspace, priced before they begin, and run over many pictures, each step a job of its own."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import sqlalchemy as sa
from PIL import Image

from backend.db.models import Asset, Job
from backend.errors import ContentRefused
from backend.schemas.base import JobId
from backend.services.image_studio.pricing import load_tiers
from backend.services.recipes.driver import RecipeDriver
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for

if TYPE_CHECKING:
    from tests.fakes.studio import TestStudio

RECIPES = "/api/image-studio/recipes"
RUNS = "/api/image-studio/runs"
CUT = {"verb": "edit", "request": {"operation": "remove_background"}}
POSTER = {"verb": "create", "request": {"prompt": "{{headline}} for {{price}}", "width": 64, "height": 64}}

ALONE = pytest.mark.only("embedded", reason="nothing in it depends on the ground")


@pytest.fixture
def stub() -> StubProvider:
    return StubProvider(seconds=0.02)


@pytest.fixture
async def studio(tmp_path, stub):
    async with running(settings_for(tmp_path), providers=[stub], prices=prices(2)) as opened:
        yield opened


def photo(shade: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.full((40, 48, 3), (shade, 90, 160), np.uint8)).save(file, "PNG")
    return file.getvalue()


async def uploaded(studio: TestStudio, count: int) -> list[str]:
    files = [("file", (f"photo-{n}.png", photo(n))) for n in range(count)]
    answer = await studio.client.post("/api/content-assets/upload", files=files)
    assert answer.status_code == 201, answer.text
    return [asset["id"] for asset in answer.json()["assets"]]


async def kept(studio: TestStudio, *steps: dict[str, Any], name: str = "Catalogue") -> str:
    answer = await studio.client.post(RECIPES, json={"name": name, "steps": steps})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def begun(studio: TestStudio, recipe: str, **over: Any) -> dict[str, Any]:
    answer = await studio.client.post(f"{RECIPES}/{recipe}/runs", json=over)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"{RUNS}/{answer.json()['id']}"
    return answer.json()


async def finished(studio: TestStudio, run: str) -> dict[str, Any]:
    await studio.ended(JobId(run))
    return (await studio.client.get(f"{RUNS}/{run}")).json()


async def test_every_picture_goes_through_every_step_and_comes_out_once(studio, stub):
    pictures = await uploaded(studio, 3)
    run = await begun(studio, await kept(studio, CUT, CUT, CUT), asset_ids=pictures)
    assert (run["status"], run["total"], run["cost"]["estimated"]) == ("running", 3, 18)
    ended = await finished(studio, run["id"])
    assert (ended["status"], ended["done"], ended["progress"], ended["message"]) == ("done", 3, 1, "3 of 3 ready")
    assert ended["cost"]["captured"] == 18
    assert [item["source_asset_id"] for item in ended["items"]] == pictures
    assert all(len(item["job_ids"]) == 3 and len(item["asset_ids"]) == 1 for item in ended["items"])
    assert len(stub.started) == len(set(stub.started)) == 9
    async with studio.container.db.read() as session:
        made = sa.select(sa.func.count()).select_from(Asset).where(Asset.job_id.is_not(None))
        assert await session.scalar(made) == 9


@ALONE
async def test_a_run_is_one_job_with_a_result_for_each_item_and_its_steps_stay_out_of_the_list(studio):
    run = await begun(studio, await kept(studio, CUT, CUT), asset_ids=await uploaded(studio, 2))
    await studio.ended(JobId(run["id"]))
    jobs = (await studio.client.get("/api/jobs")).json()["jobs"]
    assert [(job["id"], job["operation"], len(job["asset_ids"])) for job in jobs] == [(run["id"], "recipe", 2)]
    assert jobs[0]["cost"]["captured"] == 8
    steps = (await studio.client.get("/api/jobs", params={"parent": run["id"]})).json()["jobs"]
    assert [(job["operation"], job["parent_id"]) for job in steps] == [("remove_background", run["id"])] * 4
    text = (await studio.client.get(f"/api/jobs/{run['id']}/events")).text
    assert (text.count("event: job.result"), text.count("event: job.done")) == (2, 1)


@ALONE
async def test_what_fails_says_why_and_at_which_step_and_the_others_go_on(studio, stub):
    pictures = await uploaded(studio, 3)
    stub.failures = [ContentRefused(detail="Not this one.")]
    ended = await finished(studio, (await begun(studio, await kept(studio, CUT, CUT), asset_ids=pictures))["id"])
    assert (ended["status"], ended["done"], ended["failed"]) == ("done", 2, 1)
    (broken,) = [item for item in ended["items"] if item["status"] == "failed"]
    assert (broken["problem"]["detail"], broken["problem"]["step"], broken["problem"]["verb"]) == (
        "Not this one.",
        0,
        "edit",
    )


@ALONE
async def test_rows_fill_in_the_words_and_file_names_stand_for_pictures(studio, stub):
    await uploaded(studio, 2)
    poster = await kept(studio, POSTER, CUT)
    sheet = "headline;price\nWarm socks;9 €\nA scarf;12 €\n"
    answer = await studio.client.post(
        f"{RECIPES}/{poster}/runs", content=sheet.encode("utf-8-sig"), headers={"Content-Type": "text/csv"}
    )
    assert answer.status_code == 202, answer.text
    ended = await finished(studio, answer.json()["id"])
    assert ended["done"] == 2
    assert {line.split("#")[0] for line in stub.started if " for " in line} == {
        "start Warm socks for 9 €",
        "start A scarf for 12 €",
    }
    named = await kept(studio, CUT, name="By name")
    ended = await finished(studio, (await begun(studio, named, rows=[{"picture": "photo-1.png"}]))["id"])
    assert ended["done"] == 1


@ALONE
async def test_nothing_begins_where_a_row_lacks_something_or_a_picture_is_not_there(studio, stub):
    poster, cut = await kept(studio, POSTER), await kept(studio, CUT, name="Cut")
    bodies = [
        (poster, {"rows": [{"headline": "A", "price": "1"}, {"headline": "B"}]}, "/rows/1/price"),
        (poster, {"asset_ids": ["0" * 32]}, "/asset_ids"),
        (cut, {"asset_ids": ["0" * 32]}, "/asset_ids/0"),
        (cut, {"rows": [{"picture": "nowhere.png"}]}, "/rows/0/picture"),
    ]
    for recipe, body, pointer in bodies:
        answer = await studio.client.post(f"{RECIPES}/{recipe}/runs", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text
    assert (await studio.client.get(RUNS)).json() == {"runs": [], "next_cursor": None}
    assert stub.started == []


async def test_a_run_that_is_called_off_begins_nothing_more_and_keeps_what_is_ready(studio, stub):
    pictures = await uploaded(studio, 6)
    stub.seconds = 0.2
    run = await begun(studio, await kept(studio, CUT, CUT), asset_ids=pictures)
    while not (await studio.client.get(f"{RUNS}/{run['id']}")).json()["done"]:
        await asyncio.sleep(0.05)
    answer = await studio.client.delete(f"{RUNS}/{run['id']}")
    assert (answer.status_code, answer.json()["status"]) == (202, "cancelled")
    while (ended := (await studio.client.get(f"{RUNS}/{run['id']}")).json())["running"] + ended["waiting"]:
        await asyncio.sleep(0.05)
    count = len(stub.started)
    assert 0 < ended["done"] < 6
    assert ended["cancelled"] > 0
    await asyncio.sleep(0.4)
    assert len(stub.started) == count
    assert (await studio.balances())["reserved"] == 0
    assert (await studio.client.delete(f"{RUNS}/{run['id']}")).status_code == 409


@ALONE
async def test_the_same_key_begins_one_run(studio):
    recipe, pictures = await kept(studio, CUT), await uploaded(studio, 1)
    path, headers = f"{RECIPES}/{recipe}/runs", {"Idempotency-Key": "once"}
    first = await studio.client.post(path, json={"asset_ids": pictures}, headers=headers)
    second = await studio.client.post(path, json={"asset_ids": pictures}, headers=headers)
    assert first.json()["id"] == second.json()["id"]
    other = await studio.client.post(path, json={"asset_ids": pictures * 2}, headers=headers)
    assert other.status_code == 422
    await studio.ended(JobId(first.json()["id"]))
    async with studio.container.db.read() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Job)) == 2


@ALONE
async def test_a_run_that_is_called_off_at_once_ends_at_once(studio):
    run = await begun(studio, await kept(studio, CUT), asset_ids=await uploaded(studio, 3))
    await studio.client.delete(f"{RUNS}/{run['id']}")
    async with asyncio.timeout(10):
        while (now := (await studio.client.get(f"{RUNS}/{run['id']}")).json())["running"] + now["waiting"]:
            await asyncio.sleep(0.05)


def metered(**limits: Any) -> dict[str, Any]:
    tier = load_tiers()["enterprise"].model_copy(update={"monthly_milli_credits": 0, **limits})
    return {"metered": tier}


async def test_nothing_begins_that_could_not_be_paid_and_the_price_is_told_before(tmp_path, stub):
    fakes = {"providers": [stub], "prices": prices(2), "tiers": metered()}
    async with running(settings_for(tmp_path, tier="metered"), **fakes) as studio:
        await studio.container.credits.grant(studio.owner.workspace_id, 7, reason="a test")
        recipe, pictures = await kept(studio, CUT, CUT), await uploaded(studio, 2)
        quote = (await studio.client.post(f"{RECIPES}/{recipe}/quote", json={"asset_ids": pictures})).json()
        assert (quote["credits"], [one["credits"] for one in quote["steps"]], quote["unfit"]) == (8, [4, 4], 0)
        answer = await studio.client.post(f"{RECIPES}/{recipe}/runs", json={"asset_ids": pictures})
        assert (answer.status_code, answer.json()["code"]) == (402, "insufficient-credits")
        assert (answer.json()["needed"], answer.json()["available"]) == (8, 7)
        assert (await studio.client.get(RUNS)).json()["runs"] == []
        ended = await finished(studio, (await begun(studio, recipe, asset_ids=pictures[:1]))["id"])
        assert ended["cost"] == {"estimated": 4, "reserved": 0, "captured": 4}
        assert (await studio.balances())["available"] == 3000


@ALONE
async def test_a_run_in_a_tier_of_one_job_at_a_time_waits_for_its_own_steps(tmp_path, stub):
    fakes = {"providers": [stub], "prices": prices(2), "tiers": metered(concurrent_jobs=1)}
    async with running(settings_for(tmp_path, tier="metered"), **fakes) as studio:
        await studio.container.credits.grant(studio.owner.workspace_id, 100, reason="a test")
        run = await begun(studio, await kept(studio, CUT, CUT), asset_ids=await uploaded(studio, 3))
        assert (await finished(studio, run["id"]))["done"] == 3


async def test_two_that_bring_a_run_on_at_once_begin_no_step_twice(studio, stub):
    one = studio.container
    others = [RecipeDriver(one.db, one.studio, one.runner, hub=one.hub, origin=one.origin) for _ in range(3)]
    run = await begun(studio, await kept(studio, CUT, CUT), asset_ids=await uploaded(studio, 3))
    while any(await asyncio.gather(*(driver.drive() for driver in others))):
        await asyncio.sleep(0.01)
    ended = await finished(studio, run["id"])
    assert ended["done"] == 3
    assert len(stub.started) == len(set(stub.started)) == 6


@ALONE
async def test_what_no_picture_could_go_through_is_refused_before_it_begins(studio):
    large = {"verb": "edit", "request": {"operation": "outpaint", "expand_left": 2}}
    answer = await studio.client.post(
        f"{RECIPES}/{await kept(studio, CUT)}/quote", json={"asset_ids": await uploaded(studio, 1)}
    )
    assert answer.json()["unfit"] == 0
    recipe = await kept(studio, large, name="Nobody extends here")
    answer = await studio.client.post(f"{RECIPES}/{recipe}/runs", json={"asset_ids": await uploaded(studio, 1)})
    assert (answer.status_code, answer.json()["code"]) == (503, "no-provider")


@ALONE
async def test_a_recipe_is_kept_changed_and_deleted_and_its_runs_stay(studio):
    recipe = await kept(studio, CUT)
    double = await studio.client.post(RECIPES, json={"name": "Catalogue", "steps": [CUT]})
    assert double.status_code == 409
    changed = {"name": "Two", "description": "for the shop", "steps": [CUT, CUT]}
    answer = (await studio.client.put(f"{RECIPES}/{recipe}", json=changed)).json()
    assert (answer["name"], len(answer["steps"]), answer["needs_picture"]) == ("Two", 2, True)
    run = await begun(studio, recipe, asset_ids=await uploaded(studio, 1))
    assert (await studio.client.delete(f"{RECIPES}/{recipe}")).status_code == 204
    ended = await finished(studio, run["id"])
    assert (ended["recipe"], ended["done"], len(ended["steps"])) == ("Two", 1, 2)
    assert (await studio.client.get(f"{RECIPES}/{recipe}")).status_code == 404
    listed = (await studio.client.get(RUNS)).json()["runs"]
    assert [one["id"] for one in listed] == [run["id"]]
