"""The whole way by keys alone: a picture is made, opened, mended under a mask, cut for networks and found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.conftest import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.e2e.conftest import Visit

WORK_MS = 180_000
STEPS = 150
"""More presses of Tab than any page has stops."""


def reach(page: Page, there: Locator) -> None:
    """Press Tab until the keys are there."""
    expect(there).to_be_visible(timeout=PATIENCE_MS)
    for _ in range(STEPS):
        if there.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keys to {there}")


def run(page: Page, words: str) -> None:
    """Find a command in the palette, and run it."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=PATIENCE_MS)
    page.keyboard.type(words)
    expect(page.get_by_role("option", name=words).first).to_be_visible()
    page.keyboard.press("Enter")


def test_every_step_of_the_way_is_done_by_keys(visit: Visit) -> None:
    page, keys = visit.page, visit.page.keyboard
    page.goto("/")
    expect(page.get_by_role("button", name=re.compile("^Account of"))).to_be_visible(timeout=PATIENCE_MS)
    run(page, "Go to Create")
    reach(page, page.get_by_label("Describe the picture"))
    keys.type("Paper-cut harbour at dusk")
    reach(page, page.get_by_role("slider", name="Pictures"))
    keys.press("Home")
    keys.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="1 of 1 ready")).to_be_attached(timeout=WORK_MS)

    reach(page, page.get_by_role("region", name="Pictures of this run").get_by_role("link", name="Edit").first)
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"/edit\?.*asset="))
    reach(page, page.get_by_role("button", name="Erase", exact=True))
    keys.press("Enter")
    reach(page, page.get_by_role("application", name="Mark by keys"))
    keys.press("Shift+ArrowRight")
    keys.press("Enter")
    expect(page.get_by_text(re.compile(r"% marked")).first).to_be_visible()
    keys.press("Control+Enter")
    use = page.get_by_role("button", name=re.compile("^Use"))
    expect(use.first).to_be_visible(timeout=WORK_MS)
    reach(page, use.first)
    keys.press("Enter")

    run(page, "Cut the open picture for networks")
    expect(page).to_have_url(re.compile(r"/social\?.*asset="))
    reach(page, page.get_by_role("slider", name="Point that all crops follow"))
    keys.press("ArrowLeft")
    reach(page, page.get_by_role("button", name=re.compile(r"^Export \d+ files.*Free")))
    keys.press("Enter")
    expect(page.get_by_text(re.compile(r"^\d of \d keep every rule"))).to_be_visible(timeout=WORK_MS)
    reach(page, page.get_by_role("button", name="Download all"))
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename.endswith(".zip")

    run(page, "Go to the library")
    expect(page).to_have_url(re.compile("/library"))
