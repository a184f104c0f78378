"""A ZIP that is written while it is sent: each file goes out before the next is read, and nothing is sought in."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_EARLIEST = 1980
"""ZIP knows no year before."""


class ZipStream:
    """Makes the bytes of a ZIP, file after file. Pictures are stored as they are, since they are compressed already.

    Every file's length and checksum stand before it, so that the archive can be unpacked while it arrives.
    """

    def __init__(self, moment: datetime) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w")
        self._time = (max(moment.year, _EARLIEST), *moment.timetuple()[1:6])

    def add(self, name: str, data: bytes, *, packed: bool = False) -> bytes:
        """Return the bytes of a file within the archive, compressed if it is worth it."""
        entry = zipfile.ZipInfo(name, self._time)
        entry.external_attr = 0o644 << 16
        kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        self._zip.writestr(entry, data, compress_type=kind)
        return self._sink.taken()

    def end(self) -> bytes:
        """Return what closes the archive: the list of its files."""
        self._zip.close()
        return self._sink.taken()


class _Sink(io.BytesIO):
    """A file that is only written at its end; of one entry at a time the beginning may be written again."""

    def __init__(self) -> None:
        super().__init__()
        self._gone = 0

    def taken(self) -> bytes:
        """Return what was written since the last time, and forget it."""
        found = self.getvalue()
        self._gone += len(found)
        super().seek(0)
        self.truncate()
        return found

    def tell(self) -> int:
        return self._gone + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place that is not sent yet.

        Raises:
            ValueError: it is gone.
        """
        if whence != io.SEEK_SET or offset < self._gone:
            raise ValueError("what was sent can't be written again")
        return self._gone + super().seek(offset - self._gone)
