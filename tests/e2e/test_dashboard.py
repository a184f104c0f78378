"""Home: an empty studio makes its first pictures at a press, ticks the first step, and begins what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PATIENCE_MS, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.e2e.conftest import Studio


@pytest.fixture
def newcomer(fresh_studio: Studio, browser: Browser) -> Iterator[Visit]:
    """Somebody who has just opened the printed link of a studio with nothing in it."""
    context = browser.new_context(viewport=DESKTOP)
    visit = Visit(context)
    visit.page.goto(fresh_studio.link)
    yield visit
    context.close()
    assert visit.complaints == []


def test_an_empty_studio_makes_six_samples_and_then_what_is_typed(newcomer: Visit):
    page = newcomer.page
    page.get_by_role("button", name="Make 6 sample pictures").click()
    expect(page.get_by_role("heading", name="Running")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("link", name="Harbour at dusk")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("1 of 4")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="Running")).to_be_hidden(timeout=PATIENCE_MS)
    assert newcomer.faults() == []

    page.get_by_role("textbox", name="Describe the picture").fill("paper hills at dawn")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/create?job=*", timeout=PATIENCE_MS)
    expect(
        page.get_by_role("button", name="paper hills at dawn").first.or_(page.get_by_alt_text("paper hills").first)
    ).to_be_visible(timeout=PATIENCE_MS)

    page.goto(page.url.split("/create")[0] + "/costs")
    expect(page.get_by_role("heading", name="$0.00 in")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("The local engine made")).to_be_visible()
    assert newcomer.faults() == []
