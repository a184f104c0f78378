"""Brings a backup back into an empty studio: files first, which may be repeated, then all rows or none."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from backend.db.migrate import upgrade
from backend.db.refill import need_empty, refilling, tables_at
from backend.db.shapes import is_known, newest
from backend.errors import BackupUnusable, MadeByNewer
from backend.schemas.base import Frozen
from backend.services.backup.archive import CUT_OFF, reading
from backend.services.backup.manifest import CONTENT, FORMAT, HEAD, MANIFEST, ROWS, Head, Manifest, Part
from backend.storage import ContentKey, key_of

if TYPE_CHECKING:
    from backend.services.backup.archive import ArchiveReader, Digest, Member
    from backend.services.backup.taking import Told
    from backend.storage import ContentStore

AT_ONCE = 8
"""How many files are stored at the same time."""
AHEAD_BYTES = 64_000_000
"""How much of them may wait in memory; a larger file is stored alone."""
Model = TypeVar("Model", bound=Frozen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back, and the revisions of the tables: as backed up, and as they are now."""

    manifest: Manifest
    since: str
    now: str


@dataclass(slots=True)
class _Tally:
    """What was read of a backup so far, to be held against what it says was written."""

    tell: Told
    files: int = 0
    bytes: int = 0
    names: Digest = field(default_factory=hashlib.sha256)
    parts: defaultdict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))

    def file(self, member: Member) -> ContentKey:
        """Return the key of a file that is what its name says."""
        key = ContentKey(member.name.removeprefix(CONTENT))
        if key_of(member.data) != key:
            raise BackupUnusable(detail=f"The backup is damaged: {member.name} is not what it was.")
        self.files += 1
        self.bytes += len(member.data)
        self.names.update(f"{key}\n".encode())
        self.tell(self.bytes, 0)
        return key

    def rows(self, member: Member) -> tuple[str, list[bytes]]:
        """Return a table's name and the lines of some of its rows."""
        table, _, _ = member.name.removeprefix(ROWS).partition("/")
        lines = member.data.split(b"\n")[:-1]
        part = Part(name=member.name, rows=len(lines), bytes=len(member.data), sha256=member.sha256)
        self.parts[table].append(part)
        return table, lines

    def agree(self, archive: ArchiveReader) -> Manifest:
        """Return the manifest, if everything that it names was read, and nothing else."""
        manifest = _parsed(Manifest, archive.next(), MANIFEST)
        said, seen = manifest.content, (self.files, self.bytes, self.names.hexdigest())
        if (said.files, said.bytes, said.names_sha256) != seen:
            detail = f"The backup is damaged: it has {self.files} files in it, and says that it has {said.files}."
            raise BackupUnusable(detail=detail)
        for table in manifest.tables:
            if tuple(self.parts.pop(table.name, ())) != table.parts:
                raise BackupUnusable(detail=f"The backup is damaged: the rows of {table.name} are not what they were.")
        if self.parts:
            raise BackupUnusable(
                detail=f"The backup is damaged: it has rows of {', '.join(self.parts)} that it denies."
            )
        return manifest


def check(source: IO[bytes], *, tell: Told) -> Manifest:
    """Read a whole backup and return what is in it; nothing is written anywhere.

    Raises:
        BackupUnusable: it is damaged or not whole.
        MadeByNewer: this version can't restore it.
    """
    with reading(source) as archive:
        _begun(archive)
        tally = _Tally(tell)
        for member in archive.under(CONTENT):
            tally.file(member)
        for member in archive.under(ROWS):
            tally.rows(member)
        return tally.agree(archive)


class RestoreService:
    """Brings backups back into one studio, which must be empty; `lease_s` is how long a worker is taken for alive."""

    def __init__(self, database_url: str, store: ContentStore, *, lease_s: float) -> None:
        self._url = database_url
        self._store = store
        self._lease_s = lease_s

    async def restore(self, source: IO[bytes], *, tell: Told) -> Restored:
        """Bring a backup back, bring its tables up to date, and return what came back.

        Every file is read once more from where it was stored. If anything fails, the database has no rows, and the
        same can be tried again.

        Raises:
            BackupUnusable: it is damaged or not whole.
            MadeByNewer: it, or the database, is newer than this version.
            StudioNotEmpty: there are rows already.
            Conflict: a server or a worker runs on the database.
        """
        await asyncio.to_thread(need_empty, self._url, lease_s=self._lease_s)
        with reading(source) as archive:
            head = await asyncio.to_thread(_begun, archive)
            tally = _Tally(tell)
            await self._store_files(archive, tally)
            manifest = await asyncio.to_thread(self._fill, archive, head, tally)
        await asyncio.to_thread(upgrade, self._url)
        return Restored(manifest=manifest, since=head.revision, now=newest())

    async def _store_files(self, archive: ArchiveReader, tally: _Tally) -> None:
        ahead: deque[tuple[int, asyncio.Task[None]]] = deque()
        members = archive.under(CONTENT)
        try:
            while (member := await asyncio.to_thread(next, members, None)) is not None:
                key = await asyncio.to_thread(tally.file, member)
                size = len(member.data)
                while ahead and (len(ahead) >= AT_ONCE or size + sum(one for one, _ in ahead) > AHEAD_BYTES):
                    await ahead.popleft()[1]
                ahead.append((size, asyncio.create_task(self._store_one(key, member.data))))
            while ahead:
                await ahead.popleft()[1]
        finally:
            for _, task in ahead:
                task.cancel()
            await asyncio.gather(*(task for _, task in ahead), return_exceptions=True)

    async def _store_one(self, key: ContentKey, data: bytes) -> None:
        await self._store.put(data)
        kept = await self._store.get(key)
        if kept != data:
            raise BackupUnusable(detail=f"The storage gave back other bytes for {key} than it got.")

    def _fill(self, archive: ArchiveReader, head: Head, tally: _Tally) -> Manifest:
        tables_at(self._url, head.revision)
        with refilling(self._url, head.revision) as taking:
            for member in archive.under(ROWS):
                taking.take(*tally.rows(member))
            manifest = tally.agree(archive)
            for table in manifest.tables:
                if taking.count(table.name) != table.rows:
                    raise BackupUnusable(detail=f"Not all rows of {table.name} could be taken in.")
            return manifest


def _begun(archive: ArchiveReader) -> Head:
    """Return what a backup is, if this version can restore it."""
    head = _parsed(Head, archive.next(), HEAD)
    if head.format > FORMAT or not is_known(head.revision):
        detail = f"The backup was made by Image Studio {head.application}; restore it with that version or a later one."
        raise MadeByNewer(detail=detail, revision=head.revision)
    return head


def _parsed(model: type[Model], member: Member | None, name: str) -> Model:
    if member is None or member.name != name:
        raise BackupUnusable(detail=CUT_OFF.format(f"there is no {name} where it should be"))
    try:
        return model.model_validate_json(member.data)
    except ValidationError as error:
        raise BackupUnusable(detail=f"The backup is damaged: its {name} can't be read.") from error
