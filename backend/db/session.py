"""The way to the database: one engine, transactions that are opened on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from backend.db import embedded
from backend.errors import DatabaseBusy, StorageFull

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from sqlalchemy.engine import URL

BUSY_S = 30
"""How long a writer waits for another one, in seconds."""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_S * 1000}", "foreign_keys=ON")


def parse(url: str) -> URL:
    """Return the URL with the driver that the studio uses: aiosqlite or psycopg."""
    found = sa.make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    return found.set(drivername=drivers.get(found.get_backend_name(), found.drivername))


def sync_url(url: URL) -> URL:
    """Return the URL for code that does not speak asyncio: migrations and the job engine."""
    return url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def sync_engine(url: str, *, busy_s: float = BUSY_S) -> sa.Engine:
    """Return an engine for blocking code, with the same safety settings as the studio's own."""
    parsed = sync_url(parse(url))
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed)
    Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, connect_args={"isolation_level": "IMMEDIATE", "timeout": busy_s})
    event.listen(engine, "connect", _prepare)
    return engine


class Database:
    """Sessions on one database. Writes on SQLite queue up here, in order, rather than at the file's lock."""

    def __init__(self, url: str, *, busy_s: float = BUSY_S) -> None:
        parsed = parse(url)
        self.embedded = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"pool_size": 10, "max_overflow": 20}
        if self.embedded:
            options["connect_args"] = {
                "isolation_level": "IMMEDIATE",
                "timeout": busy_s,
                "async_creator_fn": embedded.connect,
            }
        self._engine = create_async_engine(parsed, **options)
        if self.embedded:
            event.listen(self._engine.sync_engine, "connect", _prepare)
        self._turn = asyncio.Lock()
        self._wrote_at = float("-inf")

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session for reading; nothing is committed."""
        with translated():
            async with AsyncSession(self._engine, expire_on_commit=False) as session:
                yield session

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session in a transaction that is committed at the end, or rolled back on any error.

        Raises:
            DatabaseBusy: another program holds the database for too long.
            StorageFull: the disk is full.
        """
        with translated():
            async with self._queue(), AsyncSession(self._engine, expire_on_commit=False) as session:
                if self.embedded:
                    # The driver begins only at the first write; a read before it would see another moment.
                    await session.execute(sa.text("BEGIN IMMEDIATE"))
                yield session
                await session.commit()
                self._wrote_at = time.monotonic()

    def wrote_within(self, seconds: float) -> bool:
        """Return whether a transaction was committed here so lately, which proves that the database takes writes."""
        return time.monotonic() - self._wrote_at < seconds

    def _queue(self) -> contextlib.AbstractAsyncContextManager[Any]:
        return self._turn if self.embedded else contextlib.nullcontext()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


@contextlib.contextmanager
def translated() -> Generator[None]:
    """Turn what the database says about the machine into the studio's own errors."""
    try:
        yield
    except OperationalError as error:
        said = str(error.orig).lower()
        if "locked" in said or "busy" in said:
            detail = "The database is held by another program and did not become free in time; nothing was changed."
            raise DatabaseBusy(detail=detail) from error
        if "disk is full" in said or "no space" in said:
            raise StorageFull(detail="The disk that holds the database is full; nothing was changed.") from error
        raise
