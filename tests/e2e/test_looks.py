"""Every page on a desk and on a phone, in light and in dark: nothing axe objects to, nothing the policy refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PATIENCE_MS, PHONE, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.e2e.conftest import Studio


PAGES = {
    "/": "h1",
    "/create": "textarea",
    "/edit": "h1",
    "/edit?asset={picture}&op=erase": "[role=toolbar]",
    "/upscale?asset={picture}": "fieldset",
    "/social?asset={picture}": "[role=slider]",
    "/control?asset={picture}": "h1",
    "/library": "[role=list], ul",
    "/library?asset={picture}": "a[download]",
    "/personas": "h1",
    "/costs": "h1",
    "/settings": "h1",
    "/compare": "[role=dialog] button",
    "/dev/ui": "[role=group]",
    "/no-such-page": "h1",
}
"""Every page, and what is seen once it is whole."""


@pytest.fixture(scope="session")
def picture(studio: Studio, browser: Browser, signed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The id of a picture of the library."""
    drawn = Image.effect_noise((480, 360), 60).convert("RGB")
    path = tmp_path_factory.mktemp("looks") / "noise.png"
    drawn.save(path)
    context = browser.new_context(base_url=studio.url, storage_state=signed_in)
    page = context.new_page()
    page.goto("/library")
    with page.expect_response(re.compile("/api/content-assets/upload$")) as answer:
        page.locator("input[type=file]").first.set_input_files(path)
    found = answer.value.json()
    context.close()
    return str(found["assets"][0]["id"])


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


def test_pages_are_readable_and_operable(look: Visit, picture: str) -> None:
    page = look.page
    found: list[str] = []
    for address, sign in PAGES.items():
        page.goto(address.format(picture=picture))
        expect(page.locator(sign).first).to_be_visible(timeout=PATIENCE_MS)
        found += [f"{address} {fault}" for fault in look.faults()]
    assert found == []


def test_what_opens_above_pages_is_readable_and_operable(look: Visit, picture: str) -> None:
    page = look.page
    found: list[str] = []

    page.goto("/create")
    expect(page.get_by_label("Describe the picture")).to_be_visible()
    for key, name in (("Control+k", "palette"), ("?", "keys")):
        page.locator("body").press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        found += [f"{name}: {fault}" for fault in look.faults()]
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name=re.compile("Choose a template")).first.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Instagram").first).to_be_visible()
    found += [f"templates: {fault}" for fault in look.faults()]

    page.goto(f"/social?asset={picture}")
    page.get_by_role("switch", name="Safe zones").check()
    page.get_by_role("button", name=re.compile(", show details$")).first.click()
    expect(page.get_by_role("heading", name="What the network asks for")).to_be_visible()
    found += [f"format: {fault}" for fault in look.faults()]

    page.goto("/dev/ui")
    page.get_by_role("button", name="Open a menu").first.click()
    expect(page.get_by_role("menu")).to_be_visible()
    found += [f"menu: {fault}" for fault in look.faults()]

    assert found == []


def test_nothing_of_a_page_is_wider_than_a_phone(studio: Studio, browser: Browser, signed_in: Path) -> None:
    context = browser.new_context(base_url=studio.url, storage_state=signed_in, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for address in ("/", "/create", "/edit", "/upscale", "/social", "/library", "/personas", "/settings", "/dev/ui"):
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
