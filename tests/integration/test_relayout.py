"""Designed graphics laid out again: for other sizes, with other words and colours, and otherwise the same."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.fakes.library import picture
from tests.fakes.studio import running, settings_for

if TYPE_CHECKING:
    from tests.fakes.studio import TestStudio

PROMPT = 'Summer by the sea, swiss "Take the slow boat" "Ferry passes from 39 €" "New"'


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path)) as opened:
        yield opened


async def designed(studio: TestStudio, **form: Any) -> dict[str, Any]:
    asked = {"prompt": PROMPT, "width": 200, "height": 200, "seed": 3, "provider": "local", **form}
    answer = await studio.client.post("/api/image-studio/create", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"][0]


async def again(studio: TestStudio, asset: str, **form: Any) -> dict[str, Any]:
    answer = await studio.client.post(f"/api/image-studio/assets/{asset}/relayout", json=form)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def content(studio: TestStudio, asset: str) -> bytes:
    return (await studio.client.get(f"/api/content-assets/{asset}/content")).content


async def shown(studio: TestStudio, asset: str) -> bytes:
    """Return the pixels: no two files are signed alike."""
    return Image.open(io.BytesIO(await content(studio, asset))).convert("RGBA").tobytes()


async def layers(studio: TestStudio, asset: str) -> dict[str, Any]:
    found = await studio.client.get(f"/api/content-assets/{asset}/files/composition.json")
    return json.loads(found.content)


async def test_a_design_is_laid_out_again_as_asked_and_otherwise_stays(studio):
    first = await designed(studio)
    source = first["asset_id"]
    kept = await layers(studio, source)

    same = await again(studio, source)
    assert (same["operation"], same["success"], same["cost"]["credits"]) == ("relayout", True, 0)
    assert await shown(studio, same["asset_id"]) == await shown(studio, source)

    wide = await again(studio, source, template_id="linkedin_company_cover")
    assert Image.open(io.BytesIO(await content(studio, wide["asset_id"]))).size == (1128, 191)
    assert await layers(studio, wide["asset_id"]) == kept
    assert wide["metadata"]["template_id"] == "linkedin_company_cover"
    assert wide["metadata"]["engine"]["no_room_for"] == "kicker"

    back = await again(studio, wide["asset_id"], width=200, height=200)
    assert await shown(studio, back["asset_id"]) == await shown(studio, source)
    asset = (await studio.client.get(f"/api/content-assets/{back['asset_id']}")).json()
    assert (asset["parent_ids"], asset["prompt"]) == ([wide["asset_id"]], PROMPT)


async def test_words_colours_and_seed_are_changed_one_by_one(studio):
    source = (await designed(studio))["asset_id"]
    kept = await layers(studio, source)

    said = await again(studio, source, words={"headline": "Take the fast boat", "kicker": ""}, response_format="url")
    assert said["image_base64"] is None
    assert await layers(studio, said["asset_id"]) == {**kept, "headline": "Take the fast boat", "kicker": ""}

    new = await again(studio, source, prompt='boats "Sail on"')
    assert await layers(studio, new["asset_id"]) == {**kept, "headline": "Sail on", "subline": "", "kicker": ""}
    assert (await studio.client.get(f"/api/content-assets/{new['asset_id']}")).json()["prompt"] == 'boats "Sail on"'

    red = await layers(studio, (await again(studio, source, palette=["#FF0000"]))["asset_id"])
    assert "#ff0000" in red["colours"]
    assert {**red, "colours": kept["colours"], "palette": kept["palette"]} == kept

    other = await again(studio, source, seed=0)
    assert await layers(studio, other["asset_id"]) == {**kept, "seed": 0}
    assert other["metadata"]["seed"] == 0


async def test_what_cannot_be_is_refused_where_it_stands(studio):
    source = (await designed(studio, width=96, height=96, style_preset="typestack"))["asset_id"]
    wrongs = [
        ({"width": 100}, ""),
        ({"width": 63, "height": 100}, "/width"),
        ({"palette": ["red"]}, "/palette/0"),
        ({"template_id": "nowhere"}, "/template_id"),
        ({"prompt": "no quotation at all"}, "/prompt"),
        ({"words": {"headline": "", "subline": "", "kicker": ""}}, "/words"),
        ({"colour": "red"}, "/colour"),
    ]
    answers = [
        await studio.client.post(f"/api/image-studio/assets/{source}/relayout", json=wrong) for wrong, _ in wrongs
    ]
    told = [(answer.status_code, answer.json()["errors"][0]["pointer"]) for answer in answers]
    assert told == [(422, pointer) for _, pointer in wrongs]


async def test_what_was_not_designed_has_no_layout(studio):
    files = {"file": ("x.png", picture("teal"))}
    (asset,) = (await studio.client.post("/api/content-assets/upload", files=files)).json()["assets"]
    answer = await studio.client.post(f"/api/image-studio/assets/{asset['id']}/relayout", json={})
    assert (answer.status_code, "not designed" in answer.json()["detail"]) == (422, True)
    missing = await studio.client.post(f"/api/image-studio/assets/{'0' * 32}/relayout", json={})
    assert missing.status_code == 404
