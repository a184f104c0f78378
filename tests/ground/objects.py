"""An S3 of our own: moto's server in a process of its own, with everything in its memory."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.ground.ports import free_port

if TYPE_CHECKING:
    from tempfile import _TemporaryFileWrapper

PATIENCE_S = 60.0
PAUSE_S = 0.05
SERVER = """
import os, sys, threading
from moto.server import main

def guard():
    sys.stdin.read()
    os._exit(0)

threading.Thread(target=guard, daemon=True).start()
main()
"""
"""Ends when whoever started it closes the pipe, or is gone."""
KEY_ID, SECRET, REGION = "ground", "ground-secret", "us-east-1"
"""It takes any."""


class ObjectServer:
    """A server that runs from entering to leaving. A server that was stopped has forgotten everything."""

    def __init__(self) -> None:
        self._port = free_port()
        self._log: _TemporaryFileWrapper[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._names = count(1)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def endpoint(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._log = tempfile.NamedTemporaryFile(prefix="image-studio-s3-", suffix=".log")  # noqa: SIM115 - open until `stop`
        environment = os.environ | {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
        command = [sys.executable, "-W", "ignore", "-c", SERVER, "-p", str(self._port)]
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                self._ask("GET", "moto-api/data.json")
                return
            time.sleep(PAUSE_S)
        raise RuntimeError(f"The object server did not start:\n{self.log_text()}")

    def stop(self) -> None:
        """Stop it and wait until it has ended; nothing happens if it does not run."""
        if self._process is not None and self._process.stdin:
            self._process.stdin.close()
            self._process.wait(PATIENCE_S)
            self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None

    def bucket(self) -> str:
        """Make an empty bucket and return its name."""
        name = f"studio-{next(self._names)}"
        self._ask("PUT", name)
        return name

    def storage(self) -> dict[str, str | bool]:
        """Make an empty bucket and return the values that `StorageSettings` takes to use it."""
        return {
            "url": f"s3://{self.bucket()}",
            "endpoint": self.endpoint,
            "access_key_id": KEY_ID,
            "secret_access_key": SECRET,
            "region": REGION,
            "allow_http": True,
        }

    def log_text(self) -> str:
        """Return what it has logged so far."""
        if self._log is None:
            return ""
        return Path(self._log.name).read_text(encoding="utf-8", errors="replace")

    def _ask(self, method: str, path: str) -> None:
        request = urllib.request.Request(f"{self.endpoint}/{path}", method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            answer.read()
