"""The services of compose.scale.yaml, each as a process with the environment and the command that stand there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.fakes.composed import DEPLOY, example, services
from tests.ground.objects import KEY_ID, SECRET
from tests.ground.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ground.objects import ObjectServer
    from tests.ground.postgres import Cluster

ROOT = DEPLOY.parent
PATIENCE_S = 90.0
OWN = {"SITE": "studio.example.org", "POSTGRES_PASSWORD": "p", "IMAGE_STUDIO_SECRET_KEY": "0123456789abcdef" * 4}


class Composed:
    """Services that run, each in a data folder of its own that is empty at the start."""

    def __init__(self, folder: Path, changed: dict[str, str]) -> None:
        self._folder = folder
        self._changed = changed
        self._services = services(
            "compose.scale.yaml", {**example(), **OWN, "STORE_KEY_ID": KEY_ID, "STORE_SECRET": SECRET}
        )
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.port = free_port()

    def start(self, service: str, name: str) -> subprocess.Popen[bytes]:
        """Start one container of a service."""
        said: dict[str, Any] = self._services[service]
        own = {"IMAGE_STUDIO_DATA_DIR": str(self._folder / name), "PYTHONUNBUFFERED": "1"}
        env = {**os.environ, **said["environment"], **self._changed, **own}
        command = said.get("command", ["serve", "--host", "127.0.0.1", "--port", str(self.port)])
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "backend.cli", *command], cwd=ROOT, env=env, stdout=log, stderr=log
            )
        self.running[name] = process
        return process

    def log(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text()

    def stop(self, name: str) -> int:
        self.running[name].send_signal(signal.SIGTERM)
        return self.running.pop(name).wait(PATIENCE_S)


@pytest.fixture
def composed(cluster: Cluster, objects: ObjectServer, tmp_path: Path) -> Iterator[Composed]:
    changed = {
        "DATABASE_URL": cluster.database(),
        "IMAGE_STUDIO_STORAGE__URL": f"s3://{objects.bucket()}",
        "IMAGE_STUDIO_STORAGE__ENDPOINT": objects.endpoint,
    }
    made = Composed(tmp_path, changed)
    yield made
    for process in made.running.values():
        process.kill()
        process.wait()


def answered(url: str, *, within_s: float = PATIENCE_S) -> httpx2.Response:
    """Return the first answer of 200."""
    until = time.monotonic() + within_s
    while True:
        try:
            found = httpx2.get(url)
        except httpx2.TransportError:
            found = None
        if found is not None and found.status_code == 200:
            return found
        assert time.monotonic() < until, f"{url} does not answer: {found.text if found is not None else 'nothing'}"


def test_what_is_composed_makes_pictures_and_ends_well(composed: Composed) -> None:
    assert composed.start("migrate", "migrate").wait(PATIENCE_S) == 0, composed.log("migrate")
    del composed.running["migrate"]
    names = {"server": "server", "worker-1": "worker", "worker-2": "worker"}
    for name, service in names.items():
        composed.start(service, name)
    url = f"http://127.0.0.1:{composed.port}"
    answered(f"{url}/api/health/live")
    answered(f"{url}/api/health/ready")
    link = next(line for line in composed.log("server").splitlines() if "/signin?token=" in line).strip()
    assert link.startswith("https://studio.example.org/signin")
    with httpx2.Client(base_url=url, timeout=PATIENCE_S) as client:
        token = client.post("/api/auth/link", json={"token": link.partition("token=")[2]}).json()["token"]
        form = {"prompt": "A lighthouse", "width": 128, "height": 128, "num_variations": 2}
        answer = client.post("/api/image-studio/create", json=form, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        for one in answer.json()["results"]:
            assert client.get(one["url"]).headers["Content-Type"].startswith("image/")
    assert "job" not in composed.log("server"), "the server ran it, not a worker"
    assert {name: composed.stop(name) for name in names} == dict.fromkeys(names, 0)
