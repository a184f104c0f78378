"""What tests have children do, and how they look at them."""

import asyncio
import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import psutil

from backend.errors import NotFound
from backend.imaging import progress


def processes():
    return psutil.Process().children(recursive=True)


async def until(holds):
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.005)


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


CACHE = {}


def remember(key, value):
    CACHE.setdefault(key, value)
    return CACHE[key]


def in_steps(count):
    for step in range(count):
        progress.tell(step / count)
    return count


def half_way_then_refuse():
    progress.tell(0.5)
    raise NotFound(detail="gone")


def slowly():
    time.sleep(0.25)
    progress.tell(0.9)


def one_by_one(count):
    for step in range(count):
        progress.hand(np.full(4, step, np.uint8))
    return count


def two_then_refuse():
    progress.hand("first")
    progress.hand("second")
    raise NotFound(detail="gone")


def endlessly(path):
    while True:
        progress.hand("more")
        with Path(path).open("a") as log:
            log.write(".")


def unasked():
    progress.hand("early")
