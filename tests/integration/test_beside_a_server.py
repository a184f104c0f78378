"""A command beside a running server goes through it: nothing that is paid for happens twice."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bench.studio import ROOT, stub


@pytest.fixture
def served(ground, tmp_path):
    log = tmp_path / "starts.log"
    ways = ("--mode", "ticket", "--seconds", "1.5", "--log", str(log))
    studio = stub(tmp_path / "data", *ways, settings=ground.environment(tmp_path / "data"))
    studio.start()
    yield studio, log
    studio.stop()


def test_commands_beside_a_busy_server_start_no_paid_call_again(served, tmp_path):
    studio, log = served
    environment = {**os.environ, **studio.settings}
    create = [
        sys.executable,
        "-m",
        "backend.cli",
        "create",
        "--size",
        "64x64",
        "-n",
        "2",
        "--out",
        str(tmp_path / "out"),
    ]
    running = [
        subprocess.Popen([*create, f"order {n}"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for n in range(3)
    ]
    doctor = subprocess.run(
        [sys.executable, "-m", "backend.cli", "doctor", "--json"], cwd=ROOT, env=environment, check=False, timeout=60
    )
    assert doctor.returncode in {0, 1}
    assert [one.wait(90) for one in running] == [0, 0, 0]
    starts = [line for line in log.read_text().splitlines() if line.startswith("start ")]
    assert len(starts) == len(set(starts)) == 6
    assert len(list((tmp_path / "out").iterdir())) == 6
