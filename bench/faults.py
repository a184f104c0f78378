"""Plays all that can go wrong with a vendor to a real studio: `python -m bench.faults [--vendor V]… [--kills N]`.

For each vendor a studio in a process of its own, whose only other engine is the local one. Each fault meets a picture
that is asked of the vendor by name and one of `auto`; in every `--kills`-th case the studio is killed in the middle and
started again. Every job must end in a picture, of whatever engine, or with nothing charged. What the fake vendors got
says whether any work was paid twice; what the tables say, whether any charge is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

from bench import examination, fault_facts
from bench.studio import Studio, free_port
from tests.fakes.provider_server import serving
from tests.fakes.provider_server.faults import FAULTS
from tests.fakes.provider_server.server import VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.fakes.provider_server import Fake
    from tests.fakes.provider_server.vendor import Vendor

CREATE = "/api/image-studio/create"
DEADLINE_S = 20
"""Of a job: who never answers is given up then."""
STUCK_S = DEADLINE_S + 20
ENDED = {"done", "failed", "cancelled"}
NOTHING_TAKEN = {
    *("busy", "busy_untold", "busy_long", "busy_until", "revoked", "broke", "forbidden", "twice", "too_large"),
    *("down", "error_500", "redirect", "reset"),
}
"""Faults at which the vendor has not begun anything: after them it may be asked again.

`reset` too: nothing was done there; but the studio can't know, so it must not show in what it sends.
"""
ZERO = ("stuck", "double submits", "wrong charges", "unexplained", "ledger sum", "ledger drift", "reserved")


@dataclass
class Found:
    """What came of one vendor's cases."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    """By fault: how many jobs ended in the vendor's picture, another's, or a refund."""
    counts: Counter[str] = field(default_factory=Counter)


class Cases:
    """One vendor's studio, and what happens to it."""

    def __init__(self, vendor: Vendor, fake: Fake, folder: Path, rng: random.Random) -> None:
        self.vendor, self.fake, self.rng, self.folder = vendor, fake, rng, folder
        settings = dict(line.split("=", 1) for line in vendor.environment(fake.url))
        engine = f"IMAGE_STUDIO_PROVIDERS__{vendor.name.upper()}__"
        settings |= {
            f"{engine}PER_MINUTE": "10000",
            f"{engine}CONCURRENCY": "20",
            "IMAGE_STUDIO_JOBS__DEADLINE_S": str(DEADLINE_S),
            "IMAGE_STUDIO_JOBS__TICKET_S": "6",
            "IMAGE_STUDIO_JOBS__PAUSE_S": "2",
            "IMAGE_STUDIO_JOBS__RETRIES": "1",
            "IMAGE_STUDIO_DATA_DIR": str(folder / "data"),
            "IMAGE_STUDIO_LOG__LEVEL": "ERROR",
        }
        self.studio = Studio(
            command=["-m", "bench.vendor_server"], settings=settings, data=folder / "data", port=free_port()
        )
        self.found = Found()

    async def run(self, faults: Sequence[str], kills: int) -> Found:
        """Play the faults, and look into the tables at the end."""
        await asyncio.to_thread(self.studio.start)
        try:
            for number, fault in enumerate(faults):
                await self._case(number, fault, kill=bool(kills) and number % kills == kills - 1)
        finally:
            await asyncio.to_thread(self.studio.stop)
        database = f"sqlite:///{self.studio.data / 'studio.db'}"
        facts = await examination.examine(database, (self.studio.data / "files").resolve().as_uri())
        self.found.counts["wrong charges"] = await fault_facts.wrong_charges(database)
        for name in ("ledger sum", "ledger drift", "reserved", "calls"):
            self.found.counts[name] = facts[name]
        return self.found

    async def _case(self, number: int, fault: str, *, kill: bool) -> None:
        self.fake.record.clear()
        async with self._client() as client:
            (await client.post("/bench/forget")).raise_for_status()
            jobs = [await self._submitted(client, number, fault, who) for who in (self.vendor.name, "auto")]
        if kill:
            await asyncio.sleep(self.rng.uniform(0.05, 1.0))
            await asyncio.to_thread(self.studio.kill, group=True)
            await asyncio.to_thread(self.studio.start)
        views = await self._ended(list(filter(None, jobs)))
        told = Counter(_outcome(view, self.vendor.name) for view in views)
        told["refused at the door"] += jobs.count("")
        self.found.outcomes[f"{fault}{' (killed)' if kill else ''}"] = +told
        self.found.counts["jobs"] += len(views)
        self.found.counts["kills"] += kill
        self.found.counts["stuck"] += told["stuck"]
        self.found.counts["unexplained"] += told["unexplained"]
        self.found.counts["double submits"] += self._doubled()

    def _client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.studio.url, headers=self.studio.headers(), timeout=30)

    async def _submitted(self, client: httpx2.AsyncClient, number: int, fault: str, who: str) -> str:
        """Return the job; empty where nobody can do it, which is said before anything is charged."""
        body = {
            "prompt": f"case-{number}-{who} [scenario:{fault}]",
            "provider": who,
            "aspect_ratio": "1:1",
            "enhance_prompt": False,
        }
        answer = await client.post(CREATE, json=body, headers={"Prefer": "respond-async"})
        if answer.status_code == 503 and answer.json()["code"] == "no-provider":
            return ""
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    async def _ended(self, jobs: list[str]) -> list[dict[str, Any]]:
        views: dict[str, dict[str, Any]] = {}
        until = time.monotonic() + STUCK_S
        async with self._client() as client:
            while True:
                for job in jobs:
                    if views.get(job, {}).get("status") not in ENDED:
                        views[job] = (await client.get(f"/api/jobs/{job}")).json()
                if all(view["status"] in ENDED for view in views.values()) or time.monotonic() > until:
                    return list(views.values())
                await asyncio.sleep(0.1)

    def _doubled(self) -> int:
        """Return how often the vendor was sent something again that it may have begun before."""
        taken: set[bytes] = set()
        doubled = 0
        for one in self.fake.record.begun():
            found = re.search(rb"case-\d+-\w+", one.body)
            case = found[0] if found else b""
            doubled += case in taken
            if one.fault not in NOTHING_TAKEN - {"reset"}:
                taken.add(case)
        return doubled


def _outcome(view: dict[str, Any], vendor: str) -> str:
    """Return in what a job ended."""
    if view["status"] not in ENDED:
        return "stuck"
    if view["status"] == "done":
        return "picture" if view["provider"] == vendor else "fallback"
    charged = view["cost"]["captured"] or view["cost"]["reserved"]
    return "unexplained" if charged or not view["problem"] else "refund"


async def measure(names: Sequence[str], kills: int, seed: int, only: Sequence[str]) -> dict[str, Found]:
    """Return what came of each vendor's cases."""
    rng, found = random.Random(seed), dict[str, Found]()
    for vendor in VENDORS:
        if names and vendor.name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            async with serving() as fake:
                cases = Cases(vendor, fake, Path(folder), rng)
                found[vendor.name] = await cases.run([name for name in FAULTS if not only or name in only], kills)
        for line in _table(vendor.name, found[vendor.name]):
            print(line, flush=True)
    return found


def _table(vendor: str, found: Found) -> Iterator[str]:
    yield f"\n{vendor}"
    for fault, told in found.outcomes.items():
        yield f"  {fault:30} {', '.join(f'{count} {name}' for name, count in told.items())}"
    yield "  " + ", ".join(f"{name} {count}" for name, count in found.counts.items())


def main() -> None:
    """Run and print; exit 1 if anything is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--vendor", action="append", default=[])
    asked.add_argument("--fault", action="append", default=[])
    asked.add_argument("--kills", type=int, default=4, help="kill in every so many-th case; 0: never")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", type=Path)
    args = asked.parse_args()
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # the fake breaks its lines on purpose
    found = asyncio.run(measure(args.vendor, args.kills, args.seed, args.fault))
    if args.json:
        args.json.write_text(json.dumps({name: vars(one) for name, one in found.items()}, indent=1))
    wrong = {vendor: {name: one.counts[name] for name in ZERO if one.counts[name]} for vendor, one in found.items()}
    print("\n" + ", ".join(f"{vendor}: {told or 'sound'}" for vendor, told in wrong.items()))
    raise SystemExit(any(wrong.values()))


if __name__ == "__main__":
    main()
