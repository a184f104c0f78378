"""What goes over the socket between the studio and its children: a tag and a few blobs, their lengths in front."""

from __future__ import annotations

import pickle
import re
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

HEAD: Final = struct.Struct(">BH")
LENGTH: Final = struct.Struct(">Q")
FRACTION: Final = struct.Struct(">d")

OUT_OF_MEMORY: Final = re.compile(
    r"MemoryError|bad_alloc|[Ff]ailed to allocate|[Oo]ut of memory|Insufficient memory|Cannot allocate memory"
)
"""How libraries word it in errors of their own kinds."""

Blob = bytes | bytearray | memoryview


class Tag(IntEnum):
    """What a frame means."""

    CALL = 1
    DONE = 2
    REFUSED = 3
    """A StudioError."""
    OVERRUN = 4
    """Out of memory."""
    FAILED = 5
    """Any other exception: its traceback as text."""
    TOLD = 6
    """How far the work is; it goes on. Any number of these stand before an answer."""
    HANDED = 7
    """A value that is ready before the work is done. Any number of these, too."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    tag: Tag
    blobs: tuple[Blob, ...] = ()


class Ended(ConnectionError):
    """The other side is gone, or speaks nonsense."""


def packed(value: object) -> tuple[Blob, ...]:
    """Return the value pickled; numpy arrays follow as blobs of their own, uncopied."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    return (head, *(buffer.raw() for buffer in buffers))


def unpacked(blobs: tuple[Blob, ...]) -> Any:  # noqa: ANN401 - a pickle holds anything
    """Return what `packed` took. Only for what trusted code sent: a pickle can run code."""
    return pickle.loads(blobs[0], buffers=blobs[1:])  # noqa: S301 - see the docstring


def told(fraction: float) -> Frame:
    """Return the frame that says how far the work is, 0..1."""
    return Frame(Tag.TOLD, (FRACTION.pack(fraction),))


def fraction_of(frame: Frame) -> float:
    """Return what `told` took.

    Raises:
        Ended: the frame does not hold that.
    """
    if len(frame.blobs) != 1 or len(frame.blobs[0]) != FRACTION.size:
        raise Ended
    return FRACTION.unpack(frame.blobs[0])[0]


def send(sock: socket.socket, frame: Frame) -> None:
    """Send a frame, blocking: the child's side."""
    sock.sendall(announced(frame))
    for blob in frame.blobs:
        sock.sendall(blob)


def receive(sock: socket.socket) -> Frame | None:
    """Return the next frame, blocking: the child's side; None when the studio has closed the socket."""
    head = sock.recv(HEAD.size, socket.MSG_WAITALL)
    if len(head) < HEAD.size:
        return None
    tag, count = HEAD.unpack(head)
    lengths = [LENGTH.unpack(sock.recv(LENGTH.size, socket.MSG_WAITALL))[0] for _ in range(count)]
    return Frame(Tag(tag), tuple(_filled(sock, length) for length in lengths))


def announced(frame: Frame) -> bytes:
    """Return what goes in front of a frame's blobs."""
    lengths = (LENGTH.pack(memoryview(blob).nbytes) for blob in frame.blobs)
    return HEAD.pack(frame.tag, len(frame.blobs)) + b"".join(lengths)


def _filled(sock: socket.socket, length: int) -> bytearray:
    buffer = bytearray(length)
    rest = memoryview(buffer)
    while rest:
        count = sock.recv_into(rest)
        if not count:
            raise Ended
        rest = rest[count:]
    return buffer
