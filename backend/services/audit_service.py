"""Reading the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from backend.db.repositories.audit import AuditLog
from backend.schemas.audit import AuditLine, AuditPage

if TYPE_CHECKING:
    from backend.db.audit import AuditEntry
    from backend.db.session import Database
    from backend.schemas.audit import AuditQuery, Outcome, Verb, Via
    from backend.schemas.base import Caller


class AuditService:
    """Tells what was done: to the owners of a workspace what concerns it, to the machine's owner everything."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def listed(self, caller: Caller, asked: AuditQuery) -> AuditPage:
        """Return what was done in the caller's workspace, newest first."""
        async with self._db.read() as session:
            return _page(list(await AuditLog(session).listed(caller.workspace_id, asked)), asked.limit)

    async def everything(self, asked: AuditQuery) -> AuditPage:
        """Return what was done in the whole studio, newest first: for the machine's own commands."""
        async with self._db.read() as session:
            return _page(list(await AuditLog(session).listed(None, asked)), asked.limit)


def _page(rows: list[AuditEntry], limit: int) -> AuditPage:
    return AuditPage(entries=tuple(_line(row) for row in rows), next_cursor=rows[-1].id if len(rows) == limit else None)


def _line(row: AuditEntry) -> AuditLine:
    return AuditLine(
        id=row.id,
        at=row.at,
        via=cast("Via", row.via),  # only words of these types are ever written
        user_id=row.user_id,
        key_id=row.key_id,
        verb=cast("Verb", row.verb),
        target_kind=row.target_kind,
        target_id=row.target_id,
        outcome=cast("Outcome", row.outcome),
        request_id=row.request_id,
        address=row.address,
        facts=row.facts,
    )
