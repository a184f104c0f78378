"""Create, edit and what they can do, as existing clients speak to them."""

from __future__ import annotations

import base64
import json

import pytest

from backend.errors import ContentRefused
from backend.imaging.sniff import sniff
from tests.fakes.stub_provider import StubProvider, picture, prices
from tests.fakes.studio import SMALL, running, settings_for

CREATE = "/api/image-studio/create"
EDIT = "/api/image-studio/edit"


@pytest.fixture
async def studio(tmp_path):
    stub = StubProvider(seconds=0.01)
    settings = settings_for(tmp_path / "data", jobs={"retries": 0})
    async with running(settings, providers=[stub], prices=prices(2)) as found:
        yield found


async def test_a_create_answers_what_clients_expect(studio):
    answer = await studio.client.post(CREATE, json={"prompt": "a boat", **SMALL, "num_variations": 2, "seed": 0})
    said = answer.json()
    assert answer.status_code == 200
    assert (said["success"], said["total_generated"], said["total_failed"]) == (True, 2, 0)
    assert said["request"]["dimensions"] == "64x64"
    assert said["cost"]["credits"] == 4
    first = said["results"][0]
    assert (first["seed"], first["variation"], first["provider"]) == (0, 0, "stub")
    assert sniff(base64.b64decode(first["image_base64"])).size.width == 64
    assert (await studio.client.get(first["url"], headers={"Authorization": ""})).status_code == 200


async def test_urls_come_instead_of_bytes_when_asked(studio):
    said = (await studio.client.post(CREATE, json={"prompt": "x", **SMALL, "response_format": "url"})).json()
    assert said["results"][0]["image_base64"] is None
    assert said["results"][0]["url"]


async def test_a_template_decides_the_exact_size(studio):
    form = {"prompt": "x", "template_id": "linkedin_cover", "response_format": "url"}
    said = (await studio.client.post(CREATE, json=form)).json()
    assert said["request"]["template_id"] == "linkedin_company_cover"
    assert (said["results"][0]["width"], said["results"][0]["height"]) == (1128, 191)


async def test_who_does_not_wait_gets_the_job_and_follows_it(studio):
    answer = await studio.client.post(CREATE, json={"prompt": "x", **SMALL}, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/api/jobs/{answer.json()['id']}"
    job = await studio.ended(answer.json()["id"])
    seen = (await studio.client.get(answer.headers["Location"])).json()
    assert (seen["status"], seen["asset_ids"]) == ("done", list(job.asset_ids))
    assert seen["result"]["results"][0]["asset_id"] == job.asset_ids[0]


async def test_events_can_be_read_again_from_any_of_them_on(studio):
    job = await studio.create(num_variations=2)
    await studio.ended(job)
    events = await _events(studio, job, {})
    assert [kind for _, kind, _ in events] == ["job.progress", "job.result", "job.result", "job.done"]
    assert events[1][2]["asset"]["width"] == 64
    later = await _events(studio, job, {"Last-Event-ID": str(events[0][0])})
    assert [number for number, _, _ in later] == [number for number, _, _ in events[1:]]


async def _events(studio, job, headers):
    text = (await studio.client.get(f"/api/jobs/{job}/events", headers=headers)).text
    blocks = [block.splitlines() for block in text.split("\n\n") if block.startswith("id:")]
    return [(int(b[0][4:]), b[1][7:], json.loads(b[2][6:])) for b in blocks]


async def test_a_prompt_is_improved_as_the_same_create_would_be_and_nothing_is_made(studio):
    body = {"prompt": "a harbour", "template_id": "instagram_story"}
    told = (await studio.client.post("/api/image-studio/prompts/improve", json=body)).json()
    assert told["prompt"].startswith("a harbour, ")
    assert told["prompt"].endswith(told["additions"][-1]["text"])
    assert (await studio.client.get("/api/jobs")).json()["jobs"] == []
    unknown = await studio.client.post("/api/image-studio/prompts/improve", json={**body, "template_id": "none"})
    assert unknown.status_code == 422


async def test_what_is_estimated_is_what_is_charged(studio):
    body = {"prompt": "x", **SMALL, "num_variations": 3}
    quote = (await studio.client.post("/api/image-studio/estimate-cost", json={"request": body})).json()
    said = (await studio.client.post(CREATE, json={**body, "response_format": "url"})).json()
    assert quote["min"] <= said["cost"]["credits"] <= quote["max"]
    assert quote["estimated_cost"] == 6
    assert quote["total_cost"] == pytest.approx(0.06)


async def test_when_every_variation_fails_the_first_cause_is_the_answer(tmp_path):
    stub = StubProvider(seconds=0.01, failures=[ContentRefused(detail="No.")] * 2)
    settings = settings_for(tmp_path / "data", jobs={"retries": 0})
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        answer = await studio.client.post(CREATE, json={"prompt": "x", **SMALL, "num_variations": 2})
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        said = answer.json()
        assert (said["code"], said["detail"]) == ("content-refused", "No.")
        assert [one["variation"] for one in said["results"]] == [0, 1]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"prompt": ""}, "/prompt"),
        ({"prompt": "x", "num_variations": 11}, "/num_variations"),
        ({"prompt": "x", "width": 10, "height": 10}, "/width"),
        ({"prompt": "x", "width": 100}, ""),
        ({"prompt": "x", "colour": "red"}, "/colour"),
        ({"prompt": "x", "use_persona": True}, "/use_persona"),
        ({"prompt": "x", "template_id": "nope"}, "/template_id"),
        ({"prompt": "x", "provider": "nope"}, "/provider"),
    ],
)
async def test_a_wrong_field_is_named(studio, body, pointer):
    answer = await studio.client.post(CREATE, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_an_edit_takes_base64_a_file_or_an_asset(studio):
    data = picture(80, 60, 5)
    by_text = await studio.client.post(
        EDIT, json={"operation": "remove_background", "image_base64": f"data:image/png;base64,{_b64(data)}"}
    )
    by_file = await studio.client.post(
        f"{EDIT}/process",
        files={"image": ("a.png", data, "image/png"), "request": (None, '{"operation": "remove_background"}')},
    )
    asset = by_text.json()["asset_id"]
    by_id = await studio.client.post(EDIT, json={"operation": "remove_background", "image_asset_id": asset})
    for answer in (by_text, by_file, by_id):
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert (said["success"], said["width"], said["height"]) == (True, 80, 60)
        assert said["image_base64"].startswith("data:image/png;base64,")
        assert said["metadata"]["operation"] == "remove_background"
    parents = (await studio.client.get(f"/api/content-assets/{by_id.json()['asset_id']}")).json()["parent_ids"]
    assert parents == [asset]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Über uns.PNG", "Über uns.PNG"),
        ("../../etc/passwd", "passwd.png"),
        ("a/b\\c:d.jpeg", "c d.png"),
        ("x" * 400 + ".png", "x" * 120 + ".png"),
    ],
)
async def test_a_file_that_is_edited_enters_the_library_under_its_own_name_made_safe(studio, sent, kept):
    answer = await studio.client.post(
        EDIT,
        files={
            "image": (sent, picture(80, 60, 6), "image/png"),
            "request": (None, '{"operation": "remove_background"}'),
        },
    )
    assert answer.status_code == 200, answer.text
    made = (await studio.client.get(f"/api/content-assets/{answer.json()['asset_id']}")).json()
    source = (await studio.client.get(f"/api/content-assets/{made['parent_ids'][0]}")).json()
    assert source["filename"] == kept


async def test_fields_an_edit_has_no_use_for_are_dropped_and_named(studio):
    form = {"operation": "remove_background", "image_base64": _b64(picture(64, 64, 5)), "prompt": "a cat", "seed": None}
    said = (await studio.client.post(EDIT, json=form)).json()
    assert said["metadata"]["ignored"] == ["prompt"]


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ({"operation": "remove_background"}, 422, "invalid-request"),
        ({"operation": "paint_it_black", "image_base64": "AAAA"}, 422, "unsupported-operation"),
        ({"operation": "remove_background", "image_base64": "not base64!"}, 422, "invalid-image"),
        ({"operation": "remove_background", "image_asset_id": "0" * 32}, 404, "not-found"),
        ({"operation": "remove_background", "image_base64": "PHN2Zz48L3N2Zz4="}, 415, "unsupported-format"),
    ],
)
async def test_a_bad_edit_is_refused_and_nothing_is_kept(studio, form, status, code):
    answer = await studio.client.post(EDIT, json=form)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await studio.client.get("/api/content-assets/")).json()["total"] == 0


async def test_the_same_key_sent_twice_is_one_job_for_files_too(studio):
    send = {"files": {"image": ("a.png", picture(64, 64, 9)), "request": (None, '{"operation":"remove_background"}')}}
    headers = {"Idempotency-Key": "one", "Prefer": "respond-async"}
    jobs = {(await studio.client.post(EDIT, headers=headers, **send)).json()["id"] for _ in range(2)}
    assert len(jobs) == 1
    other = {"operation": "remove_background", "image_base64": _b64(picture(64, 64, 10))}
    assert (await studio.client.post(EDIT, headers=headers, json=other)).json()["code"] == "idempotency-key-reused"


async def test_templates_can_be_kept_by_the_client(studio):
    first = await studio.client.get("/api/image-studio/templates?platform=x&category=social_media")
    assert {one["platform"] for one in first.json()["templates"]} == {"twitter"}
    again = await studio.client.get(
        "/api/image-studio/templates?platform=x&category=social_media", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


async def test_searching_and_recommending_templates(studio):
    found = (await studio.client.get("/api/image-studio/templates/search?query=instagram story")).json()
    assert found["templates"][0]["id"] == "instagram_story"
    advised = (await studio.client.get("/api/image-studio/templates/recommend?use_case=product launch")).json()
    assert all(one["reason"] for one in advised["templates"])


async def test_engines_and_operations_say_whether_they_are_ready(tmp_path):
    stub = StubProvider(lack="No key.")
    async with running(settings_for(tmp_path / "data"), providers=[stub], prices=prices(1)) as studio:
        engine = (await studio.client.get("/api/image-studio/providers")).json()["providers"]["stub"]
        assert (engine["available"], engine["reason"]) == (False, "No key.")
        operation = (await studio.client.get(f"{EDIT}/operations")).json()["operations"]["remove_background"]
        assert operation["available"] is False
        answer = await studio.client.post(CREATE, json={"prompt": "x"})
        assert (answer.status_code, answer.json()["tried"]) == (503, {"stub/stub-1": "No key."})


async def test_health_needs_no_credentials_and_tries_every_part(studio):
    said = (await studio.client.get("/api/image-studio/health", headers={"Authorization": ""})).json()
    assert (said["status"], said["service"]) == ("healthy", "image_studio")
    assert set(said["checks"]) == {"database", "storage", "worker", "models"}


async def test_the_account_shows_what_was_spent(studio):
    await studio.ended(await studio.create(num_variations=2))
    account = (await studio.client.get("/api/account")).json()
    assert (account["tier"], account["credits"]["spent_this_month"]) == ("self_hosted", 4)
    entries = (await studio.client.get("/api/account/ledger")).json()["entries"]
    assert sorted(one["kind"] for one in entries) == ["capture", "capture", "reserve"]
    assert all(sum(one["lines"].values()) == 0 for one in entries)
    statement = (await studio.client.get("/api/account/statement")).json()
    assert (statement["spent"], list(statement["days"].values())) == (4, [4])


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
