"""The way to the database: one engine, transactions that are opened on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from backend.db import embedded
from backend.db.resting import rested
from backend.db.trouble import translated
from backend.tracing import step

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from sqlalchemy.engine import URL
    from sqlalchemy.pool import QueuePool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooling:
    """How many connections a process keeps and how long it waits, in seconds; SQLite only takes `wait_s`."""

    pool: int = 10
    overflow: int = 20
    wait_s: float = 30
    connect_s: float = 10
    idle_s: float = 60


POOLING = Pooling()
APPLICATION = "image-studio"
KEEPALIVES = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""A peer that is gone without a word is found out after half a minute, not after hours.

Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS (read 2026-11-22)
"""


def parse(url: str) -> URL:
    """Return the URL with the driver that the studio uses: aiosqlite or psycopg."""
    found = sa.make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    return found.set(drivername=drivers.get(found.get_backend_name(), found.drivername))


def sync_url(url: URL) -> URL:
    """Return the URL for code that does not speak asyncio: migrations and the job engine."""
    return url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url


def sync_engine(url: str, pooling: Pooling = POOLING) -> sa.Engine:
    """Return an engine for blocking code, with the same safety settings as the studio's own."""
    parsed = sync_url(parse(url))
    if parsed.get_backend_name() != "sqlite":
        return rested(_prepared(sa.create_engine(parsed, **_served(pooling)), _serve(pooling)))
    Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
    options = {"isolation_level": "IMMEDIATE", "timeout": pooling.wait_s}
    return _prepared(sa.create_engine(parsed, connect_args=options), _embed(pooling))


def _prepared(engine: sa.Engine, statements: Sequence[str]) -> sa.Engine:
    """Return the engine, which says these statements on each new connection."""

    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        connection.commit()  # else the first rollback would take the settings back

    event.listen(engine, "connect", prepare)
    return engine


def _embed(pooling: Pooling) -> Sequence[str]:
    pragmas = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={pooling.wait_s * 1000:.0f}", "foreign_keys=ON")
    return [f"PRAGMA {pragma}" for pragma in pragmas]


def _serve(pooling: Pooling) -> Sequence[str]:
    """Return what keeps one process from holding up the others: waiting without end, or standing still with locks."""
    limits = {"lock_timeout": pooling.wait_s, "idle_in_transaction_session_timeout": pooling.idle_s}
    # Said, not sent along with the connection's start: not every proxy lets that pass.
    return [f"SET {name} = {seconds * 1000:.0f}" for name, seconds in limits.items()]


def _served(pooling: Pooling) -> dict[str, Any]:  # Any: SQLAlchemy's own options
    return {
        "pool_size": pooling.pool,
        "max_overflow": pooling.overflow,
        "pool_timeout": pooling.wait_s,
        "pool_use_lifo": True,  # one that was used a moment ago is not asked, and has its statements prepared
        "connect_args": {
            "application_name": APPLICATION,
            "connect_timeout": max(2, round(pooling.connect_s)),
            **KEEPALIVES,
        },
    }


class Database:
    """Sessions on one database. Writes on SQLite queue up here, in order, rather than at the file's lock."""

    def __init__(self, url: str, pooling: Pooling = POOLING) -> None:
        parsed = parse(url)
        self.embedded = parsed.get_backend_name() == "sqlite"
        if self.embedded:
            connecting = {
                "isolation_level": "IMMEDIATE",
                "timeout": pooling.wait_s,
                "async_creator_fn": embedded.connect,
            }
            options = {
                "pool_size": pooling.pool,
                "max_overflow": pooling.overflow,
                "pool_use_lifo": True,  # few of them are used most of the time, and only those fill their caches
                "connect_args": connecting,
            }
        else:
            options = _served(pooling)
        self._engine = create_async_engine(parsed, **options)
        _prepared(self._engine.sync_engine, _embed(pooling) if self.embedded else _serve(pooling))
        self._reading = self._engine
        if not self.embedded:
            rested(self._engine.sync_engine)
            # Each statement reads what is committed then, in a transaction as well: one would only add three trips.
            self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._overflow = pooling.overflow
        self._turn = asyncio.Lock()
        self._wrote_at = float("-inf")

    @asynccontextmanager
    async def read(self, *, streaming: bool = False) -> AsyncGenerator[AsyncSession]:
        """Yield a session for reading; nothing is committed. `streaming` is for rows that come a few at a time."""
        with step("database", "read"), translated():
            engine = self._engine if streaming else self._reading  # a cursor lives in a transaction
            async with AsyncSession(engine, expire_on_commit=False) as session:
                yield session

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session in a transaction that is committed at the end, or rolled back on any error.

        Raises:
            DatabaseBusy: others hold the database for too long, or it is too busy.
            DatabaseUnavailable: it can't be reached; its `outcome_open` says whether this may be done all the same.
            StorageFull: the disk is full.
        """
        with step("database", "write"), translated():
            async with self._queue(), AsyncSession(self._engine, expire_on_commit=False) as session:
                if self.embedded:
                    # The driver begins only at the first write; a read before it would see another moment.
                    await session.execute(sa.text("BEGIN IMMEDIATE"))
                yield session
                await session.flush()
                with translated(committing=not self.embedded):
                    await session.commit()
                self._wrote_at = time.monotonic()

    def wrote_within(self, seconds: float) -> bool:
        """Return whether a transaction was committed here so lately, which proves that the database takes writes."""
        return time.monotonic() - self._wrote_at < seconds

    def connections(self) -> dict[str, int]:
        """Return how many connections this process uses and keeps idle at the moment, and how many it may have."""
        pool = cast("QueuePool", self._engine.pool)  # what both databases are given
        return {"used": pool.checkedout(), "idle": pool.checkedin(), "most": pool.size() + self._overflow}

    def _queue(self) -> contextlib.AbstractAsyncContextManager[Any]:
        return self._turn if self.embedded else contextlib.nullcontext()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._engine.dispose()
