"""Edits as clients send them, done by an engine that paints over everything: the promise does not depend on it."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from backend.imaging.codec import decode, encode
from backend.imaging.progress import Tell, untold
from backend.providers.base import Finished, Produced
from tests.fakes.stub_provider import StubProvider, offers, prices
from tests.fakes.studio import running, settings_for

EDIT = "/api/image-studio/edit"
MASKED = ("erase", "inpaint", "search_recolor", "general_edit")


class Vandal(StubProvider):
    """Answers with noise of another size, whatever it is given, and remembers what that was."""

    @property
    def offers(self):
        (_, cut) = offers(self.name)
        return tuple(replace(cut, operation=name, words="vocabulary") for name in (*MASKED, "outpaint"))

    async def start(self, offer, spec, images, tell: Tell = untold):
        self.given, self.images = spec, images
        size = decode(images["image"]).size
        height, width = 2 * size.height, 2 * size.width
        if spec.operation == "outpaint":
            width, height = width + 2 * spec.left, height + 2 * spec.down
        noise = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
        return Finished(images=(Produced(data=encode(noise, "png")),))


@pytest.fixture
async def vandal():
    return Vandal(seconds=0)


@pytest.fixture
async def studio(tmp_path, vandal):
    settings = settings_for(tmp_path / "data", jobs={"retries": 0})
    async with running(settings, providers=[vandal], prices=prices(2)) as found:
        yield found


def sent(pixels: np.ndarray, **options) -> str:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", **options)
    return base64.b64encode(file.getvalue()).decode()


def photo(channels: int = 3) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, (48, 64, channels), np.uint8)


def spot() -> np.ndarray:
    mask = np.zeros((48, 64), np.uint8)
    mask[20:30, 10:30] = 255
    return mask


def result(said: dict) -> np.ndarray:
    return decode(base64.b64decode(said["image_base64"].partition(",")[2])).pixels


@pytest.mark.parametrize("operation", MASKED)
@pytest.mark.parametrize("channels", [3, 4])
async def test_no_engine_can_change_what_was_not_masked(studio, operation, channels):
    form = {"operation": operation, "image_base64": sent(photo(channels)), "mask_base64": sent(spot())}
    form |= {"prompt": "red"} if operation in {"search_recolor", "general_edit"} else {}
    answer = await studio.client.post(EDIT, json=form | {"options": {"grow_mask": 2, "feather": 3}})
    said = answer.json()
    assert answer.status_code == 200, said
    after, before = result(said), photo(channels)
    assert after.shape == before.shape
    changed = (after != before).any(axis=2)
    assert changed[20:30, 10:30].mean() > 0.9
    changed[15:35, 5:35] = False
    assert not changed.any()
    assert 0 < said["metadata"]["mask_fraction"] < 0.2


async def test_an_engine_gets_the_mask_grown_and_plain_and_is_asked_for_a_png(studio, vandal):
    mask = np.zeros((48, 64, 4), np.uint8)
    mask[20:30, 10:30] = 255
    form = {"operation": "erase", "image_base64": sent(photo()), "mask_base64": sent(mask), "output_format": "webp"}
    said = (await studio.client.post(EDIT, json=form | {"options": {"grow_mask": 3}})).json()
    assert (vandal.given.grow, vandal.given.output_format) == (0, "png")
    seen = decode(vandal.images["mask"]).pixels[..., 0]
    assert set(np.unique(seen)) == {0, 255}
    assert seen[17, 20] == 255
    assert seen[16, 20] == 0
    assert said["image_base64"].startswith("data:image/webp")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"mask_base64": None}, "/mask_base64"),
        ({"mask_base64": sent(np.zeros((48, 64), np.uint8))}, "/mask_base64"),
        ({"mask_base64": sent(np.full((48, 63), 255, np.uint8))}, "/mask_base64"),
        ({"options": {"grow_mask": "much"}}, "/options/grow_mask"),
        ({"options": {"grow_mask": -60}}, "/options/grow_mask"),
    ],
)
async def test_a_mask_that_cannot_be_used_is_a_problem_of_the_request(studio, change, pointer):
    form = {"operation": "erase", "image_base64": sent(photo()), "mask_base64": sent(spot())}
    answer = await studio.client.post(EDIT, json=form | change)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_picture_is_extended_and_stays_itself(studio):
    form = {"operation": "outpaint", "image_base64": sent(photo()), "expand_left": 10, "expand_down": 6}
    said = (await studio.client.post(EDIT, json=form)).json()
    after = result(said)
    assert after.shape == (54, 74, 3)
    assert (after[:36, 22:] == photo()[:36, 12:]).all()


async def test_a_mask_may_come_as_a_file(studio):
    files = {
        name: (f"{name}.png", base64.b64decode(text), "image/png")
        for name, text in (("image", sent(photo())), ("mask", sent(spot())))
    }
    answer = await studio.client.post(EDIT, files=files, data={"request": json.dumps({"operation": "erase"})})
    assert answer.status_code == 200


async def test_free_words_that_nobody_follows_are_refused_before_anything_is_charged(studio):
    form = {"operation": "inpaint", "image_base64": sent(photo()), "mask_base64": sent(spot()), "prompt": "a cat"}
    said = (await studio.client.post(EDIT, json=form)).json()
    assert said["code"] == "no-provider"
    assert "Leave the prompt out" in said["detail"]
    assert (await studio.client.get("/api/jobs")).json()["jobs"] == []


async def test_a_quote_is_what_the_edit_costs(studio):
    form = {"operation": "erase", "image_base64": sent(photo()), "mask_base64": sent(spot())}
    quote = (await studio.client.post("/api/image-studio/estimate-cost", json={"request": form})).json()
    said = (await studio.client.post(EDIT, json=form)).json()
    assert said["cost"]["credits"] == quote["estimated_cost"] == 2


async def test_what_can_be_refused_unseen_leaves_neither_a_picture_nor_a_job(studio):
    form = {"operation": "erase", "image_base64": sent(photo())}
    answer = await studio.client.post(EDIT, json=form)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/mask_base64")
    assert (await studio.client.get("/api/content-assets/")).json()["total"] == 0
    assert (await studio.client.get("/api/jobs")).json()["jobs"] == []
