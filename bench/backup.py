"""Backs a studio up, restores it on empty machines and compares: `python -m bench.backup [--assets N] [--moves N]`.

One empty machine is files and SQLite as the source is; the other one, with `--served`, a PostgreSQL and an S3 server of
its own, from which a second backup goes back to files.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from backend.container.keeping import store_of
from backend.datafolder import DataFolder
from backend.db.migrate import upgrade
from backend.db.people import Membership, User, Workspace
from backend.db.repositories.ledger import Ledger, Movement
from backend.db.session import Database
from backend.imaging.codec import encode
from backend.schemas.base import UserId, WorkspaceId
from backend.settings import Settings
from backend.utils.asset_tracker import AssetTracker, NewAsset
from backend.utils.credentials import SelfMade
from backend.utils.marks import Marks
from backend.utils.origin import random_id, utc_now
from tests.fakes.library import PlainWorkbench
from tests.ground.grounds import Embedded, Served
from tests.ground.objects import ObjectServer
from tests.ground.postgres import Cluster
from tests.upgrade.likeness import Likeness, differences, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.storage import ContentStore

ROOT = Path(__file__).parents[1]
TOGETHER = 50
"""How many assets, or movements, are written in one transaction."""
HOME, OWNER = WorkspaceId("a" * 32), UserId("1" * 32)
SIDE = 256
"""Pixels; of noise, so that a picture is as large as a real one twice as wide."""

TELLING = """
import atexit, pathlib, sys
from backend.cli import main
status = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: status.write_text(pathlib.Path("/proc/self/status").read_text()))
main()
"""
"""Runs a command, which then writes down what the system knows about its process."""


@dataclass(frozen=True)
class Machine:
    """A studio: where it is, and what its commands are told."""

    folder: Path
    ground: Embedded

    @property
    def database(self) -> str:
        """Return the address of its database."""
        return self.ground.database(self.folder)

    def store(self) -> ContentStore:
        """Return where its files are."""
        settings = Settings(data_dir=self.folder, **self.ground.settings(self.folder))
        return store_of(settings, DataFolder(self.folder), clock=utc_now)

    def run(self, *words: object) -> dict[str, Any]:
        """Run a command in a process of its own; return what it said, with its seconds and its most memory in bytes."""
        environment = {"HOME": str(self.folder), "IMAGE_STUDIO_DATA_DIR": str(self.folder)}
        environment |= self.ground.environment(self.folder)
        status = self.folder.with_suffix(".status")
        command = [sys.executable, "-c", TELLING, str(status), *map(str, words), "--json"]
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
        seconds = time.monotonic() - began
        peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
        return {**json.loads(done.stdout), "seconds": seconds, "memory": peak}


async def fill(machine: Machine, assets: int, moves: int) -> None:
    """Make a studio with so many pictures, each with a thumbnail, and so many movements of credits."""
    upgrade(machine.database)
    db, store = Database(machine.database), machine.store()
    marks = Marks(SelfMade(("secret",), utc_now))
    tracker = AssetTracker(store, PlainWorkbench(), marks, clock=utc_now, new_id=random_id)  # pyright: ignore[reportArgumentType] - a fake reads these pictures faster
    try:
        async with db.begin() as session:
            session.add(Workspace(id=HOME, name="Studio", tier="self_hosted", created_at=utc_now()))
            owner = User(id=OWNER, email=None, name="Owner", password_hash=None, created_at=utc_now(), disabled_at=None)
            session.add(owner)
            await session.flush()
            session.add(Membership(workspace_id=HOME, user_id=OWNER, role="owner", created_at=utc_now()))
        for first in range(0, assets, TOGETHER):
            await _paint(db, tracker, range(first, min(first + TOGETHER, assets)))
        for first in range(0, moves, TOGETHER):
            await _book(db, range(first, min(first + TOGETHER, moves)))
    finally:
        await db.aclose()


async def _paint(db: Database, tracker: AssetTracker, numbers: range) -> None:
    stored = [await tracker.store(noise(number)) for number in numbers]
    async with db.begin() as session:
        parents: tuple[tuple[Any, str], ...] = ()
        for number, one in zip(numbers, stored, strict=True):
            new = NewAsset(workspace_id=HOME, user_id=OWNER, title=f"No {number}", parents=parents, operation="edit")
            parents = ((await tracker.record(session, new, one), "image"),)


async def _book(db: Database, numbers: range) -> None:
    async with db.begin() as session:
        ledger = Ledger(session, utc_now())
        for number in numbers:
            lines: Any = {"granted": -number - 1, "available": number + 1}
            await ledger.book(HOME, Movement(id=random_id(), key=f"grant:{number}", kind="grant", lines=lines))


def noise(seed: int) -> bytes:
    """Return a PNG of noise, another one for each seed."""
    return encode(np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8), "png")


def compared(source: Machine, target: Machine) -> int:
    """Return in how many rows and files two studios differ."""

    async def looked(machine: Machine) -> Likeness:
        found = await likeness(machine.database, machine.store())
        acts = found["audit_entries"]
        # That a backup was made, or restored, is written down after it.
        found["audit_entries"] = {key: row for key, row in acts.items() if not row["verb"][1].startswith("backup.")}
        return found

    return len(differences(asyncio.run(looked(source)), asyncio.run(looked(target))))


def moved(source: Machine, target: Machine, shelf: Path) -> Iterator[dict[str, Any]]:
    """Back a studio up and restore it on an empty machine; yield what each step took, and what differs at the end."""
    taken = source.run("backup", shelf)
    backup = Path(taken["path"])
    steps = {"backup": taken, "check": target.run("restore", "--check", backup)}
    steps["restore"] = target.run("restore", backup)
    for name, step in steps.items():
        yield {
            "what": f"{name} ({source.ground.name} → {target.ground.name})",
            "rows": step["rows"],
            "files": step["files"],
            "MB": round(taken["bytes"] / 1e6, 1),
            "seconds": round(step["seconds"], 1),
            "MB/s": round(taken["bytes"] / 1e6 / step["seconds"], 1),
            "peak MB": round(step["memory"] / 1e6),
        }
    backup.unlink()
    yield {"what": "rows and files that differ", "differ": compared(source, target)}


def run(assets: int, moves: int, *, served: bool) -> Iterator[dict[str, Any]]:
    """Measure, and yield a line for each step."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        machines = [Machine(folder / name, Embedded()) for name in ("source", "files", "back")]
        for machine in machines:
            machine.folder.mkdir()
        source, files, back = machines
        asyncio.run(fill(source, assets, moves))
        yield from moved(source, files, folder)
        if served:
            ground = Served(stack.enter_context(Cluster(fsync=True)), stack.enter_context(ObjectServer()))
            other = Machine(folder / "served", ground)
            other.folder.mkdir()
            yield from moved(source, other, folder)
            yield from moved(other, back, folder)


def main() -> None:
    """Run and print; exit 1 if anything differs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--assets", type=int, default=2000)
    asked.add_argument("--moves", type=int, default=5000)
    asked.add_argument("--served", action="store_true")
    args = asked.parse_args()
    differ = 0
    for line in run(args.assets, args.moves, served=args.served):
        print(json.dumps(line, ensure_ascii=False), flush=True)
        differ += line.get("differ", 0)
    raise SystemExit(1 if differ else 0)


if __name__ == "__main__":
    main()
