"""Callers of a studio that may die under them: what they sent and were promised, and how it ended."""

from __future__ import annotations

import base64
import os
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx2
import psutil

from tests.fakes.stub_provider import picture

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from bench.studio import Studio

Job = str
ENDED = {"done", "failed", "cancelled"}
AGAIN_S = 30
"""How long a caller tries again when the studio is just starting."""


def submit(studio: Studio, rng: random.Random, number: int) -> list[Job]:
    """Send a few creates and an edit, and return the jobs that were admitted."""
    with httpx2.Client(base_url=studio.url, headers=studio.headers(), timeout=20) as client:
        admitted = [
            _admitted(
                client,
                "/api/image-studio/create",
                {"prompt": f"job {number}.{n}", "width": 128, "height": 128, "num_variations": rng.randint(1, 3)},
            )
            for n in range(rng.randint(1, 3))
        ]
        image = base64.b64encode(picture(64 + number, 80, rng.randrange(255))).decode()  # no two are the same
        edit = {"operation": "remove_background", "image_base64": image}
        return [*admitted, _admitted(client, "/api/image-studio/edit", edit)]


def _admitted(client: httpx2.Client, path: str, body: dict[str, Any]) -> Job:
    answer = client.post(path, json=body, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


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


class Crowd:
    """Those who wait for their jobs."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def wait_for(self, jobs: Sequence[Job], patience_s: float) -> Counter[str]:
        """Return how the jobs ended, waiting for them so long."""
        until = time.monotonic() + patience_s
        seen: dict[Job, str] = {}
        with httpx2.Client(base_url=self._studio.url, headers=self._studio.headers(), timeout=30) as client:
            while True:
                for job in jobs:
                    if seen.get(job) not in ENDED:
                        seen[job] = client.get(f"/api/jobs/{job}").json()["status"]
                if all(status in ENDED for status in seen.values()) or time.monotonic() > until:
                    return Counter(seen.values())
                time.sleep(0.3)
