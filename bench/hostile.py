"""Sends hostile files and bodies to a running studio: `python -m bench.hostile`.

Each must be answered within two seconds, by a clear refusal or a cleaned picture; the memory of the whole process group
stays bounded, and what is refused leaves nothing behind. The engine is a stub, so that what is measured is the way in.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import psutil

from bench.idle import group
from bench.studio import Studio, stub
from tests.hostile.corpus import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.expect import Bad

SLOWEST_S = 2.0
MOST_MB = 600
EDIT = "/api/image-studio/edit"
CREATE = "/api/image-studio/create"
UPLOAD = "/api/content-assets/upload"
JSON = {"Content-Type": "application/json"}


def _endless() -> Iterator[bytes]:
    for _ in range(200):
        yield b"x" * 1_000_000


BODIES: dict[str, dict[str, object]] = {
    "bad base64": {"url": EDIT, "json": {"operation": "remove_background", "image_base64": "%%%"}},
    "empty base64": {"url": EDIT, "json": {"operation": "remove_background", "image_base64": "data:,"}},
    "NaN": {"url": CREATE, "content": b'{"prompt": "x", "guidance_scale": NaN}', "headers": JSON},
    "infinity": {"url": CREATE, "content": b'{"prompt": "x", "guidance_scale": 1e999}', "headers": JSON},
    "huge number": {"url": CREATE, "content": b'{"prompt": "x", "seed": ' + b"9" * 5000 + b"}", "headers": JSON},
    "deep JSON": {"url": CREATE, "content": b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "headers": JSON},
    "deep lists": {"url": CREATE, "content": b"[" * 100_000 + b"]" * 100_000, "headers": JSON},
    "no JSON": {"url": CREATE, "content": b"prompt=x", "headers": JSON},
    "a list": {"url": CREATE, "content": b"[]", "headers": JSON},
    "nothing": {"url": CREATE, "content": b"", "headers": JSON},
    "broken UTF-8": {"url": CREATE, "content": b'{"prompt": "\xff\xfe"}', "headers": JSON},
    "a lone surrogate": {"url": CREATE, "content": b'{"prompt": "\\ud800"}', "headers": JSON},
    "a NUL": {"url": CREATE, "content": b'{"prompt": "a\\u0000b"}', "headers": JSON},
    "a long prompt": {"url": CREATE, "json": {"prompt": "x" * 10_001}},
    "a body over the cap": {"url": "/api/auth/login", "content": b"x" * 2_000_000, "headers": JSON},
    "chunks without end": {"url": CREATE, "content": _endless(), "headers": JSON},
    "a form without a request": {"url": EDIT, "files": {"image": ("a.png", b"x", "image/png")}},
    "a form with many parts": {"url": EDIT, "files": {f"f{n}": ("a", b"x", "image/png") for n in range(100)}},
    "a form of JSON's name": {"url": EDIT, "content": b"--x", "headers": {"Content-Type": "multipart/form-data"}},
}


@dataclass
class Watch:
    """Samples the memory of a process group until it is told to stop."""

    session: int
    most: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Sample, in megabytes of PSS, twenty times a second."""
        while not self.stop.wait(0.05):
            total = 0.0
            for process in group(self.session):
                try:
                    total += process.memory_full_info().pss / 1e6
                except psutil.Error:
                    continue
            self.most = max(self.most, total)


def contents(studio: Studio) -> int:
    """Return how many files the store holds."""
    return sum(1 for path in (studio.data / "files").rglob("*") if path.is_file())


def try_file(client: httpx2.Client, studio: Studio, bad: Bad) -> tuple[int, float, str]:
    """Return status, seconds and what is wrong with the outcome, if anything."""
    before = contents(studio)
    data = bad.build()
    begun = time.monotonic()
    answer = client.post(UPLOAD, files={"file": ("a.png", data, "image/png")})
    took = time.monotonic() - begun
    expected = {one.status for one in bad.refusals} | ({HTTPStatus.CREATED} if bad.accepted else set[int]())
    wrong = "" if answer.status_code in expected else f"expected {sorted(expected)}"
    if answer.status_code >= 400 and not bad.accepted and contents(studio) != before:
        wrong += " something was written"
    return answer.status_code, took, wrong


def report(name: str, status: int, took: float, wrong: str) -> bool:
    """Print a line for what went wrong, and return whether anything did."""
    slow = "" if took < SLOWEST_S else "too slow"
    if wrong or slow:
        print(f"  {name:40} {status} {took:5.2f} s  {wrong} {slow}")
    return bool(wrong or slow)


def main() -> None:
    """Send everything, print what is wrong and the figures; exit 1 if anything is."""
    with tempfile.TemporaryDirectory() as folder:
        studio = stub(Path(folder) / "data", "--seconds", "0")
        studio.start()
        assert studio.process
        watch = Watch(session=studio.process.pid)
        thread = threading.Thread(target=watch.run)
        thread.start()
        statuses: Counter[int] = Counter()
        slowest, wrong = 0.0, 0
        try:
            with httpx2.Client(base_url=studio.url, headers=studio.headers(), timeout=60) as client:
                for name, bad in CORPUS.items():
                    status, took, problem = try_file(client, studio, bad)
                    statuses[status] += 1
                    slowest = max(slowest, took)
                    wrong += report(name, status, took, problem)
                for name, body in BODIES.items():
                    begun = time.monotonic()
                    status = client.request("POST", **body).status_code  # pyright: ignore[reportArgumentType] - written above
                    took = time.monotonic() - begun
                    statuses[status] += 1
                    slowest = max(slowest, took)
                    wrong += report(name, status, took, "" if 400 <= status < 500 else "expected a 4xx")
                assert client.get("/api/image-studio/health").json()["status"] == "healthy"
        finally:
            watch.stop.set()
            thread.join()
            studio.stop()
    print(f"{len(CORPUS)} files, {len(BODIES)} bodies; answers {dict(sorted(statuses.items()))}")
    print(f"slowest {slowest:.2f} s (target {SLOWEST_S:g}); most memory {watch.most:.0f} MB (target {MOST_MB})")
    raise SystemExit(1 if wrong or watch.most > MOST_MB else 0)


if __name__ == "__main__":
    main()
