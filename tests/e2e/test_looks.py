"""Every page on a desk and on a phone, in light and in dark: nothing axe objects to, nothing the policy refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PATIENCE_MS, PHONE, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.e2e.conftest import Studio


@pytest.fixture(params=["desk, light", "desk, dark", "phone, light", "phone, dark"])
def look(request: pytest.FixtureRequest, studio: Studio, browser: Browser, signed_in: Path) -> Iterator[Visit]:
    device, scheme = request.param.split(", ")
    context = browser.new_context(
        base_url=studio.url,
        storage_state=signed_in,
        viewport=PHONE if device == "phone" else DESKTOP,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    visit = Visit(context)
    yield visit
    context.close()
    assert visit.complaints == []


def test_pages_are_readable_and_operable(look: Visit, photo: Path) -> None:
    page = look.page

    page.goto("/create")
    expect(page.get_by_role("button", name="Autumn harbour")).to_be_visible()
    found = look.faults()
    page.get_by_role("button", name="Choose a template").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Instagram").first).to_be_visible()
    found += look.faults()

    page.goto("/library")
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name=photo.stem).first.click()
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    found += look.faults()

    page.locator("a[href*='/social?asset=']").click()
    expect(page.get_by_role("button", name=re.compile("Export 8 files.*Free"))).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("switch", name="Safe zones").check()
    found += look.faults()
    page.get_by_role("button", name="YouTube: Thumbnail, show details").click()
    expect(page.get_by_role("heading", name="What the network asks for")).to_be_visible()
    found += look.faults()

    assert found == []


def test_nothing_of_a_page_is_wider_than_a_phone(studio: Studio, browser: Browser, signed_in: Path) -> None:
    context = browser.new_context(base_url=studio.url, storage_state=signed_in, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for address in ("/create", "/library"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_theme_stands_before_the_first_paint(studio: Studio, browser: Browser, signed_in: Path) -> None:
    context = browser.new_context(base_url=studio.url, storage_state=signed_in, color_scheme="light")
    page = context.new_page()
    page.goto("/create")
    page.get_by_role("button", name="Light or dark").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto("/create", wait_until="domcontentloaded")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 16, 14)"
    context.close()
