"""What every page has: the palette, pictures that arrive anywhere, the tray, jobs, and the phone's other places."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.e2e.conftest import Studio

DROP = """([bytes, name]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0))], name, { type: 'image/png' }));
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
LONG_WORK = """() => fetch('/api/image-studio/create', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Prefer: 'respond-async' },
  body: JSON.stringify({ prompt: 'Moon over hills', provider: 'local', quality: 'premium', num_variations: 10, width: 2048, height: 2048 }),
}).then(({ status }) => status)"""  # noqa: E501 - one request


def _drop(page: Page, picture: Path) -> None:
    page.evaluate(DROP, [base64.b64encode(picture.read_bytes()).decode(), picture.name])


def test_a_dropped_picture_is_edited_kept_at_hand_and_found_by_a_few_letters(visit: Visit, photo: Path) -> None:
    page = visit.page
    page.goto("/settings?part=about")
    expect(page.get_by_text("Database")).to_be_visible()
    _drop(page, photo)
    chooser = page.get_by_role("dialog", name="It is in the library. What now?")
    chooser.get_by_role("button", name="Add to tray").click()
    _drop(page, photo)
    chooser.get_by_role("button", name="Edit").click()
    expect(page).to_have_url(re.compile(r"/edit\?asset="))

    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("go soc")
    expect(page.get_by_role("option", name="Go to Social", selected=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/social$"))
    page.get_by_role("region", name="Tray").get_by_role("button", name=re.compile(photo.stem)).click()
    page.get_by_role("menuitem", name="Upscale").click()
    expect(page).to_have_url(re.compile(r"/upscale\?asset="))

    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(photo.stem)
    expect(page.get_by_role("option", name=re.compile(f"^{photo.stem}")).first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("body").press("g")
    page.locator("body").press("l")
    expect(page).to_have_url(re.compile(r"/library"))


def test_work_is_called_off_from_another_page(visit: Visit) -> None:
    page = visit.page
    page.goto("/settings?part=looks")
    assert page.evaluate(LONG_WORK) == 202
    page.reload()
    page.get_by_role("button", name=re.compile("running")).click()
    page.get_by_role("button", name="Cancel Moon over hills").click()
    expect(page.get_by_role("button", name="Cancel Moon over hills")).to_be_hidden()


def test_a_phone_reaches_every_place(studio: Studio, browser: Browser, signed_in: Path) -> None:
    context = browser.new_context(base_url=studio.url, storage_state=signed_in, viewport=PHONE)
    visit = Visit(context)
    page = visit.page
    page.goto("/create")
    more = page.get_by_role("navigation", name="Studios").get_by_role("button", name="More")
    more.click()
    page.get_by_role("dialog").get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Engines")).to_be_visible()
    more.click()
    page.get_by_role("button", name="Search or run a command").click()
    page.get_by_role("combobox").fill("upsc")
    page.get_by_role("option", name="Go to Upscale").click()
    expect(page).to_have_url(re.compile(r"/upscale$"))
    context.close()
    assert visit.complaints == []
