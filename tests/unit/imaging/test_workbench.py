import asyncio
import os
import signal

import numpy as np
import psutil
import pytest

from backend.errors import InvalidImage, NotFound, TooLarge, UnsupportedFormat, WorkerOverrun
from backend.imaging.forkserver import Limits
from backend.imaging.workbench import Workbench
from tests.unit.imaging.chores import (
    double,
    hang,
    hog,
    not_found,
    processes,
    remember,
    until,
)
from tests.unit.imaging.pictures import file_of, gradient

pytestmark = pytest.mark.slow

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


async def test_what_an_engine_made_may_be_larger_than_what_comes_from_outside(workbench):
    data = file_of(np.zeros((7200, 7000), np.uint8), "PNG")
    with pytest.raises(TooLarge):
        await workbench.inspect(data)
    assert (await workbench.inspect_made(data)).size.pixels == 7200 * 7000


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


async def test_computing_steps_back_behind_whoever_answers_requests(workbench):
    assert await workbench.run(os.nice, 0) == min(os.nice(0) + 5, 19)


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


async def test_refusals_keep_their_fields(workbench):
    with pytest.raises(TooLarge) as refused:
        await workbench.inspect(bytes(50 * 2**20 + 1))
    assert refused.value.limit == "52428800 bytes"
