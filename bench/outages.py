"""Takes the ground away under a studio at work: `python -m bench.outages [--ground G] [--restarts N] [--s3-seconds S]`.

On the ground `served`, a server and two workers on PostgreSQL and S3: the database is stopped and started again, fast
and as if the power went, in turns; the store refuses, then hangs. On `embedded`, one server on SQLite and files: the
disk is full. That takes a small file system of its own, so it needs root; `unshare -rm python -m bench.outages
--ground embedded` does for everybody else. Meanwhile callers create and edit, and nobody does anything by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import examination, job_facts
from bench.callers import PASSING, Callers
from bench.crowd import ENDED, Crowd
from bench.grounds import Embedded, Served

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.callers import Note
    from bench.grounds import Ground, Outage
    from bench.job_facts import JobFacts
    from tests.ground.postgres import Mode

CALLERS = 6
PATIENCE_S = 180
"""How long jobs may take to end after the last outage."""
RETURN_S = 60.0
"""How long the first admission after an outage is waited for."""
TELLS_AFTER_S = 6.0
"""An outage that lasts longer than this has to show in what the studio says of its readiness."""


def run(ground: Ground, outages: Sequence[Outage], *, pause_s: float = 5.0) -> dict[str, Any]:
    """Let the outages come one after the other, let the studio finish, and return what was found."""
    callers = Callers(studio=ground.studio, count=CALLERS, pause_s=pause_s / 5)
    asyncio.run(_storm(callers, outages, pause_s))
    Crowd(ground.studio).wait_for(callers.admitted, PATIENCE_S)
    ready = _ready_again(callers.notes)
    ended = ground.ended
    ground.stop()
    facts = asyncio.run(job_facts.read(ground.database))
    examined = asyncio.run(examination.examine(ground.database, ground.files, ground.s3))
    return {
        "outages": [_told(outage, callers.notes, facts) for outage in outages],
        **_of_jobs(callers, facts),
        **_of_starts(ground.log, examined["assets made"]),
        **_of_answers(callers.notes),
        "ready at the end": ready,
        "processes ended": ended,
        **examined,
    }


async def _storm(callers: Callers, outages: Sequence[Outage], pause_s: float) -> None:
    async with callers.at_work():
        await asyncio.sleep(pause_s)
        for outage in outages:
            await asyncio.to_thread(outage.come)
            await asyncio.sleep(outage.seconds)
            await asyncio.to_thread(outage.pass_by)
            await _first_admission(callers, outage)
            await asyncio.sleep(pause_s)


async def _first_admission(callers: Callers, outage: Outage) -> None:
    """Return when something was admitted again: the next outage must not hide how long that took."""
    until = time.monotonic() + RETURN_S
    while not _made_since(callers.notes, outage.passed_at) and time.monotonic() < until:  # noqa: ASYNC110 - notes ring nothing
        await asyncio.sleep(0.1)


def _made_since(notes: Sequence[Note], moment: float) -> list[float]:
    """Return when creates and edits were answered well after a moment."""
    made = (note.at for note in notes if note.what.startswith("/api/image-studio/") and note.is_good)
    return [at for at in made if at > moment]


def _told(outage: Outage, notes: Sequence[Note], facts: JobFacts) -> dict[str, Any]:
    """Return how soon things worked again, and what the studio said of its readiness meanwhile."""
    meant = [note for note in notes if note.what == "ready" and outage.came_at < note.at < outage.passed_at]
    return {
        "name": outage.name,
        "seconds": round(outage.passed_at - outage.came_at, 1),
        "ready named it": sum(outage.part in note.missing for note in meant),
        "ready answers": len(meant),
        "admitted again after (s)": _after(outage.passed_at, _made_since(notes, outage.passed_at)),
        "pictures again after (s)": _after(outage.passed_at, facts.made_at),
    }


def _after(moment: float, times: Sequence[float]) -> float | None:
    later = [at - moment for at in times if at > moment]
    return round(min(later), 2) if later else None


def _of_jobs(callers: Callers, facts: JobFacts) -> dict[str, Any]:
    admitted = set(callers.admitted)
    return {
        "jobs": len(admitted),
        "outcomes": dict(Counter(facts.statuses.values())),
        "problems of parts": dict(facts.problems),
        "problems unclear": sum(count for code, count in facts.problems.items() if code not in PASSING),
        "jobs lost": sum(facts.statuses.get(job) not in ENDED for job in admitted),
        "jobs nobody knows": len(facts.statuses.keys() - admitted),
        "requests given up": callers.given_up,
        "uploads twice": facts.uploads_twice,
    }


def _of_starts(log: Path, delivered: int) -> dict[str, Any]:
    starts = [line for line in log.read_text().splitlines() if line.startswith("start ")]
    return {
        "starts": len(starts),
        "double starts": len(starts) - len(set(starts)),
        "paid work lost": len(set(starts)) - delivered,
    }


def _of_answers(notes: Sequence[Note]) -> dict[str, Any]:
    live = [note for note in notes if note.what == "live"]
    flawed = Counter(f"{note.what}: {note.flaw}" for note in notes if note.flaw)
    return {
        "answers": len(notes),
        "problems told": dict(Counter(note.code for note in notes if note.status >= 400)),
        "connections broken": dict(Counter(note.code for note in notes if not note.status)),
        "flaws": dict(flawed),
        "answers flawed": flawed.total(),
        "live answers": len(live),
        "live not 200": sum(note.status != 200 for note in live),
    }


def _ready_again(notes: Sequence[Note]) -> bool:
    return [note for note in notes if note.what == "ready"][-1].is_good


ZERO = (
    *("jobs lost", "jobs nobody knows", "problems unclear", "requests given up", "paid work lost", "double starts"),
    *(
        "answers flawed",
        "live not 200",
        "uploads twice",
        "processes ended",
        "ledger sum",
        "ledger drift",
        "reserved",
        "tickets repeated",
    ),
    *("duplicate assets", "orphans after the sweep", "content missing"),
)


def is_sound(found: dict[str, Any]) -> bool:
    """Return whether nothing was lost, paid twice, left behind or told wrongly, and all came back by itself."""
    back = all(one["admitted again after (s)"] is not None for one in found["outages"])
    told = all(one["ready named it"] for one in found["outages"] if one["seconds"] > TELLS_AFTER_S)
    return back and told and found["ready at the end"] and all(found[name] == 0 for name in ZERO)


def served(ground: Served, *, restarts: int, down_s: float, s3_s: float, hang_s: float) -> list[Outage]:
    """Return what happens to a studio on PostgreSQL and S3."""
    modes: tuple[Mode, ...] = ("fast", "immediate")
    stops = [ground.restart(modes[number % 2], down_s) for number in range(restarts)]
    return [*stops, ground.refusing(s3_s), ground.hanging(hang_s)]


def main() -> None:
    """Run and print; exit 1 if anything is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--ground", choices=("embedded", "served"), default="served")
    asked.add_argument("--restarts", type=int, default=5)
    asked.add_argument("--down-seconds", type=float, default=2.0)
    asked.add_argument("--s3-seconds", type=float, default=30.0)
    asked.add_argument("--hang-seconds", type=float, default=10.0)
    asked.add_argument("--disk-seconds", type=float, default=15.0)
    asked.add_argument("--json", action="store_true")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.ground == "embedded":
            with Embedded(Path(folder)) as ground:
                found = run(ground, [ground.full(args.disk_seconds)])
        else:
            with Served(Path(folder)) as ground:
                outages = served(
                    ground,
                    restarts=args.restarts,
                    down_s=args.down_seconds,
                    s3_s=args.s3_seconds,
                    hang_s=args.hang_seconds,
                )
                found = run(ground, outages)
    print(json.dumps(found) if args.json else "\n".join(_lines(found)))
    raise SystemExit(0 if is_sound(found) else 1)


def _lines(found: dict[str, Any]) -> list[str]:
    outages = [", ".join(f"{name} {value}" for name, value in one.items()) for one in found["outages"]]
    return outages + [f"{name:26} {value}" for name, value in found.items() if name != "outages"]


if __name__ == "__main__":
    main()
