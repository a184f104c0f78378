"""Kills the studio at random moments and looks for what was lost: `python -m bench.kill9 [--kills N] [--ground G]`.

On the ground `embedded` it is one server on SQLite; on `served` it is a server and two workers on PostgreSQL, one of
which is killed each time. Half of the kills hit the parent process alone, half the whole group. The engine is a priced
stub that answers at once or gives tickets. `--takeover` measures how soon another worker has a killed one's jobs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bench import examination, takeover
from bench.crowd import Crowd, Job, submit, survivors
from bench.studio import Studio, Worker, stub, stub_worker
from tests.ground.postgres import Cluster

if TYPE_CHECKING:
    from collections import Counter

Ground = Literal["embedded", "served"]
MODES = ("sync", "ticket")
SECONDS = "0.8"
WORKERS = 2
PATIENCE_S = 150


class Killed:
    """A studio, one process of which is killed again and again."""

    def __init__(self, folder: Path, database: str | None, rng: random.Random) -> None:
        self.data, self.log, self.rng = folder / "data", folder / "starts.log", rng
        shared = {"IMAGE_STUDIO_STORAGE__URL": (folder / "files").resolve().as_uri()}
        settings = shared | ({"DATABASE_URL": database, "IMAGE_STUDIO_SECRET_KEY": "k" * 40} if database else {})
        fixed = ("--seconds", SECONDS, "--log", str(self.log))
        self.files = shared["IMAGE_STUDIO_STORAGE__URL"]
        self.database = database or f"sqlite:///{self.data / 'studio.db'}"
        self.studio: Studio = stub(self.data, *fixed, settings=settings)
        self.workers: list[Worker] = []
        if database:
            self.workers = [stub_worker(folder / f"w{n}", *fixed, settings=settings) for n in range(WORKERS)]
        self.left: list[int] = []

    def start(self, process: Studio | Worker) -> None:
        """Start a process with an engine of either kind."""
        process.start("--mode", self.rng.choice(MODES))

    def kill_one(self, number: int) -> None:
        """Kill one of the processes, and start it again."""
        victim = self.rng.choice([self.studio, *self.workers])
        assert victim.process
        group = victim.process.pid
        victim.kill(group=number % 2 == 0)
        self.left += survivors(group)
        self.start(victim)

    def stop(self) -> None:
        """Stop everything in order."""
        for process in (self.studio, *self.workers):
            process.stop()


def run(kills: int, seed: int, folder: Path, ground: Ground = "embedded") -> dict[str, Any]:
    """Kill the studio so many times, let it finish, and return what was found."""
    rng = random.Random(seed)
    with ExitStack() as stack:
        database = stack.enter_context(Cluster(fsync=True)).studio() if ground == "served" else None
        killed = Killed(folder, database, rng)
        stack.callback(killed.stop)
        for process in (killed.studio, *killed.workers):
            killed.start(process)
        jobs: list[Job] = []
        crowd = Crowd(killed.studio)
        for number in range(kills):
            jobs += submit(killed.studio, rng, number)
            time.sleep(rng.uniform(0, 1.6))
            killed.kill_one(number)
        outcomes = crowd.wait_for(jobs, PATIENCE_S)
        killed.stop()
        found = asyncio.run(examination.examine(killed.database, killed.files))
    return {"kills": kills, **_judged(jobs, outcomes, killed), **found}


def _judged(jobs: list[Job], outcomes: Counter[str], killed: Killed) -> dict[str, Any]:
    starts = [line for line in killed.log.read_text().splitlines() if line.startswith("start ")]
    return {
        "jobs": len(jobs),
        "outcomes": dict(outcomes),
        "lost": len(jobs) - sum(outcomes[status] for status in ("done", "failed", "cancelled")),
        "children left": len(killed.left),
        "starts": len(starts),
        "double starts": len(starts) - len(set(starts)),
    }


ZERO = (
    "lost",
    "children left",
    "double starts",
    "ledger sum",
    "ledger drift",
    "reserved",
    "tickets repeated",
    "duplicate assets",
    "orphans after the sweep",
    "content missing",
)


def is_sound(found: dict[str, Any]) -> bool:
    """Return whether nothing was lost, paid twice or left behind."""
    return all(found[name] == 0 for name in ZERO)


def main() -> None:
    """Run and print; exit 1 if anything is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--ground", choices=("embedded", "served"), default="embedded")
    asked.add_argument("--takeover", action="store_true")
    asked.add_argument("--json", action="store_true")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.takeover:
            found = takeover.run(Path(folder))
            sound = found["moved"] == found["jobs"] and found["slowest_s"] < takeover.LIMIT_S
        else:
            found = run(args.kills, args.seed, Path(folder), args.ground)
            sound = is_sound(found)
    print(json.dumps(found) if args.json else "\n".join(f"{name:26} {value}" for name, value in found.items()))
    raise SystemExit(0 if sound else 1)


if __name__ == "__main__":
    main()
