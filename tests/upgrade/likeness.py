"""Whether two studios hold the same: every row of every table, and every byte that a row names.

It reads the tables by what the code knows of them, and the files by their keys: nothing of it is the backup's own.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend import container
from backend.db.base import Base
from backend.db.session import Database
from backend.storage import ContentKey

if TYPE_CHECKING:
    from backend.storage import ContentStore

assert container, "imported for all tables that it knows"
PASSING = {"sessions", "sign_in_links", "sign_in_attempts", "workers", "provider_places", "request_counts"}
"""What no backup keeps."""
Likeness = dict[str, dict[str, Any]]


async def likeness(url: str, store: ContentStore) -> Likeness:
    """Return all that a studio holds: by table and key its rows, and under `files` the hash of each file."""
    db = Database(url)
    found: Likeness = {}
    try:
        async with db.read() as session:
            for table in Base.metadata.sorted_tables:
                if table.name not in PASSING:
                    rows = (await session.execute(sa.select(*map(_as_it_is, table.c)))).all()
                    found[table.name] = dict(_row(table, row) for row in rows)
    finally:
        await db.aclose()
    found["files"] = {key: await _hashed(store, key) for key in sorted(_named(found))}
    return found


def _as_it_is(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Return a column; JSON as the text that it is, so that NULL and JSON's null differ."""
    return sa.cast(column, sa.Text).label(column.name) if isinstance(column.type, sa.JSON) else column


def _row(table: sa.Table, row: sa.Row[Any]) -> tuple[str, Any]:
    values = {column.name: _plain(value) for column, value in zip(table.c, row, strict=True)}
    return "/".join(str(values[column.name]) for column in table.primary_key), values


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        assert value.tzinfo is not None
        return value.isoformat(timespec="microseconds")
    return (type(value).__name__, value)


def _named(found: Likeness) -> set[str]:
    named = {("assets", "content_key"), ("assets", "thumbnail_key"), ("asset_files", "content_key")}
    return {row[column][1] for table, column in named for row in found[table].values() if row[column][1]}


async def _hashed(store: ContentStore, key: str) -> str:
    return hashlib.sha256(await store.get(ContentKey(key))).hexdigest()


def differences(one: Likeness, other: Likeness) -> list[str]:
    """Return what differs, a line for each row or file."""
    told: list[str] = []
    for part in sorted(one.keys() | other.keys()):
        left, right = one.get(part, {}), other.get(part, {})
        told += [f"{part} {key}" for key in sorted(left.keys() | right.keys()) if left.get(key) != right.get(key)]
    return told
