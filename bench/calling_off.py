"""How soon work of the local engine that is called off has ended: `python -m bench.calling_off`.

Every kind of job is called off at three moments while its child computes, and last four at once. Measured is how long
after the answer to that the child is gone, or computes no more. No child may compute on, and credits that were reserved
have to be free again: the engine has a price here, or nothing would be reserved. Ends with 1 where an aim is missed.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

import psutil

from bench.idle import group
from bench.local_jobs import ENDED, KINDS, Caller, say, served

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.studio import Studio

STOP_S = 1.0
STILL_S = 0.5
"""A child that has computed nothing for so long waits for other work."""
MOMENTS_S = (0.2, 0.6, 1.2)
"""After so much processor time a job is called off."""
TOO_LATE = 409
TOGETHER = ("erase", "upscale", "outpaint", "outpaint")


class Children:
    """The processes in which a server has its computing done."""

    def __init__(self, studio: Studio) -> None:
        assert studio.process
        self._session = studio.process.pid

    def used(self) -> dict[int, float]:
        """Return the processor time of each child so far, in seconds."""
        servers = {one.pid for one in group(self._session) if "-I" in _command(one)}
        found: dict[int, float] = {}
        for one in group(self._session):
            with contextlib.suppress(psutil.NoSuchProcess):
                if one.ppid() in servers:
                    found[one.pid] = sum(one.cpu_times()[:2])
        return found

    def spent(self, before: Mapping[int, float]) -> float:
        """Return the processor time since then, in seconds."""
        return sum(used - before.get(pid, 0.0) for pid, used in self.used().items())

    async def busy(self) -> list[int]:
        """Return the children that compute right now."""
        before = self.used()
        await asyncio.sleep(0.08)
        return [pid for pid, used in self.used().items() if used > before.get(pid, 0.0)]

    async def stopped(self, pids: Sequence[int]) -> float:
        """Return the seconds until each of these was gone, or computed no more; at most ten."""
        begun = last = time.monotonic()
        used = self.used()
        while (now := time.monotonic()) < begun + 10:
            await asyncio.sleep(0.01)
            fresh = self.used()
            there = [pid for pid in pids if pid in fresh]
            if not there:
                return now - begun
            if any(fresh[pid] > used.get(pid, 0.0) for pid in there):
                last = now
            elif now > last + STILL_S:
                return last - begun
            used = fresh
        return time.monotonic() - begun


async def calling_off(caller: Caller, children: Children) -> list[str]:
    """Call every kind of job off while it computes, print how soon it was over, and return what was wrong."""
    wrong: list[str] = []
    for name in KINDS:
        times = [await _called_off(caller, children, (name,), after, wrong) for after in MOMENTS_S]
        caught = [one for one in times if one]
        say(f"{name}, over after ({len(caught)} times)", max(caught) * 1000, "ms", f"< {STOP_S * 1000:g}")
    together = await _called_off(caller, children, TOGETHER, MOMENTS_S[1], wrong)
    say("four at once, all over after", together * 1000, "ms", f"< {STOP_S * 1000:g}")
    return wrong


async def _called_off(
    caller: Caller, children: Children, names: Sequence[str], after: float, wrong: list[str]
) -> float:
    """Return the seconds until the children of some jobs were gone that were called off after so much work."""
    before = children.used()
    jobs = [await caller.admit(name, turn) for turn, name in enumerate(names)]
    while children.spent(before) < after * len(jobs):
        await asyncio.sleep(0.01)
        if all([(await caller.job(job))["status"] in ENDED for job in jobs]):
            return 0.0  # there is not so much work in it
    computing, reserved = await children.busy(), await _reserved(caller)
    answers = [await caller.client.delete(f"/api/jobs/{job}") for job in jobs]
    seconds = await children.stopped(computing) if all(one.is_success for one in answers) else 0.0
    ended = [(await caller.end(job, 0.02))["status"] for job in jobs]
    if any(one.status_code == TOO_LATE for one in answers):
        return 0.0
    left, still = await _reserved(caller), await children.busy()
    if not computing or set(ended) != {"cancelled"} or seconds > STOP_S or still or left or reserved != len(jobs):
        wrong.append(
            f"{'+'.join(names)} after {after} s: {len(computing)} children computed, over after {seconds:.2f} s,"
            f" {ended}, {len(still)} compute on, {reserved} credits reserved before and {left} after"
        )
    return seconds


async def _reserved(caller: Caller) -> float:
    account = (await caller.client.get("/api/account")).raise_for_status().json()
    return float(account["credits"]["reserved"])


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


async def measured() -> list[str]:
    """Measure, print, and return what is wrong."""
    wrong: list[str] = []
    async with served(["-m", "bench.priced_server"], wrong) as (studio, caller):
        wrong += await calling_off(caller, Children(studio))
    return wrong


def main() -> None:
    """Measure, print, and end with 1 where an aim is missed."""
    wrong = asyncio.run(measured())
    print("\n".join(f"WRONG  {one}" for one in wrong))
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
