"""Threads share their memory, unless whoever starts the process wants it otherwise."""

from __future__ import annotations

import platform
import subprocess
import sys
import textwrap

import pytest

from backend.utils import arenas

COUNTED = textwrap.dedent(
    """
    import ctypes, os, tempfile, threading
    from backend.utils.arenas import share_arenas
    print(share_arenas())
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    barrier = threading.Barrier(9)
    def work():
        libc.malloc(5000)
        barrier.wait()
        barrier.wait()
    threads = [threading.Thread(target=work) for _ in range(8)]
    [thread.start() for thread in threads]
    barrier.wait()
    with tempfile.NamedTemporaryFile() as file:
        libc.fopen.restype, libc.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
        libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
        out = libc.fopen(file.name.encode(), b"w")
        libc.malloc_info(0, out)
        libc.fclose(out)
        print(open(file.name).read().count("<heap nr="))
    barrier.wait()
    """
)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps memory in its own way")
def test_eight_threads_take_memory_from_two_arenas(monkeypatch):
    monkeypatch.delenv(arenas.ASKED, raising=False)
    said = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True).stdout.split()
    assert said[0] == "True"
    assert int(said[1]) <= arenas.ARENAS


def test_whoever_starts_the_process_may_decide(monkeypatch):
    monkeypatch.setenv(arenas.ASKED, "4")
    assert not arenas.share_arenas()
