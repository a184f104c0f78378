"""Finished files over HTTP: judged as they are, kept nowhere."""

from __future__ import annotations

import base64
import json

import pytest

from tests.fakes.studio import running, settings_for
from tests.unit.imaging.pictures import display_p3
from tests.unit.local import weights
from tests.unit.social.broken import file, form_of, ink

PREFLIGHT = "/api/image-studio/social/preflight"
LIBRARY = "/api/content-assets/"


@pytest.fixture
async def studio(tmp_path):
    models = weights.real("text-lines").parent
    async with running(settings_for(tmp_path / "data", models_dir=models)) as found:
        yield found


async def asked(studio, data: bytes, where: str, **form):
    platform, _, name = where.partition(".")
    request = json.dumps({"platform": platform, "format": name, **form})
    answer = await studio.client.post(PREFLIGHT, data={"request": request}, files={"image": ("a.jpg", data)})
    return answer.status_code, answer.json()


def wrong(said) -> set[str]:
    return {check["rule"] for check in said["checks"] if check["ok"] is False}


BROKEN = (
    ("types", "display.disp_300x250", file("webp")),
    ("max_bytes", "display.disp_320x50", file(least=150_001)),
    ("size", "display.disp_250x250", file(width=251, height=250)),
    ("colour", "instagram.ig_profile", file(icc_profile=display_p3())),
    ("colour", "facebook.fb_profile", ink),
)


async def test_the_broken_rule_is_told_with_what_to_do(studio):
    for rule, where, make in BROKEN:
        status, said = await asked(studio, make(form_of(where)), where)
        assert (status, wrong(said)) == (200, {rule})
        (check,) = (one for one in said["checks"] if one["rule"] == rule)
        assert check["fix"]
        assert check["source"][0].startswith("https://")
        assert said["ok"] == (check["level"] == "should")
        assert said["measured"]["faces"] == []


async def test_a_right_file_passes_as_base64_and_leaves_nothing_behind(studio):
    data = file()(form_of("display.disp_300x250"))
    form = {"image_base64": base64.b64encode(data).decode(), "platform": "display", "format": "300 x 250"}
    said = (await studio.client.post(PREFLIGHT, json=form)).json()
    assert (said["ok"], said["format_id"], wrong(said)) == (True, "disp_300x250", set())
    assert (said["measured"]["type"], said["measured"]["bytes"]) == ("jpeg", len(data))
    assert (await studio.client.get(LIBRARY)).json()["total"] == 0


async def test_a_picture_of_the_library_is_judged_by_its_stored_bytes(studio):
    data = file("png", 300, 250, least=0)(form_of("display.disp_300x250"))
    uploaded = (await studio.client.post(f"{LIBRARY}upload", files={"file": ("a.png", data)})).json()
    asset = uploaded["assets"][0]["id"]
    form = {"image_asset_id": asset, "platform": "instagram", "format": "Profile Photo"}
    said = (await studio.client.post(PREFLIGHT, json=form)).json()
    assert "types" in wrong(said)
    assert said["measured"]["type"] == "png"


REFUSED = (
    ({"platform": "myspace"}, "/platform"),
    ({"platform": "instagram", "format": "Billboard"}, "/format"),
    ({"platform": "instagram", "items": 0}, "/items"),
)


async def test_what_cannot_be_judged_is_refused_and_pointed_at(studio):
    for form, pointer in REFUSED:
        answer = await studio.client.post(PREFLIGHT, json={"image_base64": "AAAA", **form})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    status, said = await asked(studio, b"\xff\xd8\xff\xe0 nothing more", "display.disp_300x250")
    assert (status, said["code"]) == (422, "invalid-image")
    form = {"image_asset_id": "0" * 32, "platform": "instagram"}
    assert (await studio.client.post(PREFLIGHT, json=form)).status_code == 404
