"""How long a photograph in the library takes to become files for networks, over HTTP, from the order to the last byte.

    python -m bench.social_http [--rounds 7] [--formats 36] [--formats 1 --formats 90 …] [--mode smart]

Starts a server of its own on an empty folder, puts a 12 megapixel JPEG into its library, and orders 36 files of it:
JPEGs of quality 85, crops searched, faces looked for, every file checked, marked, stored and recorded. Measured are the
whole call that waits for all of them, and, of a call that doesn't, the time until the first file's event. The processor
seconds of the server and its children stand beside, for they are the same on a busy machine. The first order of each
kind warms up and does not count: by then it is known where faces and words are in the picture, as it is by the crops
that the page asks for. What an order costs that comes before anything was asked about its picture is told below; it
waits for words for up to three seconds. Ends with 1 where an aim is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import numpy as np

from backend.services.image_studio.formats import FormatBook
from bench.social import file_of, photograph
from bench.studio import running

if TYPE_CHECKING:
    from bench.studio import Studio

OPTIMIZE = "/api/image-studio/social/optimize"
NETWORKS = ("instagram", "facebook", "twitter", "linkedin")
ALL_S, FIRST_S, AIMED = 0.6, 0.25, 36


@dataclass(frozen=True, slots=True)
class Took:
    """One order: seconds until the first file and until the last, processor seconds, files made, rules broken."""

    first: float
    whole: float
    processor: float
    files: int
    broken: int


def order(source: str, count: int, mode: str) -> dict[str, object]:
    """Return an order of so many files: those of four networks first."""
    book = FormatBook.load()
    platforms = sorted(book.platforms, key=lambda one: one.key not in NETWORKS)
    names = [(platform.key, form.name) for platform in platforms for form in platform.formats][:count]
    chosen: dict[str, list[str]] = {}
    for platform, name in names:
        chosen.setdefault(platform, []).append(name)
    return {
        "image_asset_id": source,
        "platforms": list(chosen),
        "format_names": chosen,
        "crop_mode": mode,
        "output_format": "jpg",
        "quality": 85,
        "response_format": "url",
    }


def processor_seconds(group: int) -> float:
    """Return what all processes of a server have taken since they began, those that ended in between left out."""
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _session(entry) == group:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def _session(entry: Path) -> int | None:
    try:
        return os.getsid(int(entry.name))
    except ProcessLookupError:
        return None


def taken(client: httpx2.Client, group: int, body: dict[str, object]) -> Took:
    """Return how long an order took, first waited for, then watched."""
    before, begun = processor_seconds(group), time.perf_counter()
    answer = client.post(OPTIMIZE, json=body)
    whole = time.perf_counter() - begun
    processor = processor_seconds(group) - before
    found = answer.raise_for_status().json()
    rules = [check for one in found["results"] for check in one["checks"]]
    broken = sum(check["ok"] is False and check["level"] == "must" for check in rules)
    return Took(first(client, body), whole, processor, found["total_optimized"], broken)


def first(client: httpx2.Client, body: dict[str, object]) -> float:
    """Return the seconds from an order to its first file's event; the job is followed to its end."""
    begun, seen = time.perf_counter(), 0.0
    job = client.post(OPTIMIZE, json=body, headers={"Prefer": "respond-async"}).raise_for_status().json()["id"]
    with client.stream("GET", f"/api/jobs/{job}/events") as events:
        for line in events.iter_lines():
            if line == "event: job.result" and not seen:
                seen = time.perf_counter() - begun
    return seen


def measured(studio: Studio, counts: list[int], rounds: int, mode: str) -> dict[int, list[Took]]:
    """Return what orders of so many files took."""
    assert studio.process
    group = studio.process.pid
    with httpx2.Client(base_url=studio.url, headers=studio.headers(), timeout=120) as client:
        files = {"file": ("photo.jpg", file_of(photograph("dragonfly")), "image/jpeg")}
        source = client.post("/api/content-assets/upload", files=files).raise_for_status().json()["assets"][0]["id"]
        bodies = {count: order(source, count, mode) for count in counts}
        for body in bodies.values():
            taken(client, group, body)
        found = {count: [taken(client, group, body) for _ in range(rounds)] for count, body in bodies.items()}
        never_seen(client, mode)
        return found


def never_seen(client: httpx2.Client, mode: str) -> None:
    """Print what orders take of pictures that nothing was asked about before."""
    spent: list[float] = []
    for turn in range(1, 4):
        files = {"file": ("photo.jpg", file_of(np.roll(photograph("dragonfly"), 16 * turn, axis=1)), "image/jpeg")}
        source = client.post("/api/content-assets/upload", files=files).raise_for_status().json()["assets"][0]["id"]
        begun = time.perf_counter()
        client.post(OPTIMIZE, json=order(source, AIMED, mode)).raise_for_status()
        spent.append(time.perf_counter() - begun)
    print(f"{AIMED} files of a picture never seen before: {statistics.median(spent):.2f} s")


def told(found: dict[int, list[Took]]) -> bool:
    """Print the medians; return whether the aims are met."""
    print(f"{'files':>6} {'all (s)':>9} {'first (s)':>10} {'processor (s)':>14} {'rules broken':>13}")
    met = True
    for count, rounds in found.items():
        whole, early = (statistics.median(getattr(one, name) for one in rounds) for name in ("whole", "first"))
        processor = statistics.median(one.processor for one in rounds)
        print(f"{rounds[0].files:>6} {whole:>9.3f} {early:>10.3f} {processor:>14.2f} {rounds[0].broken:>13}")
        met = met and (count != AIMED or (whole <= ALL_S and early <= FIRST_S and not rounds[0].broken))
    print(f"aim for {AIMED} files ({ALL_S} s, first {FIRST_S} s): {'met' if met else 'missed'}")
    return met


def main() -> None:
    """Run the measurement."""
    about = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    about.add_argument("--rounds", type=int, default=7)
    about.add_argument("--formats", type=int, action="append", help=f"default {AIMED}")
    about.add_argument("--mode", default="smart")
    asked = about.parse_args()
    with running() as studio:
        found = measured(studio, asked.formats or [AIMED], asked.rounds, asked.mode)
    sys.exit(0 if told(found) else 1)


if __name__ == "__main__":
    main()
