"""Kills the studio at random moments and looks for what was lost: `python -m bench.crash [--kills N] [--seed N]`.

Half of the kills hit the parent process alone, half the whole group. The engine is a priced stub that gives tickets.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
import psutil

from backend.db.session import Database
from backend.storage import ContentKey, ContentStore
from backend.utils.origin import utc_now
from backend.utils.sweep import sweep
from bench import ledger_facts
from bench.studio import Studio, stub
from tests.fakes.stub_provider import picture

ENDED = {"done", "failed", "cancelled"}
PATIENCE_S = 90


def submit(studio: Studio, rng: random.Random, number: int) -> list[str]:
    """Send a few creates and an edit, and return the jobs that were admitted before the studio died."""
    admitted: list[str] = []
    with httpx2.Client(base_url=studio.url, headers=studio.headers(), timeout=10) as client:
        for n in range(rng.randint(1, 3)):
            body = {"prompt": f"job {number}.{n}", "width": 128, "height": 128, "num_variations": rng.randint(1, 3)}
            admitted += _admitted(client, "/api/image-studio/create", body)
        image = base64.b64encode(picture(96, 80, rng.randrange(255))).decode()
        edit = {"operation": "remove_background", "image_base64": image}
        admitted += _admitted(client, "/api/image-studio/edit", edit)
    return admitted


def _admitted(client: httpx2.Client, path: str, body: dict[str, Any]) -> list[str]:
    answer = client.post(path, json=body, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202, answer.text
    return [answer.json()["id"]]


def survivors(group: int) -> list[int]:
    """Return the processes of a killed studio that still live after five seconds."""
    alive: list[int] = []
    for _ in range(50):
        alive = [p.pid for p in psutil.process_iter() if _is_of(p, group)]
        if not alive:
            return []
        time.sleep(0.1)
    return alive


def _is_of(process: psutil.Process, session: int) -> bool:
    try:
        return os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


def wait_for(studio: Studio, jobs: list[str]) -> Counter[str]:
    """Return how the jobs ended, waiting for them."""
    with httpx2.Client(base_url=studio.url, headers=studio.headers(), timeout=30) as client:
        until = time.monotonic() + PATIENCE_S
        while True:
            seen = {job: client.get(f"/api/jobs/{job}").json()["status"] for job in jobs}
            if all(status in ENDED for status in seen.values()) or time.monotonic() > until:
                return Counter(seen.values())
            time.sleep(0.3)


async def examine(data: Path, files: str) -> dict[str, Any]:
    """Return what the tables, the ledger and the store say."""
    db = Database(f"sqlite:///{data / 'studio.db'}")
    store = ContentStore(files, clock=utc_now)
    try:
        facts = await ledger_facts.read(db)
        swept = await sweep(db, store, utc_now())
        kept = {key async for key in store.keys(utc_now())}
        missing = [key for key in facts.pop("content") if ContentKey(key) not in kept]
        again = await sweep(db, store, utc_now())
    finally:
        await db.aclose()
    return {
        **facts,
        "swept": swept.deleted,
        "orphans after the sweep": again.deleted,
        "content missing": len(missing),
    }


def run(kills: int, seed: int, folder: Path) -> dict[str, Any]:
    """Kill the studio so many times, let it finish, and return what was found."""
    rng = random.Random(seed)
    data, log = folder / "data", folder / "starts.log"
    studio = stub(data, "--mode", "ticket", "--seconds", "0.8", "--log", str(log))
    jobs: list[str] = []
    left: list[int] = []
    for number in range(kills):
        studio.start()
        jobs += submit(studio, rng, number)
        time.sleep(rng.uniform(0, 1.6))
        assert studio.process
        studio.kill(group=number % 2 == 0)
        left += survivors(studio.process.pid)
    studio.start()
    outcomes = wait_for(studio, jobs)
    studio.stop()
    found = asyncio.run(examine(data, (data / "files").resolve().as_uri()))
    starts = sum(line.startswith("start ") for line in log.read_text().splitlines())
    lost = len(jobs) - sum(outcomes[status] for status in ENDED)
    return {
        "kills": kills,
        "jobs": len(jobs),
        "outcomes": dict(outcomes),
        "lost": lost,
        "children left": len(left),
        "starts": starts,
        **found,
    }


def is_sound(found: dict[str, Any]) -> bool:
    """Return whether nothing was lost, paid twice or left behind."""
    zero = (
        "lost",
        "children left",
        "ledger sum",
        "ledger drift",
        "reserved",
        "tickets repeated",
        "duplicate assets",
        "orphans after the sweep",
        "content missing",
    )
    return all(found[name] == 0 for name in zero)


def main() -> None:
    """Run and print; exit 1 if anything is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(args.kills, args.seed, Path(folder))
    print(json.dumps(found) if args.json else "\n".join(f"{name:26} {value}" for name, value in found.items()))
    raise SystemExit(0 if is_sound(found) else 1)


if __name__ == "__main__":
    main()
