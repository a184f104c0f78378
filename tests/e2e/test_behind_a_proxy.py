"""The studio as it is deployed: below a path, behind nginx, with its files on another host."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, ROOT, Visit
from tests.fakes.nginx import Nginx
from tests.ground.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOTS = os.environ.get("SHOTS")
"""A folder for pictures of the pages, for whoever wants to look at them."""


SIGN_INS = 6
"""How often a minute somebody may try to sign in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A studio behind a proxy: where people open it, where its files are, where it listens, its owner's link."""

    url: str
    files: str
    direct: str
    link: str


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    folder, port = tmp_path_factory.mktemp("deployed"), free_port()
    with Nginx(folder, port) as nginx, (folder / "log").open("w") as log:
        url, files = f"http://127.0.0.1:{nginx.port}/studio", f"http://localhost:{nginx.files}"
        told = {
            "IMAGE_STUDIO_DATA_DIR": str(folder / "data"),
            "IMAGE_STUDIO_PUBLIC_URL": url,
            "IMAGE_STUDIO_WEB__TRUSTED_PROXIES": "127.0.0.1",
            "IMAGE_STUDIO_WEB__ASSET_BASE": files,
            "IMAGE_STUDIO_RATES__SIGN_IN": str(SIGN_INS),
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", "backend.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | told, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert server.stdout is not None
            lines = (re.search(r"http\S+/signin\?token=\S+", line) for line in server.stdout)
            link = next(found[0] for found in lines if found)
            yield Deployed(url=url, files=files, direct=f"http://127.0.0.1:{port}", link=link)
        finally:
            server.terminate()
            server.communicate(timeout=30)


@pytest.fixture(scope="module")
def came_in(deployed: Deployed) -> Iterator[httpx2.Client]:
    """A program that signed in by the printed link: its cookie, and where it is kept."""
    with httpx2.Client(base_url=deployed.url, timeout=60) as client:
        token = deployed.link.partition("token=")[2]
        answer = client.post("/api/auth/link", json={"token": token})
        assert answer.status_code == 200
        assert "Path=/studio;" in answer.headers["Set-Cookie"] + ";"
        yield client


def test_the_printed_link_leads_through_the_proxy(deployed: Deployed) -> None:
    assert deployed.link.startswith(f"{deployed.url}/signin?token=")


def test_everything_that_is_answered_leads_back_through_the_proxy(deployed: Deployed, came_in: httpx2.Client) -> None:
    form = {"prompt": "A lighthouse", "width": 256, "height": 256}
    answer = came_in.post("/api/image-studio/create", json=form, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    assert answer.headers["Location"].startswith("/studio/api/jobs/")
    host = deployed.url.removesuffix("/studio")
    with came_in.stream("GET", host + answer.headers["Location"] + "/events") as events:
        told = "".join(events.iter_text())
    made = re.search(r'"file_url": "(/studio/api/[^"]+)"', told)
    assert made
    assert httpx2.get(host + made[1]).headers["Content-Type"].startswith("image/")
    problem = came_in.get("/api/jobs/none").json()
    assert problem["type"] == "/studio/problems/not-found"
    assert "Not found" in httpx2.get(host + problem["type"]).text
    assert came_in.get("/api/openapi.json").json()["servers"] == [{"url": "/studio"}]


def test_events_arrive_as_they_happen(came_in: httpx2.Client) -> None:
    # This stream never ends: a proxy that collected it would not let anything through.
    with came_in.stream("GET", "/api/jobs/events", timeout=10) as events:
        assert next(events.iter_text()).startswith("retry:")


def test_a_large_upload_comes_through(came_in: httpx2.Client, tmp_path: Path) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (2200, 2200, 3), dtype=np.uint8)
    path = tmp_path / "noise.png"
    Image.fromarray(noise).save(path, compress_level=0)
    assert path.stat().st_size > 14_000_000
    with path.open("rb") as file:
        answer = came_in.post("/api/content-assets/upload", files={"file": ("noise.png", file, "image/png")})
    assert answer.status_code == 201, answer.text
    assert answer.json()["assets"][0]["width"] == 2200


def test_the_command_line_works_through_the_proxy(deployed: Deployed, came_in: httpx2.Client, tmp_path: Path) -> None:
    key = came_in.post("/api/account/keys", json={"name": "here"}).json()
    where = {"IMAGE_STUDIO_SERVER": deployed.url, "IMAGE_STUDIO_API_KEY": key["key"]}
    command = [sys.executable, "-m", "backend.cli", "create", "A boat", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | where, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [path.suffix for path in tmp_path.iterdir()] == [".png"]


def test_each_caller_counts_for_themselves_whatever_they_say(deployed: Deployed) -> None:
    def tried(address: str, pretended: str) -> int:
        transport = httpx2.HTTPTransport(local_address=address)
        headers = {"X-Forwarded-For": pretended}
        with httpx2.Client(transport=transport, base_url=deployed.url, headers=headers) as client:
            return client.post("/api/auth/login", json={"email": "nobody@example.org", "password": "x"}).status_code

    tries = [tried("127.0.0.2", f"203.0.113.{number}") for number in range(SIGN_INS + 2)]
    assert (tries[0], tries[-1]) == (401, 429)
    assert tried("127.0.0.3", "203.0.113.1") == 401


def test_the_files_host_hands_out_what_browsers_keep_for_ever(deployed: Deployed) -> None:
    page = httpx2.get(f"{deployed.url}/library")
    script = re.search(r'src="([^"]+)"', page.text)
    assert page.headers["Cache-Control"] == "no-cache"
    assert script
    assert script[1].startswith(f"{deployed.files}/assets/")
    answer = httpx2.get(script[1], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["Content-Encoding"], answer.headers["Access-Control-Allow-Origin"]) == ("gzip", "*")
    assert httpx2.get(f"{deployed.files}/assets/gone-12345678.js").status_code == 404


@pytest.fixture(scope="module")
def state(deployed: Deployed, came_in: httpx2.Client) -> dict[str, object]:
    """What a browser knows that is signed in."""
    host = urlsplit(deployed.url).hostname
    session = came_in.cookies["image_studio_session"]
    cookie = {"name": "image_studio_session", "value": session, "domain": host, "path": "/studio"}
    return {"cookies": [{**cookie, "httpOnly": True, "secure": False, "sameSite": "Lax", "expires": -1}], "origins": []}


@pytest.fixture
def visit(deployed: Deployed, browser: Browser, state: dict[str, object]) -> Iterator[Visit]:
    context = browser.new_context(base_url=f"{deployed.url}/", storage_state=state, viewport=DESKTOP)
    visit = Visit(context)
    yield visit
    context.close()
    assert visit.complaints == []


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def test_the_studio_works_below_its_path_with_files_from_elsewhere(deployed: Deployed, visit: Visit) -> None:
    page = visit.page
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("create")
    page.get_by_label("Describe the picture").fill("A harbour at dusk")
    slider = page.get_by_role("slider", name="Pictures")
    slider.press("Home")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="1 of 1 ready")).to_be_attached(timeout=120_000)
    shot(page, "create-light")
    page.get_by_role("link", name="Library").first.click()
    page.wait_for_url(f"{deployed.url}/library")
    expect(page.get_by_text(re.compile(r"\d+ pictures")).first).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile(r"\d+ pictures")).first).to_be_visible()
    shot(page, "library-light")
    assert {urlsplit(url).netloc for url in fetched if "/assets/" in url} == {urlsplit(deployed.files).netloc}
    assert all(urlsplit(url).path.startswith("/studio/") for url in fetched if "/assets/" not in url and "http" in url)


@pytest.mark.parametrize(("size", "name"), [(DESKTOP, "desk"), (PHONE, "phone")])
def test_it_looks_the_same_in_the_dark_and_on_a_phone(
    deployed: Deployed, browser: Browser, state: dict[str, object], size: object, name: str
) -> None:
    context = browser.new_context(storage_state=state, viewport=size, color_scheme="dark")
    visit = Visit(context)
    for where in ("create", "library"):
        visit.page.goto(f"{deployed.url}/{where}")
        expect(visit.page.get_by_role("main")).to_be_visible()
        visit.page.wait_for_load_state("networkidle")
        shot(visit.page, f"{where}-dark-{name}")
    context.close()
    assert visit.complaints == []


def test_strangers_are_led_to_the_door_and_from_there_to_where_they_wanted(
    deployed: Deployed, came_in: httpx2.Client, browser: Browser
) -> None:
    context = browser.new_context()
    page = Visit(context).page
    page.goto(f"{deployed.url}/library?fav=1")
    page.wait_for_url(f"{deployed.url}/signin?to=*")
    shot(page, "door")
    me = came_in.get("/api/auth/session").json()["user"]["id"]
    token = came_in.post(f"/api/account/users/{me}/link").json()["token"]
    page.goto(f"{page.url}&token={token}")
    page.wait_for_url(f"{deployed.url}/library?fav=1")
    context.close()
