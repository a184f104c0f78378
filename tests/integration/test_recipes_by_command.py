"""Recipes on the command line: files in, results out, each called after what it was made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.integration.test_cli import Studio

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.only("embedded", reason="the commands speak to the same API on either ground")

STEPS = [
    {"verb": "edit", "request": {"operation": "general_edit", "prompt": "{{mood}}"}},
    {"verb": "convert", "request": {"output_format": "webp"}},
]


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "photos"
    folder.mkdir()
    made = [folder / f"photo-{n}.png" for n in range(2)]
    for n, place in enumerate(made):
        Image.linear_gradient("L").resize((64, 40 + n)).convert("RGB").save(place)
    return made


def test_rows_go_in_and_files_come_out_by_their_names(tmp_path, photos):
    studio = Studio(tmp_path / "data")
    steps, sheet, out = tmp_path / "steps.json", photos[0].parent / "rows.csv", tmp_path / "out"
    steps.write_text(json.dumps(STEPS))
    sheet.write_text("picture,mood\nphoto-0.png,warmer\nphoto-1.png,brighter\n")
    studio.run("recipes", "save", "Moods", steps, "--about", "for the shop")
    assert "general_edit → convert" in studio.run("recipes", "list")
    assert "0 credits for 2 items" in studio.run("run", "moods", "--rows", sheet, "--quote")
    studio.run("run", "Moods", "--rows", sheet, "--out", out)
    assert sorted(one.name for one in out.iterdir()) == ["photo-0.webp", "photo-1.webp"]
    with Image.open(out / "photo-1.webp") as made:
        assert made.size == (64, 41)
    shown = json.loads(studio.run("recipes", "show", "Moods"))
    assert (shown["columns"], shown["description"]) == (["mood"], "for the shop")
    studio.run("recipes", "delete", "Moods")
    assert "There is no recipe" in studio.run("run", "Moods", photos[0], status=1)


def test_pictures_or_rows_are_needed(tmp_path):
    assert "name pictures" in Studio(tmp_path / "data").run("run", "Moods", status=2)
