"""What people do in the studio, from the first link to the last picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Studio, Visit

PROMPT = "Paper-cut harbour at dusk, a low warm sun, layered waves"


def generate(page: Page, prompt: str, *, pictures: int) -> None:
    page.goto("/create")
    page.get_by_label("Describe the picture").fill(prompt)
    order(page, pictures=pictures)


def generate_as_it_stands(page: Page, *, pictures: int) -> None:
    order(page, pictures=pictures)
    all_ready(page, pictures)


def order(page: Page, *, pictures: int) -> None:
    slider = page.get_by_role("slider", name="Pictures")
    slider.press("Home")
    for _ in range(pictures - 1):
        slider.press("ArrowRight")
    expect(page.get_by_role("button", name=f"Generate {pictures}")).to_contain_text("Free")
    page.keyboard.press("Control+Enter")


def all_ready(page: Page, pictures: int) -> None:
    expect(page.get_by_role("status").filter(has_text=f"{pictures} of {pictures} ready")).to_be_attached(
        timeout=120_000
    )


def library_has(page: Page, pictures: str) -> None:
    page.goto("/library")
    expect(page.get_by_text(re.compile(pictures)).first).to_be_visible()


def test_a_described_picture_is_made_kept_and_taken_home(visit: Visit) -> None:
    page = visit.page
    generate(page, PROMPT, pictures=2)
    expect(page.get_by_text("Making 1 of 2")).to_be_visible()
    all_ready(page, 2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.path().stat().st_size > 1000

    page.reload()
    all_ready(page, 2)
    library_has(page, r"\d+ pictures")


def test_a_template_gives_the_picture_its_exact_size(visit: Visit) -> None:
    page = visit.page
    page.goto("/create")
    page.get_by_role("button", name="Choose a template").click()
    dialog = page.get_by_role("dialog", name="Choose a template")
    dialog.get_by_role("searchbox").fill("instagram story")
    dialog.get_by_role("button", name=re.compile("1080 . 1920")).first.click()
    page.get_by_label("Describe the picture").fill(PROMPT)
    page.get_by_role("slider", name="Pictures").press("Home")
    page.keyboard.press("Control+Enter")
    all_ready(page, 1)
    picture = page.get_by_role("img", name="Picture 1")
    expect(picture).to_have_js_property("naturalWidth", 1080)
    expect(picture).to_have_js_property("naturalHeight", 1920)


def test_same_settings_again_brings_the_form_back(visit: Visit) -> None:
    page = visit.page
    generate(page, PROMPT, pictures=1)
    all_ready(page, 1)
    page.get_by_label("Describe the picture").fill("Something else")
    page.get_by_role("button", name="Same settings again").click()
    expect(page.get_by_label("Describe the picture")).to_have_value(PROMPT)


def test_suggested_words_are_taken_and_two_results_are_compared_and_one_kept(visit: Visit) -> None:
    page = visit.page
    page.goto("/create")
    words = page.get_by_label("Describe the picture")
    words.fill("Harbour in autumn")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(words).to_have_value("Harbour in autumn, layered waves, warm maple tones, low warm sun")
    page.get_by_role("button", name="Paper cut", exact=True).click()
    generate_as_it_stands(page, pictures=2)
    page.get_by_role("button", name="Compare", exact=True).click()
    panes = page.get_by_role("figure")
    expect(panes).to_have_count(2)
    page.keyboard.press("+")
    places = [pane.get_by_role("img").evaluate("one => [one.style.left, one.style.width]") for pane in panes.all()]
    assert places[0] == places[1]
    page.keyboard.press("2")
    expect(panes.nth(1).get_by_role("button", name="Kept")).to_be_visible()
    page.get_by_role("button", name="Swap").click()
    expect(panes.nth(0).get_by_role("button", name="Kept")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/create"))


def test_a_job_can_be_called_off(visit: Visit) -> None:
    page = visit.page
    generate(page, PROMPT, pictures=10)
    page.get_by_role("button", name="Cancel").first.click()
    expect(page.get_by_text("Cancelled. Nothing charged.").first).to_be_visible()
    expect(page.get_by_role("button", name="Generate 10")).to_be_enabled()


def test_a_photo_comes_in_is_cut_out_trashed_and_brought_back(visit: Visit, photo: Path) -> None:
    page = visit.page
    page.goto("/library")
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.get_by_text("1 picture added", exact=True)).to_be_visible()
    page.get_by_role("button", name=photo.stem).first.click()
    page.get_by_role("region", name="Details").get_by_role("button", name="Cut out", exact=True).click()
    page.get_by_role("button", name="Open", exact=True).click(timeout=180_000)
    expect(page.get_by_role("heading", name="Cut out")).to_be_visible()

    shown = page.get_by_role("list", name="Pictures").get_by_role("button", name="Cut out")
    before = shown.count()
    page.get_by_role("button", name="Move to trash").click()
    expect(shown).to_have_count(before - 1)
    page.get_by_role("button", name="Undo").click()
    expect(shown).to_have_count(before)


def test_a_favourite_is_found_by_its_heart(visit: Visit, photo: Path) -> None:
    page = visit.page
    page.goto("/library")
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name=photo.stem).first.click()
    page.get_by_role("button", name="Mark as favourite").click()
    expect(page.get_by_role("button", name="No longer a favourite")).to_be_visible()
    page.get_by_role("button", name="Favourites", exact=True).click()
    expect(page).to_have_url(re.compile("fav=1"))
    expect(page.get_by_role("button", name=photo.stem).first).to_be_visible()


def test_a_file_that_is_no_picture_is_named_and_the_others_come_in(visit: Visit, photo: Path, tmp_path: Path) -> None:
    page = visit.page
    wrong = tmp_path / "notes.png"
    wrong.write_text("not a picture")
    page.goto("/library")
    page.locator("input[type=file]").set_input_files([photo, wrong])
    expect(page.get_by_text("1 picture added", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("^notes.png: "))).to_be_visible()


def test_who_loses_the_session_keeps_the_work(studio: Studio, browser: Browser, signed_in: Path) -> None:
    context = browser.new_context(base_url=studio.url, storage_state=signed_in)
    page = context.new_page()
    page.goto("/create")
    page.get_by_label("Describe the picture").fill(PROMPT)
    context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog", name="Sign in to go on")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Describe the picture")).to_have_value(PROMPT)
    context.close()


def test_a_used_link_says_so_and_strangers_stay_at_the_door(studio: Studio, browser: Browser, signed_in: Path) -> None:
    assert signed_in.exists()
    context = browser.new_context(base_url=studio.url)
    page = context.new_page()
    page.goto("/library?q=boat")
    expect(page).to_have_url(re.compile(r"/signin\?to="))
    page.goto(studio.link)
    expect(page.get_by_text("A link works once.")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()
