"""A photograph comes in, grows, is compared and found again; then it is painted over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.conftest import PATIENCE_MS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Visit

WORK_MS = 180_000


def test_a_photo_grows_is_compared_and_painted_over(visit: Visit, photo: Path) -> None:
    page = visit.page
    page.goto("/upscale")
    page.locator("input[type=file]").set_input_files(photo)
    becomes = page.get_by_role("region", name="What it becomes")
    expect(becomes).to_contain_text(re.compile("960 . 720"))
    expect(becomes).to_contain_text(re.compile("0.7 MP, 2. a side"))

    page.get_by_role("radio", name=re.compile("^Own")).check()
    page.get_by_label("Width").fill("300")
    expect(page.get_by_label("Width")).to_have_js_property("ariaInvalid", "true")
    expect(page.get_by_role("button", name="This size can't be made")).to_be_disabled()
    # Browsers log each refusal that they were told.
    visit.complaints[:] = [said for said in visit.complaints if "422" not in said]
    page.get_by_role("radio", name=re.compile(r"^2\S")).check()
    page.get_by_role("button", name=re.compile("Upscale.*Free")).click()

    divider = page.get_by_role("slider", name="Border between before and after")
    expect(divider).to_be_visible(timeout=WORK_MS)
    after = page.get_by_role("img", name=re.compile("After$"))
    expect(after).to_have_js_property("naturalWidth", 960)
    expect(after).to_have_js_property("naturalHeight", 720)
    divider.press("End")
    expect(divider).to_have_attribute("aria-valuenow", "100")
    page.get_by_role("button", name=re.compile("show at 100 %")).click()
    expect(page.get_by_role("button", name="100 %, show at 100 %")).to_be_visible()
    assert visit.faults() == []

    page.get_by_role("main").get_by_role("link", name="Control").click()
    page.get_by_role("button", name=re.compile("^starry", re.IGNORECASE)).click()
    page.get_by_role("radio", name="Edges").click()
    expect(page.get_by_role("img", name=re.compile("outlines of things"))).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name=re.compile("Make it.*Free")).click()
    expect(page.get_by_text("Saved in the library")).to_be_visible(timeout=WORK_MS)
    assert visit.faults() == []

    page.get_by_role("main").get_by_role("link", name="Library").click()
    expect(page).to_have_url(re.compile("/library.asset="))
    expect(page.get_by_role("link", name="Download")).to_be_visible()
