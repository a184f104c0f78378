"""How often the database is asked for one job: what everybody's waiting is made of when the machine is full."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import event

from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from backend.db.session import Database

ADMISSION = 9
"""The job, the engine's two, the queue's length, the reservation, the movement, its lines, the balances; and BEGIN on
SQLite. What is the same for each job of a workspace for a while is not asked for again."""
DELIVERY = 13
"""The job's row is held; the reservation, the movement, its lines, the asset, the library's size, the result, the call,
the job, its news, the reservation, and the balances; and BEGIN on SQLite."""


@contextmanager
def said_to(db: Database) -> Generator[list[list[str]]]:
    """Yield the statements of each transaction that is committed, in their order."""
    open_: dict[object, list[str]] = {}
    done: list[list[str]] = []
    engine = db._engine.sync_engine

    def said(connection: sa.Connection, _cursor: object, statement: str, *_rest: object) -> None:
        open_.setdefault(connection, []).append(statement)

    def committed(connection: sa.Connection) -> None:
        done.append(open_.pop(connection, []))

    event.listen(engine, "before_cursor_execute", said)
    event.listen(engine, "commit", committed)
    try:
        yield done
    finally:
        event.remove(engine, "before_cursor_execute", said)
        event.remove(engine, "commit", committed)


def with_(transactions: list[list[str]], words: str) -> list[str]:
    """Return the one transaction in which something is said."""
    (found,) = [one for one in transactions if any(said.startswith(words) for said in one)]
    return found


async def test_a_job_is_admitted_and_delivered_with_few_statements_and_locks_the_balances_last(tmp_path: Path) -> None:
    stub = StubProvider(seconds=0.01)
    async with running(settings_for(tmp_path / "data"), providers=[stub], prices=prices(1)) as studio:
        await studio.ended(await studio.create())
        with said_to(studio.container.db) as transactions:
            await studio.ended(await studio.create())
        admission, delivery = (with_(transactions, f"INSERT INTO {table} ") for table in ("jobs", "assets"))
    assert len(admission) <= ADMISSION, admission
    assert len(delivery) <= DELIVERY, delivery
    assert admission[-1].startswith("INSERT INTO balances")
    assert delivery[-1].startswith("INSERT INTO balances")
