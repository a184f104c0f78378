"""Faces and words are found where the weights for it are, and where they are not, nobody claims to have looked."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from backend.imaging.text_boxes import text_boxes
from backend.imaging.types import Box
from backend.imaging.workbench import Workbench
from backend.providers.local.finding import Finder
from tests.unit.local import weights

FONT = Path(__file__).parents[2] / "backend/data/fonts/inter.latin.ttf"


@pytest.fixture
async def workbench():
    bench = Workbench()
    yield bench
    await bench.aclose()


def poster() -> Image.Image:
    image = Image.new("RGB", (540, 960), (30, 60, 110))
    ImageDraw.Draw(image).text((60, 880), "Only this week", font=ImageFont.truetype(FONT, 48), fill="white")
    return image


def encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


async def test_words_are_found_where_they_stand(workbench: Workbench):
    finder = Finder(workbench=workbench, models_dir=weights.real("text-lines").parent)
    found = await finder.find(encoded(poster()))
    assert found.text is not None
    (line,) = found.text
    left, top, right, bottom = 60, 885, 400, 935
    assert line.left <= left + 6
    assert line.right >= right - 12
    assert line.top <= top + 8 <= bottom - 8 <= line.bottom
    assert line.size.height < 90
    assert found.faces == ()


async def test_nothing_is_found_on_a_plain_wall(workbench: Workbench):
    finder = Finder(workbench=workbench, models_dir=weights.real("text-lines").parent)
    found = await finder.find(encoded(Image.new("RGBA", (300, 200), (200, 180, 160, 100))))
    assert (found.text, found.faces, found.see_through) == ((), (), 1.0)


async def test_without_weights_nobody_looked(workbench: Workbench, tmp_path: Path):
    found = await Finder(workbench=workbench, models_dir=tmp_path).find(encoded(poster()))
    assert (found.text, found.faces, found.see_through) == (None, None, 0.0)


def blob(fed: np.ndarray) -> np.ndarray:
    """Stand in for the network: sure of one slanted core, and unsure of another one."""
    height, width = fed.shape[2:]
    image = Image.new("L", (width, height))
    draw = ImageDraw.Draw(image)
    draw.line((40, 40, 160, 60), fill=250, width=12)
    draw.rectangle((200, 200, 300, 220), fill=120)
    return (np.asarray(image, np.float32) / 255)[None, None]


def test_a_box_is_wider_than_the_core_and_what_is_unsure_is_no_line():
    (box,) = text_boxes(np.zeros((352, 352, 3), np.uint8), blob)
    half = 2  # small pictures are shown twice as large
    assert box.left < 40 / half
    assert box.right > 160 / half
    assert box.top < 34 / half
    assert box.bottom > 66 / half


def test_boxes_stay_within_the_picture():
    boxes = text_boxes(np.zeros((40, 352, 3), np.uint8), lambda fed: np.ones((1, 1, *fed.shape[2:]), np.float32))
    assert boxes == (Box(0, 0, 352, 40),)
