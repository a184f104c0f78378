import asyncio
import os
import subprocess
import sys

import psutil
import pytest

from backend.errors import MachineTrouble
from backend.imaging.workbench import Workbench
from tests.unit.imaging.chores import (
    environment,
    hang,
    open_files,
    processes,
    threads,
    until,
)

pytestmark = pytest.mark.slow


async def test_nothing_is_started_before_it_is_needed(workbench):
    assert processes() == []


async def test_children_see_no_secrets_of_the_environment(monkeypatch, workbench):
    monkeypatch.setenv("STABILITY_API_KEY", "canary-4711")
    seen = await workbench.run(environment)
    assert "canary-4711" not in str(seen)
    assert seen["OMP_NUM_THREADS"] == "1"


async def test_children_inherit_none_of_our_files_and_sockets(tmp_path, workbench):
    with (tmp_path / "lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        assert await workbench.run(open_files) <= 6  # stdin, stdout, stderr, the socket, and the listing itself


async def test_children_have_one_thread(workbench):
    assert await workbench.run(threads) == (1, 1, 1)


@pytest.mark.parametrize(
    ("process", "module", "heavy"),
    [
        ("the forkserver", "children, backend.imaging.inspect", {"cv2", "onnxruntime", "asyncio", "pydantic", "ssl"}),
        ("the studio", "workbench", {"cv2", "onnxruntime", "PIL", "numpy"}),
    ],
)
def test_no_process_loads_more_than_it_needs(process, module, heavy):
    script = f"import sys, backend.imaging.{module}; print(*({heavy} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not said.stdout.split(), process


async def test_after_a_lost_forkserver_the_next_call_starts_another(workbench):
    await workbench.run(os.getpid)
    forkserver = psutil.Process().children()[0]
    forkserver.kill()
    with pytest.raises(MachineTrouble):
        await workbench.run(hang)
    assert await workbench.run(int, "7") == 7


async def test_closing_ends_every_process():
    bench = Workbench()
    await bench.run(os.getpid)
    await bench.run_model(os.getpid)
    await bench.aclose()
    assert processes() == []


async def test_closing_ends_calls_under_way_and_refuses_later_ones():
    bench = Workbench()
    busy = asyncio.ensure_future(bench.run(hang))
    await until(lambda: len(processes()) == 2)
    await bench.aclose()
    with pytest.raises(MachineTrouble):
        await busy
    with pytest.raises(MachineTrouble, match="stopping"):
        await bench.run(int, "7")
    assert processes() == []


PARENT = """
import asyncio, os, signal
from backend.imaging.workbench import Workbench

async def main():
    bench = Workbench()
    pids = [await bench.run(os.getpid), await bench.run_model(os.getpid)]
    busy = asyncio.ensure_future(bench.run(signal.pause))
    pids.append(await bench.run(os.getppid))
    print(*pids, flush=True)
    await busy

asyncio.run(main())
"""


async def test_all_children_die_with_a_studio_that_is_killed():
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:  # noqa: ASYNC220 - starts at once
        pids = [int(pid) for pid in (await asyncio.to_thread(parent.stdout.readline)).split()]
        assert len(pids) == 3
        assert all(psutil.pid_exists(pid) for pid in pids)
        parent.kill()
    await until(lambda: not any(psutil.pid_exists(pid) for pid in pids))


async def test_children_die_with_a_forkserver_that_is_killed(workbench):
    pid = await workbench.run(os.getpid)
    psutil.Process().children()[0].kill()
    await until(lambda: not psutil.pid_exists(pid))
