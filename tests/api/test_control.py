"""Pictures that follow a given one, and guides, as existing clients ask for them."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from tests.fakes.studio import running, settings_for
from tests.unit.local import weights

PROCESS = "/api/image-studio/control/process"
OPERATIONS = "/api/image-studio/control/operations"
GUIDE = "/api/image-studio/control/guide"


def picture(width: int = 96, height: int = 64) -> bytes:
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    inside = (across - width / 2) ** 2 + (down - height / 2) ** 2 < (height / 3) ** 2
    pixels = np.where(inside[..., None], (220, 120, 40), (40, 90, 160)).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


SENT = base64.b64encode(picture()).decode()


def opened(data_url: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(data_url.partition(",")[2])))


@pytest.fixture
async def studio(tmp_path):
    models = weights.real("styles-26").parent
    async with running(settings_for(tmp_path / "data", models_dir=models, jobs={"retries": 0})) as found:
        yield found


async def test_a_named_style_is_painted_and_answered_like_an_edit(studio):
    form = {
        "control_image_base64": SENT,
        "operation": "style",
        "prompt": "in the style of stained glass",
        "fidelity": 1,
    }
    answer = await studio.client.post(PROCESS, json=form)
    said = answer.json()
    assert answer.status_code == 200, said
    assert (said["success"], said["operation"], said["provider"]) == (True, "style", "local")
    assert (said["width"], said["height"], said["cost"]["credits"]) == (96, 64, 0)
    assert said["metadata"]["engine"]["styles"] == ["stained-glass"]
    assert opened(said["image_base64"]).size == (96, 64)


async def test_an_explicit_zero_is_zero(studio):
    form = {"control_image_base64": SENT, "operation": "style", "prompt": "starry", "fidelity": 0}
    said = (await studio.client.post(PROCESS, json=form)).json()
    assert np.array_equal(opened(said["image_base64"]), Image.open(io.BytesIO(picture())))


async def test_words_that_are_no_style_are_refused_with_the_styles_that_there_are(studio):
    form = {"control_image_base64": SENT, "operation": "style", "prompt": "a dragon in oil paint"}
    answer = await studio.client.post(PROCESS, json=form)
    said = answer.json()
    assert answer.status_code == 422
    assert "dragon" in said["detail"]
    assert "stained-glass" in said["detail"]
    assert said["errors"][0]["pointer"] == "/prompt"


async def test_the_style_of_another_picture_is_taken_from_a_form_with_files(studio):
    form = {"operation": "style_transfer", "response_format": "url", "aspect_ratio": "16:9"}
    files = {"control_image": ("a.png", picture()), "style_image": ("b.png", picture(64, 64))}
    answer = await studio.client.post(PROCESS, data={"request": json.dumps(form)}, files=files)
    said = answer.json()
    assert answer.status_code == 200, said
    assert (said["width"], said["height"]) == (96, 64)
    assert said["metadata"]["ignored"] == ["aspect_ratio"]


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"operation": "style"}, "/prompt"),
        ({"operation": "sketch"}, "/prompt"),
        ({"operation": "style_transfer"}, "/style_image_base64"),
        ({"operation": "style", "prompt": "oil", "fidelity": 1.1}, "/fidelity"),
        ({"operation": "style", "prompt": "oil", "colour": "red"}, "/colour"),
    ],
)
async def test_what_is_missing_or_wrong_is_named(studio, form, pointer):
    answer = await studio.client.post(PROCESS, json={"control_image_base64": SENT, **form})
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.json()["errors"]]


@pytest.mark.parametrize("operation", ["sketch", "structure"])
async def test_what_takes_an_engine_that_invents_says_which_could(studio, operation):
    form = {"control_image_base64": SENT, "operation": operation, "prompt": "a castle"}
    answer = await studio.client.post(PROCESS, json=form)
    assert answer.json()["code"] == "no-provider"
    assert "engine such as" in answer.json()["detail"]
    assert "/control/guide" in answer.json()["detail"]


async def test_the_table_says_what_is_needed_and_who_would_serve(studio):
    table = (await studio.client.get(OPERATIONS)).json()["operations"]
    assert list(table) == ["sketch", "structure", "style", "style_transfer"]
    assert (table["style"]["available"], table["style"]["provider"]) == (True, "local")
    assert not table["sketch"]["available"]
    assert table["style_transfer"]["fields"]["style_image"]
    assert table["style_transfer"]["required"] == ["control_image", "style_image"]


async def test_the_styles_that_can_be_named_are_told_with_how_they_look(studio):
    table = (await studio.client.get(OPERATIONS)).json()["operations"]
    styles = {style["name"]: style["looks"] for style in table["style"]["styles"]}
    assert len(styles) == 26
    assert styles["starry"] == "swirling blue and yellow lines"
    assert table["sketch"]["styles"] == table["style_transfer"]["styles"] == []


async def test_a_quote_needs_no_picture_in_the_store(studio):
    body = {"request": {"control_image_base64": SENT, "operation": "style", "prompt": "oil"}}
    quote = (await studio.client.post("/api/image-studio/estimate-cost", json=body)).json()
    assert (quote["provider"], quote["operation"], quote["estimated_cost"]) == ("local", "style", 0)


@pytest.mark.parametrize("kind", ["edges", "line_art", "structure"])
async def test_a_guide_is_drawn_and_not_kept(studio, kind):
    answer = await studio.client.post(GUIDE, json={"control_image_base64": SENT, "kind": kind})
    said = answer.json()
    assert answer.status_code == 200, said
    drawn = opened(said["image_base64"])
    assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "L", (96, 64))
    assert (said["width"], said["height"]) == (96, 64)
    assert (await studio.client.get("/api/content-assets/")).json()["total"] == 0


async def test_a_guide_of_an_asset_is_the_guide_of_its_picture(studio):
    sent = await studio.client.post("/api/content-assets/upload", files={"file": ("a.png", picture())})
    asset = sent.json()["assets"][0]["id"]
    by_id = (await studio.client.post(GUIDE, json={"control_image_asset_id": asset, "kind": "edges"})).json()
    by_bytes = (await studio.client.post(GUIDE, json={"control_image_base64": SENT, "kind": "edges"})).json()
    assert by_id["image_base64"] == by_bytes["image_base64"]
