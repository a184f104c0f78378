"""What gets in the way of work, and that nothing is lost: no network, no session, no server, two tabs, a reload."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PATIENCE_MS, ROOT, printed_link
from tests.ground.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

PROMPT = "Paper-cut harbour at dusk, a low warm sun, layered waves"
PICTURES = 4
WORK_MS = 120_000


class House:
    """A studio that can be killed and started again where it was."""

    def __init__(self, data: Path) -> None:
        self._env = os.environ | {"IMAGE_STUDIO_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
        self._log = (data.parent / "house.log").open("w+")
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._server = self._serve()
        self.link = printed_link(self._server)

    def _serve(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "backend.cli", "serve", "--port", str(self._port)]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._env,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,
        )

    def kill(self) -> None:
        """End it as a power cut does."""
        self._server.kill()
        self._server.communicate(timeout=30)

    def start_again(self) -> None:
        self._server = self._serve()

    def new_link(self) -> str:
        """Return a link that signs the owner in once more."""
        told = subprocess.run(
            [sys.executable, "-m", "backend.cli", "link"],
            cwd=ROOT,
            env=self._env,
            capture_output=True,
            text=True,
            check=True,
        )
        token = re.search(r"token=\S+", told.stdout)
        assert token, told.stdout
        return f"{self.url}/signin?{token[0]}"

    def close(self) -> None:
        self._server.terminate()
        self._server.communicate(timeout=30)
        self._log.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def inside(house: House, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of the owner."""
    state = tmp_path_factory.mktemp("troubles") / "state.json"
    context = browser.new_context()
    _enter(context.new_page(), house.link)
    context.storage_state(path=state)
    context.close()
    return state


@pytest.fixture
def desk(house: House, browser: Browser, inside: Path) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=house.url, storage_state=inside, viewport=DESKTOP)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def _enter(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("button", name=re.compile("^Account of"))).to_be_visible(timeout=PATIENCE_MS)


def _draft(page: Page, *, pictures: int = 1) -> None:
    page.goto("/create")
    page.get_by_label("Describe the picture").fill(PROMPT)
    slider = page.get_by_role("slider", name="Pictures")
    slider.press("Home")
    for _ in range(pictures - 1):
        slider.press("ArrowRight")
    expect(page.get_by_role("button", name=f"Generate {pictures}")).to_contain_text("Free")


def _at_work(page: Page) -> None:
    making = page.get_by_role("progressbar", name=re.compile(f"^Making \\d+ of {PICTURES}$"))
    expect(making).to_be_attached(timeout=PATIENCE_MS)


def _ready(page: Page, pictures: int) -> None:
    told = page.get_by_role("status").filter(has_text=f"{pictures} of {pictures} ready")
    expect(told).to_be_attached(timeout=WORK_MS)


def test_an_order_given_offline_waits_and_is_carried_out_once(desk: BrowserContext) -> None:
    page = desk.new_page()
    _draft(page)
    desk.set_offline(True)
    expect(page.get_by_text("You are offline")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Waits for the studio")).to_be_visible()
    desk.set_offline(False)
    _ready(page, 1)
    expect(page.get_by_text("You are offline")).to_be_hidden()
    assert page.evaluate("fetch('/api/jobs').then((all) => all.json()).then(({ jobs }) => jobs.length)") == 1


def test_who_is_signed_out_in_the_middle_goes_on_at_the_very_spot(desk: BrowserContext, house: House) -> None:
    page = desk.new_page()
    _draft(page)
    desk.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog", name="Sign in to go on")).to_be_visible()
    other = desk.new_page()
    _enter(other, house.new_link())
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("dialog")).to_be_hidden()
    _ready(page, 1)
    expect(page.get_by_label("Describe the picture")).to_have_value(PROMPT)


def test_two_tabs_and_a_reload_see_one_job_and_either_calls_it_off(desk: BrowserContext) -> None:
    first, second = desk.new_page(), desk.new_page()
    _draft(first, pictures=PICTURES)
    first.keyboard.press("Control+Enter")
    _at_work(first)
    second.goto("/create")
    _at_work(second)
    first.reload()
    _at_work(first)
    second.get_by_role("button", name="Cancel").first.click()
    for page in (first, second):
        expect(page.get_by_text("Cancelled. Nothing charged.").first).to_be_visible(timeout=WORK_MS)


def test_a_killed_server_loses_nothing(desk: BrowserContext, house: House) -> None:
    page = desk.new_page()
    _draft(page, pictures=PICTURES)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("img", name=re.compile("^Picture 1"))).to_be_visible(timeout=WORK_MS)
    house.kill()
    expect(page.get_by_text("The studio does not answer")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_label("Describe the picture")).to_have_value(PROMPT)
    house.start_again()
    expect(page.get_by_text("The studio is back. Nothing was lost.").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("The studio does not answer")).to_be_hidden()
    _ready(page, PICTURES)
