"""What would be too much for memory while a backup is made, in files without a name that end with the process."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from itertools import groupby
from typing import TYPE_CHECKING, Self

from backend.db.snapshot import Named
from backend.services.backup.manifest import ROWS, Part, TableContents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from backend.db.shapes import Shape
    from backend.db.snapshot import Snapshot

PART_BYTES = 4_000_000
"""About how large a file of rows becomes."""


class _Spool:
    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - open as long as the spool is

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class Names(_Spool):
    """The files that rows name, in the order of their keys."""

    def __init__(self, folder: Path, named: Iterable[Named]) -> None:
        super().__init__(folder)
        self.files = self.bytes = 0
        for one in named:
            self._file.write(f"{one.key} {one.size}\n".encode())
            self.files += 1
            self.bytes += one.size

    def __iter__(self) -> Iterator[Named]:
        self._file.seek(0)
        for line in self._file:
            key, _, size = line.decode().partition(" ")
            yield Named(key, int(size))


def without(wanted: Iterable[Named], known: Iterable[Iterable[Named]]) -> Iterator[Named]:
    """Yield what is in none of some others; all are in the order of their keys."""
    marked = heapq.merge(
        ((one.key, 1, one) for one in wanted), *(((one.key, 0, one) for one in others) for others in known)
    )
    for _, same in groupby(marked, key=lambda mark: mark[0]):
        marks = list(same)
        if all(mark[1] for mark in marks):
            yield marks[0][2]


class Rows(_Spool):
    """The rows of all tables, in parts."""

    def __init__(self, folder: Path, found: Snapshot) -> None:
        super().__init__(folder)
        self.tables = tuple(self._taken(shape, found) for shape in found.shapes)

    def _taken(self, shape: Shape, found: Snapshot) -> TableContents:
        parts: list[Part] = []
        lines: list[bytes] = []
        held = 0
        for line in found.lines(shape):
            lines.append(line)
            held += len(line)
            if held >= PART_BYTES:
                parts.append(self._part(shape.name, len(parts), lines))
                lines, held = [], 0
        if lines:
            parts.append(self._part(shape.name, len(parts), lines))
        return TableContents(name=shape.name, rows=sum(part.rows for part in parts), parts=tuple(parts))

    def _part(self, table: str, number: int, lines: list[bytes]) -> Part:
        data = b"".join(lines)
        self._file.write(data)
        name = f"{ROWS}{table}/{number:06d}.jsonl"
        return Part(name=name, rows=len(lines), bytes=len(data), sha256=hashlib.sha256(data).hexdigest())

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield each part with its bytes, in order."""
        self._file.seek(0)
        for table in self.tables:
            for part in table.parts:
                yield part.name, self._file.read(part.bytes)
