"""A backup as one file that is written and read in one go, never sought in: a plain tar.

Pictures are compressed already, so nothing is gained by compressing them again; every system can list and unpack a tar.
"""

from __future__ import annotations

import hashlib
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol

from backend.errors import BackupUnusable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import datetime

CUT_OFF = "The backup ends too early or is no backup of Image Studio: {}."


class Digest(Protocol):
    """A hash that is being computed."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""
        ...

    def hexdigest(self) -> str:
        """Return the hash of all bytes so far."""
        ...


class Sink(Protocol):
    """Where a backup is written: a file, or standard output."""

    def write(self, data: bytes, /) -> object:
        """Take bytes."""
        ...


class ArchiveWriter:
    """Writes files one after the other."""

    def __init__(self, out: Sink, moment: datetime) -> None:
        self._out = out
        self._time = int(moment.timestamp())
        self.written = 0

    def add(self, name: str, data: bytes) -> None:
        """Append a file."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = len(data), 0o600, self._time
        self._write(info.tobuf(tarfile.PAX_FORMAT))
        self._write(data)
        self._write(bytes(-len(data) % tarfile.BLOCKSIZE))

    def end(self) -> None:
        """Append what ends a tar."""
        self._write(bytes(2 * tarfile.BLOCKSIZE))
        self._write(bytes(-self.written % tarfile.RECORDSIZE))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self.written += len(data)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a backup."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


class ArchiveReader:
    """Reads files one after the other, each once."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._next: Member | None = None

    def next(self) -> Member | None:
        """Return the next file, None after the last.

        Raises:
            BackupUnusable: it is cut off, or no tar.
        """
        if self._next is not None:
            found, self._next = self._next, None
            return found
        with _readable():
            info = self._tar.next()
            self._tar.members.clear()  # or it would keep a note of every file  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - typeshed has forgotten it
            if info is None:
                return None
            file = self._tar.extractfile(info)
            return Member(info.name, file.read() if file else b"")

    def under(self, folder: str) -> Iterator[Member]:
        """Yield the files that come now, as long as they lie in a folder."""
        while (member := self.next()) is not None:
            if not member.name.startswith(folder):
                self._next = member
                return
            yield member


@contextmanager
def reading(source: IO[bytes]) -> Generator[ArchiveReader]:
    """Yield a reader of a backup.

    Raises:
        BackupUnusable: it is no tar.
    """
    with _readable():
        tar = tarfile.open(fileobj=source, mode="r|")  # noqa: SIM115 - what goes wrong in the block below is no tar's fault
    with tar:
        yield ArchiveReader(tar)


@contextmanager
def _readable() -> Generator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError) as error:
        raise BackupUnusable(detail=CUT_OFF.format(error)) from error
