"""How fast the studio starts and what it costs while nobody asks: `python -m bench.idle [--seconds 60]`."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import httpx2
import psutil

from bench.studio import Studio, free_port


def group(session: int) -> list[psutil.Process]:
    """Return the processes of a studio."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == session:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def cpu_seconds(processes: list[psutil.Process]) -> dict[int, float]:
    """Return the CPU seconds that each process has used."""
    return {one.pid: sum(one.cpu_times()[:2]) for one in processes}


def main() -> None:
    """Start, make one picture, stay idle, and print seconds, megabytes and CPU."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    seconds = asked.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        own = {"IMAGE_STUDIO_DATA_DIR": str(data)}
        studio = Studio(command=["-m", "backend.cli", "serve"], settings=own, data=data, port=free_port())
        first = studio.start()
        begun = time.monotonic()
        httpx2.get(f"{studio.url}/").raise_for_status()
        page = first + time.monotonic() - begun
        studio.stop()
        again = studio.start()
        try:
            body = {"prompt": "a quiet sea", "template_id": "instagram_feed_square", "response_format": "url"}
            httpx2.post(
                f"{studio.url}/api/image-studio/create", json=body, headers=studio.headers(), timeout=60
            ).raise_for_status()
            time.sleep(seconds + 5)
            assert studio.process
            before = cpu_seconds(group(studio.process.pid))
            time.sleep(10)
            processes = group(studio.process.pid)
            after = cpu_seconds(processes)
            cpu = sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items()) / 10
            memory = sum(one.memory_full_info().pss for one in processes) / 1e6
        finally:
            studio.stop()
    print(f"first start to a served page   {page:6.2f} s    target 5")
    print(f"later start to an answer       {again:6.2f} s    target 3")
    print(f"idle memory, PSS of the group  {memory:6.0f} MB   target 250   ({len(processes)} processes)")
    print(f"idle CPU                       {cpu:6.1%} of a core   target 5 %")


if __name__ == "__main__":
    main()
