"""Files made smaller, or of another type, as clients ask for them."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from backend.imaging.encoding import decoded, ssim
from tests.fakes.studio import running, settings_for
from tests.unit.encoding.scenes import graphic, photograph

COMPRESS, CONVERT = "/api/image-studio/compress", "/api/image-studio/convert"


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path / "data")) as found:
        yield found


def file_of(pixels: Any, name: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, name, **options)
    return file.getvalue()


def sent(data: bytes) -> str:
    return base64.b64encode(data).decode()


def bytes_in(answer: dict) -> bytes:
    return base64.b64decode(answer["image_base64"].split(",")[1])


async def asked(studio, path: str, data: bytes, **form: object) -> dict:
    answer = await studio.client.post(path, json={"image_base64": sent(data), **form})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_photograph_gets_smaller_looks_the_same_and_does_not_tell_where_it_was_taken(studio):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0)})
    before = file_of(photograph(640, 480), "JPEG", quality=97, exif=exif.tobytes())
    answer = await asked(studio, COMPRESS, before)

    data = bytes_in(answer)
    assert (answer["output_format"], answer["mime"], answer["unchanged"]) == ("jpg", "image/jpeg", False)
    assert answer["bytes"] == len(data) < answer["original_bytes"]
    assert answer["saved"] == pytest.approx(1 - len(data) / answer["original_bytes"], abs=1e-4)
    assert ssim(decoded(before), decoded(data)) >= 0.98
    assert (answer["width"], answer["height"], answer["cost"]["credits"]) == (640, 480, 0)
    assert "exif" not in Image.open(io.BytesIO(data)).info


async def test_a_file_never_has_more_bytes_than_asked_for_its_marks_included(studio):
    for kind, most in (("jpg", 14_000), ("webp", 30_000), ("avif", 14_000), ("auto", 20_000), ("png", 30_000)):
        answer = await asked(studio, COMPRESS, file_of(photograph()), max_bytes=most, output_format=kind)
        assert answer["bytes"] == len(bytes_in(answer)) <= most
        assert answer["bytes"] > most / 2

    body = {"image_base64": sent(file_of(photograph(640, 480))), "max_bytes": 10_000}
    refused = await studio.client.post(COMPRESS, json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "cannot-fit")
    assert refused.json()["reachable"].endswith(" bytes")


async def test_a_file_that_can_not_get_smaller_comes_back_byte_for_byte(studio):
    before = file_of(photograph(64, 48), "JPEG", quality=30)
    first = await asked(studio, COMPRESS, before)
    (parent,) = (await studio.client.get(f"/api/content-assets/{first['asset_id']}")).json()["parent_ids"]
    library = (await studio.client.get(f"/api/content-assets/{parent}/content")).content

    assert first["unchanged"] is True
    assert bytes_in(first) == library
    assert (first["saved"], first["ssim"], first["bytes"]) == (0, 1, first["original_bytes"])
    assert any("bytes that came" in words for words in first["warnings"])


async def test_every_type_can_be_had_and_is_quoted_as_free(studio):
    for kind in ("png", "jpg", "webp", "avif", "gif"):
        answer = await asked(studio, CONVERT, file_of(graphic()), output_format=kind)
        assert answer["output_format"] == kind
        assert ssim(graphic(), decoded(bytes_in(answer))[..., :3]) > 0.97
    png = await asked(studio, CONVERT, file_of(graphic()), output_format="png", quality=20)
    assert any("quality had no effect" in words for words in png["warnings"])

    for operation, body in (("compress", {}), ("convert", {"output_format": "webp"})):
        request = {"operation": operation, "request": {"image_base64": sent(file_of(graphic())), **body}}
        quote = (await studio.client.post("/api/image-studio/estimate-cost", json=request)).json()
        assert (quote["operation"], quote["total_cost"], quote["available"]) == (operation, 0, True)
