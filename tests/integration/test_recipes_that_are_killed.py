"""A studio that is killed in the middle of a recipe goes on with it: one outcome for each item, no step twice."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import httpx2

from bench.recipes import ZERO, counted
from bench.studio import stub
from tests.fakes.stub_provider import picture
from tests.ground.grounds import here

if TYPE_CHECKING:
    from pathlib import Path

    from bench.studio import Studio

ITEMS = 6
API = "/api/image-studio"
CUT = {"verb": "edit", "request": {"operation": "remove_background"}}


def asked(studio: Studio, method: str, path: str, **what):
    answer = httpx2.request(method, f"{studio.url}{path}", headers=studio.headers(), timeout=60, **what)
    assert answer.status_code < 400, answer.text
    return answer.json()


def test_a_run_survives_two_kills(ground, tmp_path: Path):
    log = tmp_path / "starts.log"
    settings = here().environment(tmp_path / "data") | {"IMAGE_STUDIO_SECRET_KEY": "k" * 40}
    studio = stub(tmp_path / "data", "--seconds", "0.3", "--mode", "ticket", "--log", str(log), settings=settings)
    studio.start()
    try:
        files = [("file", (f"{n}.png", picture(40, 30 + n, 9))) for n in range(ITEMS)]
        ids = [one["id"] for one in asked(studio, "POST", "/api/content-assets/upload", files=files)["assets"]]
        recipe = asked(studio, "POST", f"{API}/recipes", json={"name": "Three", "steps": [CUT, CUT, CUT]})
        run = asked(studio, "POST", f"{API}/recipes/{recipe['id']}/runs", json={"asset_ids": ids})
        for far in (0.2, 0.5):
            while (now := asked(studio, "GET", f"{API}/runs/{run['id']}"))["progress"] < far:
                time.sleep(0.05)
            assert now["status"] == "running"
            studio.kill(group=True)
            studio.start()
        until = time.monotonic() + 60
        while (now := asked(studio, "GET", f"{API}/runs/{run['id']}"))["status"] == "running":
            assert time.monotonic() < until, now
            time.sleep(0.1)
    finally:
        studio.stop()
    database = settings.get("DATABASE_URL") or f"sqlite:///{tmp_path / 'data' / 'studio.db'}"
    found = asyncio.run(counted(database, run["id"]))
    assert (now["status"], now["done"] + now["failed"], found["outcomes"]) == ("done", ITEMS, ITEMS)
    assert {name: found[name] for name in ZERO if found.get(name)} == {}
    # Of a call that was cut off nobody knows whether the engine did it: its item says so, rather than paying again.
    failed = [item["problem"]["code"] for item in now["items"] if item["status"] == "failed"]
    assert set(failed) <= {"outcome-unknown"}
