"""A studio of its own, as people start it, and a browser in front of it."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "frontend" / "dist"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
PATIENCE_MS = 60_000
"""Loaded machines draw slowly; nothing waits longer than it has to."""

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

STILL = """async () => {
  const moving = () => document.getAnimations().some(({ playState, effect }) =>
    playState === 'running' && effect.getComputedTiming().endTime !== Infinity);
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  await frame();
  await frame();
  return !moving();
}"""
"""Whether nothing is moving, but for what moves for ever: a placeholder's shimmer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """A running server: where it is, and the link it printed at its first start."""

    url: str
    link: str


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with _serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def fresh_studio(tmp_path: Path) -> Iterator[Studio]:
    """A studio that nobody else uses, with nothing in it."""
    with _serving(tmp_path / "data") as running:
        yield running


@contextmanager
def _serving(data: Path) -> Iterator[Studio]:
    assert (DIST / "index.html").is_file(), "the frontend is not built: npm run build in frontend/"
    port = _free_port()
    command = [sys.executable, "-m", "backend.cli", "serve", "--port", str(port)]
    env = os.environ | {"IMAGE_STUDIO_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    log = (data.parent / "server.log").open("w+")
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        yield Studio(url=f"http://127.0.0.1:{port}", link=printed_link(server))
    finally:
        server.terminate()
        server.communicate(timeout=30)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def printed_link(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http\S+/signin\?token=\S+", line):
            return found[0]
    raise AssertionError(f"the server ended with {server.wait()} and printed no link")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), "no browser: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(studio: Studio, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of someone who came in by the printed link."""
    state = tmp_path_factory.mktemp("browser") / "state.json"
    context = browser.new_context()
    page = context.new_page()
    page.goto(studio.link)
    page.wait_for_url(f"{studio.url}/")
    context.storage_state(path=state)
    context.close()
    return state


class Visit:
    """A page and what its console complained about."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def rest(self) -> None:
        """Wait until nothing in the page fades or moves, for a second at most."""
        for _ in range(20):
            if self.page.evaluate(STILL):
                return
            self.page.wait_for_timeout(50)

    def faults(self) -> list[str]:
        """Return what axe finds wrong in the page at rest, contrast included."""
        self.rest()
        self.page.evaluate(AXE.read_text())
        return self.page.evaluate(
            """() => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
                violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`)))"""
        )


@pytest.fixture
def visit(studio: Studio, browser: Browser, signed_in: Path) -> Iterator[Visit]:
    """A signed-in visit at a desk; whatever the browser complains about fails the test."""
    context = browser.new_context(base_url=studio.url, storage_state=signed_in, viewport=DESKTOP)
    visit = Visit(context)
    yield visit
    context.close()
    assert visit.complaints == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture with a subject, as someone may have it on the desk; name and colour are its own."""
    own = secrets.token_hex(3)
    drawn = Image.new("RGB", (480, 360), "#dfe7ee")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((150, 70, 330, 290), fill="#b5452a")
    pen.rectangle((225, 30, 255, 90), fill=f"#{own}")
    path = tmp_path / f"apple{own}.png"
    drawn.save(path)
    return path
