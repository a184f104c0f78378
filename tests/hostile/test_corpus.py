"""Every hostile file gets a clean answer, soon, in little memory, and leaves nothing foreign behind."""

import asyncio
import threading

import psutil
import pytest
import pytest_asyncio

from backend.errors import StudioError, UnsupportedFormat
from backend.imaging.sniff import sniff
from backend.imaging.workbench import Workbench
from tests.hostile.corpus import CORPUS

in_one_loop = pytest.mark.asyncio(loop_scope="module")

SECONDS = 2.0
MEGABYTES = 600


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def workbench():
    bench = Workbench()
    await bench.inspect(CORPUS["png under the name of a jpeg"].build())
    yield bench
    await bench.aclose()


def seconds_of_children():
    """CPU seconds of this process, the forkserver and all its children that have ended: no neighbour can blur them."""
    mine, forkserver = psutil.Process().cpu_times(), psutil.Process().children()[0].cpu_times()
    return mine.user + mine.system + sum(forkserver)


async def answer(workbench, data):
    try:
        return await workbench.inspect(data)
    except StudioError as error:
        return error


def test_there_are_enough_of_them():
    assert len(CORPUS) >= 150


@in_one_loop
@pytest.mark.parametrize("name", CORPUS)
async def test_the_answer_is_the_expected_one_and_comes_soon(workbench, name):
    bad = CORPUS[name]
    data = bad.build()
    before = seconds_of_children()
    found = await answer(workbench, data)
    assert seconds_of_children() - before < SECONDS
    if isinstance(found, StudioError):
        assert isinstance(found, bad.refusals), repr(found)
        assert found.detail
        assert not isinstance(found, UnsupportedFormat) or found.found == bad.found
        return
    assert bad.accepted, f"accepted as {found.mime} {found.size}"
    assert sniff(found.data).size == found.size
    for left in bad.gone:
        assert left not in found.data
        assert left not in found.thumbnail


@in_one_loop
async def test_memory_stays_small_over_the_whole_corpus(workbench):
    built = [bad.build() for bad in CORPUS.values()]
    ours = psutil.Process()
    baggage = ours.memory_info().rss  # the corpus itself and the test tools
    servers = {p.pid for p in ours.children(recursive=True) if is_server(p)}
    most, done = [0], threading.Event()

    def watch():
        while not done.wait(0.01):
            family = [p for p in ours.children(recursive=True) if p.pid not in servers]
            most[0] = max(most[0], sum(resident(p) for p in (ours, *family)) - baggage)

    watcher = threading.Thread(target=watch)
    watcher.start()
    await asyncio.gather(*(answer(workbench, data) for data in built))
    done.set()
    watcher.join()
    assert most[0] / 1e6 < MEGABYTES


def is_server(process):
    """Say whether a process is one of those that other tests here stand on."""
    said = " ".join(process.cmdline())
    return "postgres" in said or "moto.server" in said


def resident(process):
    try:
        return process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0
