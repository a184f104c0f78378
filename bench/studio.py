"""Starts a studio of its own for a measurement, and stops it in whatever way the measurement wants."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Studio:
    """A server process on a data folder."""

    data: Path
    port: int
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start it and return the seconds until it answered."""
        begun = time.monotonic()
        environment = {**os.environ, "IMAGE_STUDIO_DATA_DIR": str(self.data), "IMAGE_STUDIO_LOG__LEVEL": "WARNING"}
        self.process = subprocess.Popen(
            [sys.executable, *self.command, "--port", str(self.port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() - begun > 60:
                raise SystemExit("the studio did not start")
            time.sleep(0.02)
        return time.monotonic() - begun

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/api/image-studio/health", timeout=5).status_code == 200
        except httpx2.HTTPError:
            return False

    def headers(self) -> dict[str, str]:
        """Return the credentials of this machine."""
        return {"Authorization": f"Bearer {json.loads((self.data / 'server.json').read_text())['token']}"}

    def kill(self, *, group: bool) -> None:
        """Kill it at once: the whole process group, or the parent alone."""
        assert self.process
        if group:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Stop it in order."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


def stub(data: Path, *arguments: str) -> Studio:
    """Return a studio with a stub engine."""
    return Studio(data=data, port=free_port(), command=["-m", "bench.stub_server", *arguments])
