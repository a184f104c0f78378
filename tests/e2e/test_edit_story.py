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


def drag(page: Page, *points: tuple[float, float]) -> None:
    """Draw over the picture from point to point; in fractions of the drawing area."""
    area = page.get_by_role("application", name="Mark by keys").bounding_box()
    assert area is not None
    for index, (across, down) in enumerate(points):
        page.mouse.move(area["x"] + area["width"] * across, area["y"] + area["height"] * down, steps=4)
        if index == 0:
            page.mouse.down()
    page.mouse.up()


def test_a_picture_is_cut_out_and_a_part_of_it_erased(visit: Visit, photo: Path) -> None:
    page = visit.page
    page.goto("/edit")
    page.get_by_label("Upload a picture", exact=True).and_(page.locator("input")).set_input_files(photo)
    steps = page.get_by_role("navigation", name="Steps")
    expect(steps.get_by_role("button")).to_have_count(1)

    page.get_by_role("button", name=re.compile("^Cut out.*Free")).click()
    page.get_by_role("button", name="Use A").click(timeout=WORK_MS)
    expect(steps.get_by_role("button", name="Go to Cut out")).to_have_attribute("aria-current", "step")
    expect(steps.get_by_role("button")).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(steps.get_by_role("button").first).to_have_attribute("aria-current", "step")

    page.get_by_role("button", name="Erase", exact=True).click()
    expect(page.get_by_role("button", name="Mark what to change first")).to_be_disabled()
    page.get_by_role("button", name="Lasso").click()
    drag(page, (0.6, 0.7), (0.66, 0.7), (0.66, 0.8), (0.6, 0.8))
    marked = page.get_by_text(re.compile("% marked$"))
    expect(marked).to_be_visible()
    lassoed = marked.inner_text()
    page.keyboard.press("e")
    drag(page, (0.6, 0.75), (0.66, 0.75))
    expect(marked).not_to_have_text(lassoed)
    page.keyboard.press("Control+z")
    expect(marked).to_have_text(lassoed)

    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Preview, not applied")).to_be_visible(timeout=WORK_MS)
    divider = page.get_by_role("slider", name="Border between before and after")
    divider.press("Home")
    expect(divider).to_have_attribute("aria-valuenow", "0")
    assert "mask" in page.evaluate("fetch('/api/jobs').then((all) => all.json()).then(({jobs}) => jobs[0].request)")
    page.get_by_role("button", name="Use A").click()
    expect(steps.get_by_role("button", name="Go to Erase")).to_have_attribute("aria-current", "step")
    page.get_by_role("button", name="More ways").click()
    expect(page.get_by_role("menuitem", name="Cut out")).to_be_visible()
