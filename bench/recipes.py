"""Runs a recipe over many photographs in a studio that is killed on the way, and counts what came of them.

    python -m bench.recipes [--items 100] [--kills 2] [--ground embedded|served] [--seed 1] [--json]

Three steps on this machine's own engine: the light adjusted in words, the picture enlarged, and written small. On the
ground `embedded` it is one server on SQLite; on `served` a server and a worker on PostgreSQL, one of which is
killed each time with its whole process group. Exit 1 unless each photograph has exactly one outcome, no step was
recorded twice, and nothing was lost or is still held.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import random
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import httpx2
import sqlalchemy as sa
from PIL import Image

from backend.db.models import Asset, Job, JobResult
from backend.db.recipes import RecipeItem
from backend.db.session import Database
from bench import examination
from bench.photographs import photographs
from bench.studio import Studio, Worker, free_port
from tests.ground.postgres import Cluster

Ground = Literal["embedded", "served"]
STEPS = [
    {"verb": "edit", "request": {"operation": "general_edit", "prompt": "a bit warmer, more contrast"}},
    {"verb": "upscale", "request": {"mode": "fast", "target_width": 320}},
    {"verb": "compress", "request": {"output_format": "webp"}},
]
SIDE = 240
"""Pixels of each photograph's longer side."""
API = "/api/image-studio"
PATIENCE_S = 1800


def pictures(count: int) -> list[tuple[str, bytes]]:
    """Return so many photographs of `SIDE` pixels: real ones, and windows of them, no two alike."""
    found = photographs(20, longest=900)
    made: list[tuple[str, bytes]] = []
    for number in range(count):
        name, pixels = found[number % len(found)]
        image = Image.fromarray(pixels)
        inset = 12 * (number // len(found))
        window = image.crop((inset, inset, image.width - inset, image.height - inset))
        window.thumbnail((SIDE, SIDE))
        file = io.BytesIO()
        window.save(file, "JPEG", quality=90)
        made.append((f"{number:03}-{name}.jpg", file.getvalue()))
    return made


class House:
    """A studio of one or two processes that may be killed."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self.data = folder / "data"
        self.files = (folder / "files").resolve().as_uri()
        shared = {"IMAGE_STUDIO_STORAGE__URL": self.files}
        if database:
            shared |= {"DATABASE_URL": database, "IMAGE_STUDIO_SECRET_KEY": "k" * 40}
        self.database = database or f"sqlite:///{self.data / 'studio.db'}"
        own = {"IMAGE_STUDIO_DATA_DIR": str(self.data), **shared}
        self.studio = Studio(command=["-m", "backend.cli", "serve"], settings=own, data=self.data, port=free_port())
        self.processes: list[Studio | Worker] = [self.studio]
        if database:
            apart = {"IMAGE_STUDIO_DATA_DIR": str(folder / "worker"), **shared}
            self.processes.append(Worker(command=["-m", "backend.cli", "worker"], settings=apart))

    def start(self) -> None:
        """Start everything."""
        for process in self.processes:
            process.start()

    def kill(self, process: Studio | Worker) -> None:
        """Kill a process with all that it started, and start it again."""
        process.kill(group=True)
        process.start()

    def stop(self) -> None:
        """Stop everything in order."""
        for process in self.processes:
            process.stop()

    def ask(self, method: str, path: str, **what: Any) -> Any:  # noqa: ANN401 - what the client takes, and JSON
        """Return what the studio answers."""
        for _ in range(60):
            try:
                answer = httpx2.request(
                    method, f"{self.studio.url}{path}", headers=self.studio.headers(), timeout=60, **what
                )
            except httpx2.TransportError:
                time.sleep(0.5)
                continue
            assert answer.status_code < 400, answer.text
            return answer.json()
        raise SystemExit("the studio does not answer")


def begin(house: House, items: int) -> dict[str, Any]:
    """Put photographs into the library and begin a run over them."""
    ids: list[str] = []
    found = pictures(items)
    for start in range(0, items, 20):
        files = [("file", one) for one in found[start : start + 20]]
        ids += [asset["id"] for asset in house.ask("POST", "/api/content-assets/upload", files=files)["assets"]]
    recipe = house.ask("POST", f"{API}/recipes", json={"name": "Catalogue", "steps": STEPS})
    return house.ask("POST", f"{API}/recipes/{recipe['id']}/runs", json={"asset_ids": ids})


def follow(house: House, run: str, kills: int, rng: random.Random) -> dict[str, Any]:
    """Kill a process each time another part of the run is done, and return the run when it has ended."""
    marks = [(number + rng.uniform(0.3, 0.9)) / (kills + 0.5) for number in range(kills)]
    killed_at: list[float] = []
    until, now = time.monotonic() + PATIENCE_S, dict[str, Any]()
    while time.monotonic() < until:
        now = house.ask("GET", f"{API}/runs/{run}")
        if now["finished_at"]:
            return {**now, "killed_at": killed_at}
        if marks and now["progress"] > marks[0]:
            marks.pop(0)
            killed_at.append(now["progress"])
            house.kill(house.processes[len(marks) % len(house.processes)])
        time.sleep(0.25)
    return {**now, "killed_at": killed_at}


async def counted(database: str, run: str) -> dict[str, Any]:
    """Return what the tables say of a run: outcomes, and what is there twice."""
    db = Database(database)
    try:
        async with db.read() as session:
            items = (await session.scalars(sa.select(RecipeItem).where(RecipeItem.run_id == run))).all()
            steps = (await session.scalars(sa.select(Job).where(Job.parent_id == run))).all()
            results = (await session.scalars(sa.select(JobResult).where(JobResult.job_id == run))).all()
            made = (await session.scalars(sa.select(Asset).where(Asset.job_id.in_([job.id for job in steps])))).all()
    finally:
        await db.aclose()
    named = [job for item in items for job in item.job_ids]
    return {
        "items by outcome": dict(Counter(item.status for item in items)),
        "problems": dict(Counter(str(item.problem["detail"]) for item in items if item.problem)),
        "outcomes": len(results),
        "steps": len(steps),
        "steps that no item names": len({job.id for job in steps} - set(named)),
        "steps named twice": len(named) - len(set(named)),
        "steps begun twice": max(Counter(str(job.spec["image"]) for job in steps).values(), default=1) - 1,
        "pictures": len(made),
        "pictures twice": len(made) - len({asset.job_id for asset in made}),
    }


def run(items: int, kills: int, seed: int, folder: Path, ground: Ground) -> dict[str, Any]:
    """Run the recipe, kill on the way, and return what was found."""
    rng, begun = random.Random(seed), time.monotonic()
    with ExitStack() as stack:
        database = stack.enter_context(Cluster(fsync=True)).studio() if ground == "served" else None
        house = House(folder, database)
        stack.callback(house.stop)
        house.start()
        started = begin(house, items)
        ended = follow(house, started["id"], kills, rng)
        house.stop()
        found = asyncio.run(counted(house.database, started["id"]))
        after = asyncio.run(examination.examine(house.database, house.files))
    kept = {name: after[name] for name in ("reserved", "duplicate assets", "content missing", "ledger sum")}
    told = {"status": ended["status"], "killed at": [round(at, 2) for at in ended["killed_at"]]}
    return {**told, **found, **kept, "seconds": round(time.monotonic() - begun, 1)}


ZERO = (
    *("steps that no item names", "steps named twice", "steps begun twice", "pictures twice"),
    *("reserved", "duplicate assets", "content missing", "ledger sum"),
)


def is_sound(found: dict[str, Any], items: int, kills: int) -> bool:
    """Return whether each item has one outcome, and nothing is there twice."""
    whole = found["outcomes"] == items and sum(found["items by outcome"].values()) == items
    return whole and found["status"] == "done" and len(found["killed at"]) == kills and not any(map(found.get, ZERO))


def main() -> None:
    """Run and print; exit 1 if anything is wrong."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--items", type=int, default=100)
    asked.add_argument("--kills", type=int, default=2)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--ground", choices=("embedded", "served"), default="embedded")
    asked.add_argument("--json", action="store_true")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(args.items, args.kills, args.seed, Path(folder), args.ground)
    print(json.dumps(found) if args.json else "\n".join(f"{name:26} {value}" for name, value in found.items()))
    raise SystemExit(0 if is_sound(found, args.items, args.kills) else 1)


if __name__ == "__main__":
    main()
