"""Takes a backup of a studio that works meanwhile.

Files come first, and rows last, all of one moment: so the backup is of its end, and a file that is removed while others
are copied is missed only if a row still names it at that moment.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from backend.db.snapshot import snapshot
from backend.errors import Conflict, ContentLost, NotFound, StorageUnavailable
from backend.services.backup.archive import ArchiveWriter
from backend.services.backup.manifest import CONTENT, HEAD, MANIFEST, Content, Head, Manifest
from backend.services.backup.spools import Names, Rows, without
from backend.storage import ContentKey, key_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Iterable
    from datetime import datetime
    from pathlib import Path

    from pydantic import BaseModel

    from backend.db.snapshot import Named, Snapshot
    from backend.services.backup.archive import Digest
    from backend.storage import ContentStore

    Told = Callable[[int, int], None]
    """Hears how many bytes of files are done, and of how many."""

AT_ONCE = 8
"""How many files are read at the same time."""
AHEAD_BYTES = 64_000_000
"""How much of them may wait in memory; a larger file is read alone."""
ROUNDS = 3
"""How often rows are taken anew because files that they name have gone."""
SHOWN = 3
NOTHING = "There is no studio to back up: the database has no tables. Look at IMAGE_STUDIO_DATA_DIR and DATABASE_URL."
UPGRADED = "The tables were upgraded while the backup was made. Make it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the rows were at one moment."""

    at: datetime
    revision: str
    names: Names
    rows: Rows


@dataclass(slots=True, kw_only=True)
class _Copied:
    """The files that were written so far."""

    writer: ArchiveWriter
    tell: Told
    expected: int
    files: int = 0
    bytes: int = 0
    names: Digest = field(default_factory=hashlib.sha256)
    lost: set[str] = field(default_factory=set[str])

    def take(self, key: str, data: bytes | None) -> None:
        if data is None:
            self.lost.add(key)
            return
        self.lost.discard(key)
        self.writer.add(CONTENT + key, data)
        self.names.update(f"{key}\n".encode())
        self.files += 1
        self.bytes += len(data)
        self.tell(self.bytes, max(self.expected, self.bytes))

    def facts(self) -> Content:
        names = self.names.hexdigest()
        return Content(files=self.files, bytes=self.bytes, names_sha256=names, lost=tuple(sorted(self.lost)))


class BackupService:
    """Backups of one studio, which may be at work; `application` is the version that they say made them."""

    def __init__(
        self, database_url: str, store: ContentStore, *, application: str, clock: Callable[[], datetime]
    ) -> None:
        self._url = database_url
        self._store = store
        self._application = application
        self._clock = clock

    async def back_up(self, out: IO[bytes], folder: Path, *, tell: Told, without_lost: bool = False) -> Manifest:
        """Write a backup and return what is in it; `folder` takes what is too much for memory meanwhile.

        Raises:
            NotFound: there is no studio.
            ContentLost: files that rows name are gone or damaged, and `without_lost` doesn't allow for that.
            MadeByNewer: this version doesn't know the tables.
            Conflict: the tables were upgraded meanwhile.
        """
        with ExitStack() as open_spools:
            first = await asyncio.to_thread(self._look, folder, open_spools)
            head = Head(application=self._application, revision=first.revision, created_at=first.at)
            copied = _Copied(writer=ArchiveWriter(out, first.at), tell=tell, expected=first.names.bytes)
            copied.writer.add(HEAD, _json(head))
            await self._copy(first.names, copied)
            look = await self._rest(first, folder, open_spools, copied)
            if copied.lost and not without_lost:
                raise _lost(copied.lost)
            manifest = Manifest(head=head, taken_at=look.at, tables=look.rows.tables, content=copied.facts())
            _finish(copied.writer, look.rows, manifest)
            return manifest

    async def _rest(self, first: _Look, folder: Path, open_spools: ExitStack, copied: _Copied) -> _Look:
        """Copy what came to be since the first look; return the look whose files are all copied but those lost."""
        known, look = [first.names], first
        for _ in range(ROUNDS):
            look = await asyncio.to_thread(self._look, folder, open_spools)
            if look.revision != first.revision:
                raise Conflict(detail=UPGRADED)
            again, copied.lost = copied.lost, set[str]()
            await self._copy(_missing(look.names, known, again), copied)
            known.append(look.names)
            if not copied.lost:
                break
        return look

    def _look(self, folder: Path, open_spools: ExitStack) -> _Look:
        at = self._clock()
        with snapshot(self._url) as found:
            if found is None:
                raise NotFound(detail=NOTHING)
            return _look_at(found, at, folder, open_spools)

    async def _copy(self, wanted: Iterable[Named], copied: _Copied) -> None:
        async with aclosing(self._read(wanted)) as files:
            async for key, data in files:
                copied.take(key, data)

    async def _read(self, wanted: Iterable[Named]) -> AsyncGenerator[tuple[str, bytes | None]]:
        """Yield files in order, some read ahead; None for one that is gone or not what it was."""
        ahead: deque[tuple[Named, asyncio.Task[bytes | None]]] = deque()
        try:
            for one in wanted:
                while ahead and (len(ahead) >= AT_ONCE or one.size + sum(o.size for o, _ in ahead) > AHEAD_BYTES):
                    found, task = ahead.popleft()
                    yield found.key, await task
                ahead.append((one, asyncio.create_task(self._file(ContentKey(one.key)))))
            while ahead:
                found, task = ahead.popleft()
                yield found.key, await task
        finally:
            for _, task in ahead:
                task.cancel()
            await asyncio.gather(*(task for _, task in ahead), return_exceptions=True)

    async def _file(self, key: ContentKey) -> bytes | None:
        try:
            data = await self._store.get(key)
        except StorageUnavailable as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None
            raise
        return data if await asyncio.to_thread(key_of, data) == key else None


def _look_at(found: Snapshot, at: datetime, folder: Path, open_spools: ExitStack) -> _Look:
    names = open_spools.enter_context(Names(folder, found.content()))
    rows = open_spools.enter_context(Rows(folder, found))
    return _Look(at=at, revision=found.revision, names=names, rows=rows)


def _missing(names: Names, known: Iterable[Names], again: set[str]) -> Generator[Named]:
    """Yield what is named and not copied: new, or tried in vain before."""
    yield from without(names, known)
    yield from (one for one in names if one.key in again)


def _finish(writer: ArchiveWriter, rows: Rows, manifest: Manifest) -> None:
    for name, data in rows.parts():
        writer.add(name, data)
    writer.add(MANIFEST, _json(manifest))
    writer.end()


def _json(value: BaseModel) -> bytes:
    return value.model_dump_json(indent=2).encode() + b"\n"


def _lost(keys: set[str]) -> ContentLost:
    some = ", ".join(sorted(keys)[:SHOWN]) + (" …" if len(keys) > SHOWN else "")
    detail = (
        f"{len(keys)} files that the library names are gone from the storage or damaged: {some}."
        " Put them back from an older backup, or go on without them with --without-lost."
    )
    return ContentLost(detail=detail, keys=tuple(sorted(keys)))
