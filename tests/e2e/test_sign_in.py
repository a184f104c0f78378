"""Somebody signs in at another issuer, with a browser between the two, and is told what was wrong if they can't."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
import uvicorn
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE, ROOT, Visit, printed_link
from tests.fakes.issuer import FakeIssuer
from tests.ground.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PEOPLE = {
    "ada": {"name": "Ada Lovelace", "email": "ada@example.org", "email_verified": True, "groups": ["press"]},
    "eve": {"name": "Eve", "email": "eve@example.org", "email_verified": True, "groups": []},
}
SHOTS = os.environ.get("SHOTS")
"""A folder for pictures of the page, for whoever wants to look at them."""


@contextmanager
def served(fake: FakeIssuer, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(fake.app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A studio that trusts an issuer of its own, and its address."""
    ours, theirs = free_port(), free_port()
    studio = f"http://127.0.0.1:{ours}"
    fake = FakeIssuer(
        url=f"http://127.0.0.1:{theirs}/realm",
        redirect_uris={f"{studio}/api/account/oidc/callback"},
        people=PEOPLE,
    )
    data: Path = tmp_path_factory.mktemp("issuer-data")
    env = os.environ | {
        "IMAGE_STUDIO_DATA_DIR": str(data),
        "PYTHONUNBUFFERED": "1",
        "IMAGE_STUDIO_IDENTITY__ISSUER": fake.url,
        "IMAGE_STUDIO_IDENTITY__LABEL": "Harbour & Rye",
        "IMAGE_STUDIO_IDENTITY__CLIENT_ID": fake.client_id,
        "IMAGE_STUDIO_IDENTITY__CLIENT_SECRET": fake.client_secret or "",
        "IMAGE_STUDIO_IDENTITY__ROLES": json.dumps({"press": "editor"}),
    }
    command = [sys.executable, "-m", "backend.cli", "serve", "--port", str(ours)]
    log = (data.parent / "issuer-server.log").open("w+")
    with served(fake, theirs):
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            printed_link(server)
            urlopen(f"{studio}/api/account/sign-in-options", timeout=10).close()
            yield studio
        finally:
            server.terminate()
            server.communicate(timeout=30)
            log.close()


@pytest.fixture
def stranger(doors: str, browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(base_url=doors, viewport=DESKTOP)
    visit = Visit(context)
    yield visit
    context.close()


def test_somebody_signs_in_at_the_issuer_comes_back_and_leaves_both(stranger):
    page = stranger.page
    page.goto("/library?q=boat")
    page.get_by_role("link", name="Sign in with Harbour & Rye").click()
    page.get_by_role("button", name="Ada Lovelace").click()
    page.wait_for_url(re.compile(r"/library\?q=boat$"))
    page.get_by_role("button", name="Account of Ada Lovelace").click()
    expect(page.get_by_text("ada@example.org")).to_be_visible()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url(re.compile(r"/signin"))
    expect(page.get_by_role("link", name="Sign in with Harbour & Rye")).to_be_visible()
    page.goto("/library")
    page.wait_for_url(re.compile(r"/signin"))


def test_who_has_no_group_here_is_told_so_at_the_door(stranger):
    page = stranger.page
    page.goto("/signin")
    page.get_by_role("link", name="Sign in with Harbour & Rye").click()
    page.get_by_role("button", name="Eve").click()
    expect(page.get_by_text("You were not let in")).to_be_visible()
    expect(page.get_by_text("None of your groups has a role")).to_be_visible()
    assert stranger.faults() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_door_looks_right(doors, browser, scheme, language, width):
    size = PHONE if width == "phone" else DESKTOP
    context = browser.new_context(base_url=doors, viewport=size, color_scheme=scheme, locale=language)
    visit = Visit(context)
    visit.page.goto("/signin?problem=identity-refused&reason=last-owner" if width == "phone" else "/signin")
    link = visit.page.get_by_role("link", name=re.compile("Harbour & Rye"))
    expect(link).to_have_text("Mit Harbour & Rye anmelden" if language == "de" else "Sign in with Harbour & Rye")
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visit.faults() == []
    if SHOTS:
        visit.page.screenshot(path=f"{SHOTS}/door-{scheme}-{language}-{width}.png")
    context.close()
