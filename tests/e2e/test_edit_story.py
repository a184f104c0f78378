"""A picture is edited: its subject cut out, a part erased under a drawn mask, and both kept in the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.e2e.conftest import Visit

WORK_MS = 240_000
"""An edit on a loaded machine."""


def stroke(page: Page, *, start: tuple[float, float], way: tuple[float, float]) -> None:
    """Draw over the picture; in fractions of the drawing area."""
    area = page.get_by_role("application", name="Mark by keys").bounding_box()
    assert area is not None
    for step in range(9):
        across, down = (start[axis] + way[axis] * step / 8 for axis in (0, 1))
        page.mouse.move(area["x"] + area["width"] * across, area["y"] + area["height"] * down)
        if step == 0:
            page.mouse.down()
    page.mouse.up()


def test_a_picture_is_cut_out_and_a_part_of_it_erased(visit: Visit, photo: Path) -> None:
    page = visit.page
    page.goto("/edit")
    page.get_by_label("Upload a picture", exact=True).and_(page.locator("input")).set_input_files(photo)
    steps = page.get_by_role("navigation", name="Steps")
    expect(steps.get_by_role("button")).to_have_count(2)

    page.get_by_role("button", name=re.compile("^Cut out.*Free")).click()
    expect(page.get_by_text("Saved in the library")).to_be_visible(timeout=WORK_MS)
    divider = page.get_by_role("slider", name="Border between before and after")
    divider.press("Home")
    expect(divider).to_have_attribute("aria-valuenow", "0")
    page.get_by_role("button", name="Edit further").click()
    expect(steps.get_by_role("button", name="Go to Cut out")).to_have_attribute("aria-current", "step")

    steps.get_by_role("button", name="Go to", exact=False).first.click()
    page.get_by_role("button", name="Erase", exact=True).click()
    expect(page.get_by_role("button", name="Mark what to change first")).to_be_disabled()
    stroke(page, start=(0.6, 0.7), way=(0.05, 0.1))
    expect(page.get_by_text("marked", exact=False).first).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Saved in the library")).to_be_visible(timeout=WORK_MS)
    assert "mask" in page.evaluate("fetch('/api/jobs').then((all) => all.json()).then(({jobs}) => jobs[0].request)")

    page.get_by_role("link", name="Details").click()
    expect(page.get_by_role("heading", name="Erased")).to_be_visible()
    expect(page.get_by_role("button", name="Cut out", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Edit", exact=True).last.click()
    expect(page.get_by_role("button", name="Go to Erase")).to_be_visible()
