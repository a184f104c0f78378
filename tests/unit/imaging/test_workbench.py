import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import psutil
import pytest

from backend.errors import InvalidImage, MachineTrouble, NotFound, TooLarge, UnsupportedFormat, WorkerOverrun
from backend.imaging.forkserver import Limits
from backend.imaging.workbench import Workbench
from tests.unit.imaging.pictures import file_of, gradient


@pytest.fixture
async def workbench():
    bench = Workbench(idle_s=5)
    yield bench
    await bench.aclose()


def processes():
    return psutil.Process().children(recursive=True)


async def until(holds):
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - other processes set no events of ours
            await asyncio.sleep(0.005)


# --- what the children of the pool do -------------------------------------------------------------------------------


def double(array):
    return array * 2


def not_found():
    raise NotFound(detail="gone")


def hog(megabytes):
    return len(bytearray(megabytes * 2**20))


def hang():
    signal.pause()


def environment():
    return dict(os.environ)


def threads():
    import cv2

    return threading.active_count(), len(list(Path("/proc/self/task").iterdir())), cv2.getNumThreads()


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


def imported():
    return sorted(sys.modules)


CACHE = {}


def remember(key, value):
    CACHE.setdefault(key, value)
    return CACHE[key]


# --- inspecting -----------------------------------------------------------------------------------------------------


async def test_a_picture_comes_back_inspected(workbench):
    found = await workbench.inspect(file_of(gradient(), "PNG"))
    assert (found.mime, found.size.width, found.size.height) == ("image/png", 64, 48)
    assert found.thumbnail[:4] == b"RIFF"


async def test_what_is_no_picture_is_refused_without_starting_a_process(workbench):
    with pytest.raises(UnsupportedFormat):
        await workbench.inspect(b"%PDF-1.7")
    assert processes() == []


async def test_a_broken_picture_is_refused_as_itself_across_the_process_border(workbench):
    with pytest.raises(InvalidImage, match="cut off"):
        await workbench.inspect(file_of(gradient(800, 600), "JPEG")[:-3000])


async def test_each_inspection_has_a_child_of_its_own_that_is_gone_afterwards(workbench):
    await asyncio.gather(*(workbench.inspect(file_of(gradient(), "WEBP")) for _ in range(6)))
    await until(lambda: len(processes()) == 1)


async def test_a_decoder_short_of_memory_is_an_overrun_and_the_next_picture_is_fine():
    bench = Workbench(decoder=Limits(address_space=180 * 2**20, cpu_s=20))
    try:
        with pytest.raises(WorkerOverrun):
            await bench.inspect(file_of(np.zeros((6000, 6000, 3), np.uint8), "PNG"))
        assert (await bench.inspect(file_of(gradient(8, 8), "PNG"))).size.width == 8
    finally:
        await bench.aclose()


async def test_a_decoder_that_takes_too_long_is_stopped():
    bench = Workbench(decode_timeout_s=0.05)
    try:
        with pytest.raises(WorkerOverrun):
            await bench.inspect(file_of(np.zeros((6000, 6000, 3), np.uint8), "PNG"))
        await until(lambda: len(processes()) <= 1)
    finally:
        await bench.aclose()


@pytest.mark.parametrize(("blow", "error"), [(signal.SIGSEGV, InvalidImage), (signal.SIGKILL, WorkerOverrun)])
async def test_a_decoder_that_crashes_harms_nobody_else(workbench, blow, error):
    await workbench.inspect(file_of(gradient(), "PNG"))
    (server,) = psutil.Process().children()
    work = asyncio.ensure_future(workbench.inspect(file_of(np.zeros((6000, 6000, 3), np.uint8), "PNG")))
    await until(lambda: server.children() or work.done())
    server.children()[0].send_signal(blow)
    with pytest.raises(error):
        await work
    assert (await workbench.inspect(file_of(gradient(), "PNG"))).mime == "image/png"


async def test_cancelling_an_inspection_kills_its_child(workbench):
    await workbench.inspect(file_of(gradient(), "PNG"))
    (server,) = psutil.Process().children()
    work = asyncio.ensure_future(workbench.inspect(file_of(np.zeros((6000, 6000, 3), np.uint8), "PNG")))
    await until(server.children)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await until(lambda: not server.children())


# --- our own functions ----------------------------------------------------------------------------------------------


async def test_arrays_travel_both_ways_and_stay_writable(workbench):
    doubled = await workbench.run(double, np.arange(300_000, dtype=np.uint32))
    assert doubled[-1] == 599_998
    doubled[0] = 1


async def test_a_child_is_used_again(workbench):
    assert await workbench.run(os.getpid) == await workbench.run(os.getpid)


async def test_two_calls_run_side_by_side_and_a_third_waits(workbench):
    pids = await asyncio.gather(*(workbench.run(os.getpid) for _ in range(8)))
    assert len(set(pids)) <= 2


async def test_errors_of_ours_arrive_as_themselves(workbench):
    with pytest.raises(NotFound, match="gone"):
        await workbench.run(not_found)


async def test_other_errors_arrive_with_the_childs_traceback(workbench):
    with pytest.raises(RuntimeError, match="invalid literal"):
        await workbench.run(int, "x")
    assert await workbench.run(int, "7") == 7


async def test_too_much_memory_is_an_overrun(workbench):
    with pytest.raises(WorkerOverrun, match="memory"):
        await workbench.run(hog, 3000)
    assert await workbench.run(hog, 1) == 2**20


async def test_too_much_time_is_an_overrun_and_the_child_is_killed(workbench):
    pid = await workbench.run(os.getpid)
    with pytest.raises(WorkerOverrun, match=r"0\.1 seconds"):
        await workbench.run(hang, timeout_s=0.1)
    await until(lambda: not psutil.pid_exists(pid))


async def test_a_crash_is_an_overrun_and_the_pool_goes_on(workbench):
    with pytest.raises(WorkerOverrun, match="SIGABRT"):
        await workbench.run(os.abort)
    assert await workbench.run(int, "7") == 7


async def test_an_idle_child_that_died_is_not_used(workbench):
    pid = await workbench.run(os.getpid)
    os.kill(pid, signal.SIGKILL)
    await until(lambda: not psutil.pid_exists(pid))
    assert await workbench.run(os.getpid) != pid


async def test_cancelling_a_call_kills_its_child(workbench):
    pid = await workbench.run(os.getpid)
    work = asyncio.ensure_future(workbench.run(hang))
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


async def test_models_stay_in_the_memory_of_their_one_child(workbench):
    assert await workbench.run_model(remember, "model", 1) == 1
    assert await workbench.run_model(remember, "model", 2) == 1


async def test_idle_children_end():
    bench = Workbench(idle_s=0.05)
    try:
        pid = await bench.run(os.getpid)
        await until(lambda: not psutil.pid_exists(pid))
        assert await bench.run(os.getpid) != pid
    finally:
        await bench.aclose()


# --- what children are ----------------------------------------------------------------------------------------------


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


async def test_refusals_keep_their_fields(workbench):
    with pytest.raises(TooLarge) as refused:
        await workbench.inspect(bytes(50 * 2**20 + 1))
    assert refused.value.limit == "52428800 bytes"
