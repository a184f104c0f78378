"""What a maker is given: a photograph, windows and sizes; and how it talks to the bench.

On a line `run` a maker makes all files in memory and answers, as JSON, wall and CPU seconds, bytes, and the most memory
it has held so far; on `keep FOLDER` it makes them once more and leaves them there.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from collections.abc import Callable

QUALITY = 85


@dataclass(frozen=True, slots=True)
class Job:
    """The bytes of a JPEG, and for each file which box of it is wanted at which size."""

    source: bytes
    wanted: tuple[tuple[Box, Size], ...]


def read_job(path: str) -> Job:
    """Return the job that the bench has written."""
    told = json.loads(Path(path).read_text("utf-8"))
    wanted = tuple((Box(*box), Size(*size)) for box, size in told["wanted"])
    return Job(Path(told["source"]).read_bytes(), wanted)


def _most_held() -> float:
    """Return megabytes; what the system counts for a process begins with those of the one that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text("utf-8").splitlines() if "VmHWM" in line)


def serve(make: Callable[[], list[bytes]]) -> None:
    """Make the files as often as the input says so."""
    for line in sys.stdin:
        order, _, folder = line.strip().partition(" ")
        wall, cpu = time.perf_counter(), time.process_time()
        files = make()
        told = {
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "bytes": sum(len(file) for file in files),
            "files": len(files),
            "rss": _most_held(),
        }
        if order == "keep":
            for number, file in enumerate(files):
                (Path(folder) / f"{number}.jpg").write_bytes(file)
        print(json.dumps(told), flush=True)
