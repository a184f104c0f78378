"""Personas: kept by a workspace, heeded by what is made as them, and told of it afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import SMALL, running, settings_for

if TYPE_CHECKING:
    import httpx2

PERSONAS = "/api/image-studio/personas"
ANNA = {
    "name": "Anna",
    "voice": "warm, plain-spoken",
    "style_words": ["film grain", "soft window light"],
    "palette": ["#FF5A1F", "#1d1d2b"],
    "negative_words": ["text", "logos"],
    "engines": ["stub"],
    "style_preset": "photographic",
}


@pytest.fixture
async def studio(tmp_path):
    engines = [StubProvider(name="other", seconds=0.01), StubProvider(seconds=0.01)]
    book = prices(2, "stub", "other")
    async with running(settings_for(tmp_path), providers=engines, prices=book) as opened:
        yield opened


async def added(client: httpx2.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await client.post(PERSONAS, json={**ANNA, **changes})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def made(client: httpx2.AsyncClient, **form: Any) -> dict[str, Any]:
    answer = await client.post("/api/image-studio/create", json={"prompt": "a fox in snow", **SMALL, **form})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_persona_is_kept_listed_changed_and_deleted(studio):
    anna = await added(studio.client)
    assert {name: anna[name] for name in ANNA} == {**ANNA, "palette": ["#ff5a1f", "#1d1d2b"]}
    await added(studio.client, name="ada")
    listed = (await studio.client.get(PERSONAS)).json()
    assert ([one["name"] for one in listed["personas"]], listed["total"]) == (["ada", "Anna"], 2)
    change = {"voice": "", "palette": [], "style_preset": ""}
    changed = (await studio.client.patch(f"{PERSONAS}/{anna['id']}", json=change)).json()
    assert (changed["voice"], changed["palette"], changed["style_preset"]) == ("", [], None)
    assert changed["style_words"] == ANNA["style_words"]
    assert (await studio.client.get(f"{PERSONAS}/{anna['id']}")).json() == changed
    assert (await studio.client.delete(f"{PERSONAS}/{anna['id']}")).status_code == 204
    assert (await studio.client.get(f"{PERSONAS}/{anna['id']}")).status_code == 404
    assert (await studio.client.delete(f"{PERSONAS}/{anna['id']}")).status_code == 404


async def test_two_personas_of_a_workspace_are_not_called_the_same(studio):
    await added(studio.client)
    assert (await studio.client.post(PERSONAS, json=ANNA)).status_code == 409
    ada = await added(studio.client, name="Ada")
    renamed = await studio.client.patch(f"{PERSONAS}/{ada['id']}", json={"name": "Anna"})
    assert (renamed.status_code, renamed.json()["code"]) == (409, "conflict")


async def test_one_persona_at_most_is_the_default(studio):
    first = await added(studio.client, is_default=True)
    second = await added(studio.client, name="Ada", is_default=True)
    listed = (await studio.client.get(PERSONAS)).json()["personas"]
    assert [one["id"] for one in listed if one["is_default"]] == [second["id"]]
    both = (studio.client.patch(f"{PERSONAS}/{one['id']}", json={"is_default": True}) for one in (first, second))
    assert [answer.status_code for answer in await asyncio.gather(*both)] == [200, 200]
    listed = (await studio.client.get(PERSONAS)).json()["personas"]
    assert sum(one["is_default"] for one in listed) == 1


async def test_what_no_persona_can_be_is_refused_where_it_stands(studio):
    wrongs = [
        ({"name": "  "}, "/name"),
        ({"palette": ["red"]}, "/palette/0"),
        ({"palette": [f"#00000{n}" for n in range(7)]}, "/palette"),
        ({"engines": ["nobody"]}, "/engines/0"),
        ({"engines": ["stub/"]}, "/engines/0"),
        ({"style_words": ["ok", " "]}, "/style_words/1"),
        ({"voice": "a\x00b"}, "/voice"),
    ]
    answers = [await studio.client.post(PERSONAS, json={**ANNA, **wrong}) for wrong, _ in wrongs]
    told = [(answer.status_code, answer.json()["errors"][0]["pointer"]) for answer in answers]
    assert told == [(422, pointer) for _, pointer in wrongs]


async def test_a_picture_made_as_a_persona_says_what_that_changed(studio):
    anna = await added(studio.client)
    answer = await made(studio.client, persona_id=anna["id"])
    told = answer["metadata"]["persona"]
    assert (told["id"], told["name"]) == (anna["id"], "Anna")
    changes = {(one["field"], one["text"]) for one in told["changes"]}
    assert changes == {
        ("prompt", "film grain"),
        ("prompt", "soft window light"),
        ("prompt", "in a tone that is warm, plain-spoken"),
        ("style_preset", "photographic"),
        ("engine", "stub"),
    }
    assert answer["request"]["provider"] == "stub"
    assert answer["metadata"]["reason"].startswith("Preferred by Anna")
    words = answer["request"]["enhanced_prompt"]
    assert words.startswith("a fox in snow, film grain, soft window light, in a tone that is warm, plain-spoken")
    (picture,) = answer["results"]
    assert picture["metadata"]["persona"] == told


async def test_the_default_persona_serves_where_none_is_named(studio):
    anna = await added(studio.client, is_default=True)
    answer = await made(studio.client, use_persona=True)
    assert answer["metadata"]["persona"]["id"] == anna["id"]
    assert "persona" not in (await made(studio.client))["metadata"]


async def test_pictures_outlive_their_persona(studio):
    anna = await added(studio.client)
    answer = await made(studio.client, persona_id=anna["id"])
    assert (await studio.client.delete(f"{PERSONAS}/{anna['id']}")).status_code == 204
    asset = (await studio.client.get(f"/api/content-assets/{answer['results'][0]['asset_id']}")).json()
    assert asset["asset_metadata"]["persona"]["name"] == "Anna"
    job = (await studio.client.get(f"/api/jobs/{answer['job_id']}")).json()
    assert job["result"]["metadata"]["persona"] == answer["metadata"]["persona"]


async def test_a_persona_that_is_none_is_refused_by_create_and_by_its_estimate(studio):
    for form, pointer in (({"persona_id": "nobody"}, "/persona_id"), ({"use_persona": True}, "/use_persona")):
        asked = {"prompt": "a fox", **form}
        for path, body in (("create", asked), ("estimate-cost", {"request": asked})):
            answer = await studio.client.post(f"/api/image-studio/{path}", json=body)
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_an_estimate_is_made_as_the_persona_too(studio):
    anna = await added(studio.client)
    asked = {"prompt": "a fox", **SMALL, "persona_id": anna["id"]}
    quote = (await studio.client.post("/api/image-studio/estimate-cost", json={"request": asked})).json()
    assert (quote["provider"], quote["estimated_cost"]) == ("stub", 2)
    plain = {name: value for name, value in asked.items() if name != "persona_id"}
    other = (await studio.client.post("/api/image-studio/estimate-cost", json={"request": plain})).json()
    assert other["provider"] == "other"
    answer = await made(studio.client, persona_id=anna["id"])
    assert answer["cost"]["credits"] == quote["estimated_cost"]


async def test_a_workspace_keeps_only_so_many(studio, monkeypatch):
    monkeypatch.setattr("backend.services.persona_service.MOST", 1)
    await added(studio.client)
    answer = await studio.client.post(PERSONAS, json={**ANNA, "name": "Ada"})
    assert (answer.status_code, "delete one" in answer.json()["detail"]) == (422, True)
