"""The library, walked through: found, chosen, put in order, packed, thrown away and brought back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.conftest import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.e2e.conftest import Visit

NAMES = ("harbour morning", "harbour noon", "harbour night", "market")
COLOURS = ("#c2502f", "#2c6a62", "#26437a", "#e0a03a")


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Machines that do much at once show things late."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Four pictures of four shapes and colours."""
    paths: list[Path] = []
    for number, (name, colour) in enumerate(zip(NAMES, COLOURS, strict=True)):
        path = tmp_path / f"{name}.png"
        Image.new("RGB", (480, 300 + 90 * number), colour).save(path)
        paths.append(path)
    return paths


def tile(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Pictures").get_by_role("button", name=re.compile(f"^{name}"))


def test_pictures_are_found_put_in_order_packed_and_thrown_away(visit: Visit, pictures: list[Path]) -> None:
    page = visit.page
    page.goto("/library")
    page.locator("input[type=file]").set_input_files(pictures)
    expect(page.get_by_text("4 pictures added", exact=True)).to_be_visible()

    page.get_by_role("searchbox", name="Search pictures").fill("harbour")
    expect(page).to_have_url(re.compile("q=harbour"))
    expect(tile(page, "market")).to_have_count(0)
    page.get_by_role("button", name="Type", exact=True).click()
    page.get_by_role("menuitemradio", name="Uploaded").click()
    expect(page).to_have_url(re.compile("type=uploaded"))

    for name in NAMES[:3]:
        tile(page, name).focus()
        page.keyboard.press("x")
    bar = page.get_by_role("toolbar", name="3 selected")
    bar.get_by_role("button", name="Tag").click()
    page.get_by_role("textbox", name="Tags").fill("spring, sea")
    page.get_by_role("dialog").get_by_role("button", name="Tag", exact=True).click()
    expect(page.get_by_text("3 pictures tagged spring, sea", exact=True)).to_be_visible()
    bar.get_by_role("button", name="Collect").click()
    page.get_by_role("textbox", name="New collection").fill("Harbours")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("3 pictures added to “Harbours”", exact=True)).to_be_visible()

    with page.expect_download() as arriving:
        bar.get_by_role("button", name="Export").click()
    _check_archive(arriving.value.path().read_bytes())

    bar.get_by_role("button", name="Delete").click()
    expect(tile(page, "harbour")).to_have_count(0)
    page.get_by_role("button", name="Undo").last.click()
    expect(tile(page, "harbour")).to_have_count(3)

    tile(page, "harbour night").focus()
    page.keyboard.press("Delete")
    expect(tile(page, "harbour")).to_have_count(2)
    page.goto("/library?view=trash")
    tile(page, "harbour night").click()
    page.get_by_role("region", name="Details").get_by_role("button", name="Restore").click()
    page.goto("/library")
    page.get_by_role("button", name=re.compile("^All pictures")).click()
    page.get_by_role("menuitem", name=re.compile("^Harbours")).click()
    expect(tile(page, "harbour")).to_have_count(3)


def test_details_tell_where_a_picture_came_from_and_the_cursor_returns(visit: Visit, pictures: list[Path]) -> None:
    page = visit.page
    page.goto("/library")
    made = page.request.post(
        "/api/content-assets/upload",
        multipart={
            "file": {"name": "pier.png", "mimeType": "image/png", "buffer": pictures[3].read_bytes()[:-1] + b"\x82"}
        },
    )
    first = made.json()["assets"][0]["id"]
    edit = {"operation": "general_edit", "prompt": "warmer", "image_asset_id": first, "response_format": "url"}
    adjusted = page.request.post("/api/image-studio/edit", data=edit).json()["asset_id"]

    page.goto("/library")
    page.locator("button[data-index='0']").click()
    expect(page).to_have_url(re.compile(adjusted))
    details = page.get_by_role("region", name="Details")
    expect(details.get_by_role("heading", name="Where it came from")).to_be_visible()
    details.get_by_role("listitem").get_by_role("button").first.click()
    expect(page).to_have_url(re.compile(first))
    page.go_back()
    details.get_by_role("button", name="Read what the file says").click()
    expect(details.get_by_text("Made by")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("button[data-index='0']")).to_be_focused()


def _check_archive(archive: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        told = json.loads(packed.read("manifest.json"))
        shown = [name for name in names if name.endswith(".png") and "contact" not in name]
        assert len(shown) == 3, names
        for name in shown:
            with Image.open(io.BytesIO(packed.read(name))) as picture:
                assert picture.width == 480
    assert "harbour" in json.dumps(told)
