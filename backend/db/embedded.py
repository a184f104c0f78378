"""SQLite's driver with one trip to its thread for each statement, instead of four.

aiosqlite asks its thread apart for a cursor, the execution, the rows and the end; a create makes some seventy
statements, and the trips were a third of its cost. Here a statement with its rows is one trip, undoing nothing none.

Source: https://docs.sqlalchemy.org/en/21/core/engines.html, `async_creator_fn` (read 2026-11-22)
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Parameters = Sequence[Any]  # Any: whatever SQLite can hold

KEPT_ROWS = 64
"""aiosqlite's own chunk size; nothing here reads in chunks."""


class WholeCursor:
    """What SQLAlchemy needs of a cursor, filled at once."""

    arraysize = 1

    def __init__(self, run: Callable[..., Any]) -> None:  # Any: aiosqlite's own shape
        self._run = run
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Parameters = ()) -> Self:
        """Execute a statement and keep all its rows."""
        await self._run(self._take, "execute", sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Sequence[Parameters]) -> Self:
        """Execute a statement once for each set of parameters."""
        await self._run(self._take, "executemany", sql, parameters)
        return self

    def _take(self, connection: sqlite3.Connection, how: str, sql: str, parameters: Any) -> None:  # noqa: ANN401 - the driver's shape
        cursor = connection.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
            self._rows = cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: it was closed when its rows were taken."""


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
    made = WholeConnection(partial(sqlite3.connect, database, **options), KEPT_ROWS)
    # Its thread must not keep the process alive when the studio is stopped in the middle.
    made._thread.daemon = True  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as SQLAlchemy's own dialect does
    return made
