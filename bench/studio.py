"""Starts a studio of its own for a measurement, and stops it in whatever way the measurement wants."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A process of a studio, and whatever it started."""

    command: Sequence[str]
    settings: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None

    def spawn(self, *more: str) -> subprocess.Popen[bytes]:
        """Start it."""
        environment = {**os.environ, "IMAGE_STUDIO_LOG__LEVEL": "WARNING", **self.settings}
        self.process = subprocess.Popen(
            [sys.executable, *self.command, *more],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self.process

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
            self.process.wait(60)


@dataclass
class Studio(Process):
    """A server process on a data folder."""

    data: Path = Path()
    port: int = 0
    said: str = ""
    """The last word on its health."""

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *more: str) -> float:
        """Start it and return the seconds until it answered."""
        begun = time.monotonic()
        process = self.spawn("--port", str(self.port), *more)
        while not self._answers():
            if process.poll() is not None or time.monotonic() - begun > 60:
                raise SystemExit(f"the studio did not start: {self.said}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def _answers(self) -> bool:
        try:
            answer = httpx2.get(f"{self.url}/api/image-studio/health", timeout=5)
        except httpx2.HTTPError as error:
            self.said = str(error)
            return False
        self.said = answer.text
        return answer.status_code == 200

    def headers(self) -> dict[str, str]:
        """Return the credentials of this machine."""
        return {"Authorization": f"Bearer {json.loads((self.data / 'server.json').read_text())['token']}"}


@dataclass
class Worker(Process):
    """A process that runs jobs."""

    def start(self, *more: str) -> float:
        """Start it; it joins by itself."""
        self.spawn(*more)
        return 0.0


def real(data: Path, settings: Mapping[str, str] | None = None) -> Studio:
    """Return a studio as people run it, not started."""
    own = {"IMAGE_STUDIO_DATA_DIR": str(data), **(settings or {})}
    return Studio(command=["-m", "backend.cli", "serve"], settings=own, data=data, port=free_port())


@contextmanager
def running() -> Generator[Studio]:
    """Yield a studio as people run it, with nothing in it; it is stopped and forgotten afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        studio = real(Path(folder) / "data")
        studio.start()
        try:
            yield studio
        finally:
            studio.stop()


def stub(data: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> Studio:
    """Return a studio with a stub engine."""
    own = {"IMAGE_STUDIO_DATA_DIR": str(data), **(settings or {})}
    return Studio(command=["-m", "bench.stub_server", *arguments], settings=own, data=data, port=free_port())


def stub_worker(data: Path, *arguments: str, settings: Mapping[str, str]) -> Worker:
    """Return a worker with a stub engine."""
    own = {"IMAGE_STUDIO_DATA_DIR": str(data), **settings}
    return Worker(command=["-m", "bench.stub_worker", *arguments], settings=own)
