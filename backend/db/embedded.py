"""SQLite's driver with one trip to its thread for each statement, instead of four.

aiosqlite asks its thread apart for a cursor, the execution, the rows and the end; a create makes some seventy
statements, and the trips were a third of its cost. Here a statement with its rows is one trip, undoing nothing none.

Source: https://docs.sqlalchemy.org/en/21/core/engines.html, `async_creator_fn` (read 2026-11-22)
"""

from __future__ import annotations

import sqlite3
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Parameters = Sequence[Any]  # Any: whatever SQLite can hold

AT_ONCE = 1000
"""How many rows come with the statement."""


class WholeCursor:
    """What SQLAlchemy needs of a cursor, filled with the first rows at once; few statements have more."""

    arraysize = 1

    def __init__(self, run: Callable[..., Any]) -> None:  # Any: aiosqlite's own shape
        self._run = run
        self._rows: deque[Any] = deque()
        self._rest: sqlite3.Cursor | None = None
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Parameters = ()) -> Self:
        """Execute a statement and keep its first rows."""
        await self._run(self._take, "execute", sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Sequence[Parameters]) -> Self:
        """Execute a statement once for each set of parameters."""
        await self._run(self._take, "executemany", sql, parameters)
        return self

    def _take(self, connection: sqlite3.Connection, how: str, sql: str, parameters: Any) -> None:  # noqa: ANN401 - the driver's shape
        self._rest = cursor = connection.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
            self._rows.extend(cursor.fetchmany(AT_ONCE) if cursor.description else ())
        finally:
            if len(self._rows) < AT_ONCE:
                self._end()

    def _more(self, _: sqlite3.Connection, most: int | None) -> None:
        if self._rest is None:
            return
        fetched = self._rest.fetchall() if most is None else self._rest.fetchmany(most)
        self._rows.extend(fetched)
        if most is None or len(fetched) < most:
            self._end()

    def _end(self, _: sqlite3.Connection | None = None) -> None:
        if self._rest is not None:
            self._rest.close()
            self._rest = None

    async def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        if self._rest is not None:
            await self._run(self._more, None)
        return await self.fetchmany(len(self._rows))

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return so many of the rows that are left."""
        wanted = self.arraysize if size is None else size
        if len(self._rows) < wanted and self._rest is not None:
            await self._run(self._more, max(wanted, AT_ONCE))
        return [self._rows.popleft() for _ in range(min(wanted, len(self._rows)))]

    async def fetchone(self) -> Any:  # noqa: ANN401 - the driver's shape
        """Return the next row, None after the last."""
        found = await self.fetchmany(1)
        return found[0] if found else None

    async def close(self) -> None:
        """End the statement; most ended when their rows were taken."""
        if self._rest is not None:
            await self._run(self._end)


class WholeConnection(aiosqlite.Connection):
    """A connection whose statements are one trip each."""

    def cursor(self) -> WholeCursor:  # pyright: ignore[reportIncompatibleMethodOverride] - SQLAlchemy enters it itself
        """Return a cursor; that takes no trip."""
        return WholeCursor(self._on_thread)

    async def _on_thread(self, function: Callable[..., None], *arguments: object) -> None:
        await self._execute(function, self._conn, *arguments)  # pyright: ignore[reportUnknownMemberType] - it says no types

    async def rollback(self) -> None:
        """Undo what is open; no trip if nothing is."""
        if self._conn.in_transaction:
            await super().rollback()


def connect(database: str, **options: Any) -> WholeConnection:  # noqa: ANN401 - sqlite3's own options
    """Return a connection to be awaited; takes what `sqlite3.connect` takes."""
    made = WholeConnection(partial(sqlite3.connect, database, **options), AT_ONCE)
    # Its thread must not keep the process alive when the studio is stopped in the middle.
    made._thread.daemon = True  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as SQLAlchemy's own dialect does
    return made
