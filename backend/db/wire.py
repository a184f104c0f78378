"""Short news between the processes on one PostgreSQL database, by LISTEN and NOTIFY.

News are hints: what they are about stands in rows. They may be lost while the connection is, so whoever listens is told
when that was the case. They are sent in bundles and outside of any transaction: a NOTIFY within one makes every commit
of the database wait for the one before it.

Source: https://www.postgresql.org/docs/current/sql-notify.html (read 2026-11-22): a payload holds less than 8000 bytes.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from typing import TYPE_CHECKING, Any

import psycopg
import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import URL

log = structlog.get_logger()

CHANNEL = "image_studio"
BUNDLE_S = 0.01
"""How long news wait for others to go with them."""
LARGEST = 7_800
"""Bytes of a bundle."""
KEPT = 10_000
"""Lines that are kept while they can't be sent; older ones are dropped, since whoever listens looks again anyway."""
AGAIN_S = 1.0
"""How long to wait before connecting again."""

Connection = psycopg.AsyncConnection[Any]  # Any: rows of any shape


class Wire:
    """Sends lines to the other processes and hears theirs."""

    def __init__(self, url: URL, *, connect_s: float) -> None:
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._conninfo = plain
        self._connect_s = connect_s
        self._me = secrets.token_hex(6)
        self._out: list[str] = []
        self._some = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.connected = False

    def start(self, heard: Callable[[str], None], lost: Callable[[], None]) -> None:
        """Begin; `heard` is called with each line of another process, `lost` while some may have been missed."""
        self._tasks = [
            asyncio.create_task(self._again(lambda: self._hear(heard, lost), lost), name="wire in"),
            asyncio.create_task(self._again(self._send_on, lost), name="wire out"),
        ]

    def send(self, line: str) -> None:
        """Tell the others, soon; a line without line breaks and of at most some hundred bytes."""
        self._out.append(line)
        del self._out[:-KEPT]
        self._some.set()

    async def _again(self, work: Callable[[], Any], lost: Callable[[], None]) -> None:
        while True:
            try:
                await work()
            except (psycopg.Error, OSError) as error:
                log.debug("wire.down", problem=type(error).__name__)
            self.connected = False
            lost()
            await asyncio.sleep(AGAIN_S)

    async def _connect(self) -> Connection:
        return await psycopg.AsyncConnection.connect(
            self._conninfo,
            autocommit=True,
            connect_timeout=max(int(self._connect_s), 2),
            application_name="image-studio wire",
            keepalives_idle=30,
        )

    async def _hear(self, heard: Callable[[str], None], lost: Callable[[], None]) -> None:
        async with await self._connect() as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self.connected = True
            lost()  # whatever happened until now was not heard
            async for note in connection.notifies():
                sender, *lines = note.payload.split("\n")
                if sender != self._me:
                    for line in lines:
                        heard(line)

    async def _send_on(self) -> None:
        async with await self._connect() as connection:
            while True:
                await self._some.wait()
                await asyncio.sleep(BUNDLE_S)
                self._some.clear()
                while self._out:
                    bundle = self._bundle()
                    del self._out[: len(bundle)]
                    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, "\n".join([self._me, *bundle])))

    def _bundle(self) -> list[str]:
        size, count = len(self._me), 0
        for line in self._out:
            size += len(line.encode()) + 1
            if size > LARGEST:
                break
            count += 1
        return self._out[:count]

    async def aclose(self) -> None:
        """Stop sending and hearing."""
        for task in self._tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
