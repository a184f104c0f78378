"""The purse: double entry, append-only, in milli-credits.

Accounts of a workspace: `granted` (where credits come from, so it runs negative), `unmetered` (the same for a
workspace that pays its engines itself), `available`, `reserved` and `spent`. The lines of a movement sum to 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from backend.db.models import Balance, LedgerEntry, LedgerTransaction, Reservation
from backend.db.upsert import bare, prepared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import JobId, WorkspaceId

Account = Literal["granted", "unmetered", "available", "reserved", "spent"]
Funding = Literal["available", "unmetered"]
Kind = Literal["grant", "reserve", "capture", "release"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What is to be booked: lines by account, summing to 0, under a key that can be booked once."""

    id: str
    key: str
    kind: Kind
    lines: dict[Account, int]
    job: JobId | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerProof:
    """What must hold over the whole ledger: `sum` and `drift` are 0; `reserved` is 0 when no job runs."""

    sum: int
    drift: int
    reserved: int


@dataclass(slots=True)
class Held:
    """A reservation: what is held in all, for whom, and what of it was charged and given back, in milli-credits."""

    funding: Funding
    amount: int
    captured: int
    released: int
    state: str = "held"

    @property
    def left(self) -> int:
        """Return what is neither charged nor given back."""
        return self.amount - self.captured - self.released


_entries, _balances, _reservations = bare(LedgerEntry), bare(Balance), bare(Reservation)
CLAIM = prepared(
    LedgerTransaction,
    lambda row: row.on_conflict_do_nothing(index_elements=["key"]).returning(bare(LedgerTransaction).c.id),
)
ENTER = sa.insert(_entries)
MOVE = prepared(
    Balance,
    lambda row: row.on_conflict_do_update(
        index_elements=["workspace_id", "account"],
        set_={"amount_milli": _balances.c.amount_milli + row.excluded.amount_milli},
    ),
)
HOLD = sa.insert(_reservations)
_of_job = (
    _reservations.c.job_id == sa.bindparam("job"),
    _reservations.c.workspace_id == sa.bindparam("workspace"),
    _reservations.c.state == "held",
)
RESERVED = (
    sa.select(*(_reservations.c[name] for name in ("funding", "amount_milli", "captured_milli", "released_milli")))
    .where(*_of_job)
    .with_for_update()
)
DRAW = sa.update(_reservations).where(*_of_job)


def _lines(workspace: WorkspaceId, lines: Mapping[Account, int], **more: str) -> list[dict[str, object]]:
    return [
        {"workspace_id": workspace, "account": account, "amount_milli": amount, **more}
        for account, amount in lines.items()
    ]


class Ledger:
    """The ledger within one transaction."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def book(self, workspace: WorkspaceId, movement: Movement, *, more_to_come: bool = True) -> bool:
        """Book a movement; False, changing nothing, if its key was booked before.

        `more_to_come` says that another one of other accounts may follow in the same transaction.

        Raises:
            ValueError: the lines do not sum to 0.
        """
        if not await self.enter(workspace, movement):
            return False
        if more_to_come:
            await self._hold_balances(workspace)
        await self.move(workspace, movement.lines)
        return True

    async def enter(self, workspace: WorkspaceId, movement: Movement) -> bool:
        """Write a movement and its lines; whoever does must also `move` the balances, in the same transaction.

        False, changing nothing, if its key was booked before.

        Raises:
            ValueError: the lines do not sum to 0.
        """
        if sum(movement.lines.values()) != 0:
            msg = f"the lines of {movement.key} sum to {sum(movement.lines.values())}"
            raise ValueError(msg)
        row = {
            "id": movement.id,
            "workspace_id": workspace,
            "key": movement.key,
            "kind": movement.kind,
            "job_id": movement.job,
            "reason": movement.reason,
            "created_at": self._now,
        }
        if (await self._session.execute(CLAIM.on(self._session), row)).scalar() is None:
            return False
        await self._session.execute(ENTER, _lines(workspace, movement.lines, transaction_id=movement.id))
        return True

    async def move(self, workspace: WorkspaceId, lines: Mapping[Account, int]) -> None:
        """Add amounts to balances, which stay locked until the transaction ends: in the alphabet's order of accounts.

        Once in a transaction, and last: everybody who spends in the workspace waits for these rows.
        """
        await self._session.execute(MOVE.on(self._session), _lines(workspace, dict(sorted(lines.items()))))

    async def _hold_balances(self, workspace: WorkspaceId) -> None:
        """Lock all balances of the workspace at once, so that two transactions never wait for each other's.

        One that books twice would lock its accounts movement by movement, in two orders. SQLite has one writer anyway,
        and no word for it.
        """
        if self._session.get_bind().dialect.name != "sqlite":
            held = sa.select(Balance.account).where(Balance.workspace_id == workspace).order_by(Balance.account)
            await self._session.execute(held.with_for_update())

    async def take(self, workspace: WorkspaceId, amount: int) -> bool:
        """Say whether `available` covers the amount, holding the row until the transaction ends."""
        guarded = (
            sa.update(Balance)
            .where(Balance.workspace_id == workspace, Balance.account == "available", Balance.amount_milli >= amount)
            .values(amount_milli=Balance.amount_milli)
        )
        done = await self._session.execute(guarded.returning(Balance.account))
        return done.scalar() is not None

    async def hold(self, workspace: WorkspaceId, job: JobId, amount: int, *, funding: Funding) -> None:
        """Open the reservation that `capture` and `release` draw on."""
        row = {
            "job_id": job,
            "workspace_id": workspace,
            "funding": funding,
            "amount_milli": amount,
            "captured_milli": 0,
            "released_milli": 0,
            "state": "held",
            "created_at": self._now,
        }
        await self._session.execute(HOLD, row)

    async def reservation(self, workspace: WorkspaceId, job: JobId) -> Held | None:
        """Return the job's reservation as it is now, locked until the transaction ends; None if nothing is held."""
        found = (await self._session.execute(RESERVED, {"job": job, "workspace": workspace})).one_or_none()
        return Held(*found) if found else None

    async def draw(self, workspace: WorkspaceId, job: JobId, held: Held) -> None:
        """Write what was drawn from a reservation that is locked."""
        values = {"captured_milli": held.captured, "released_milli": held.released, "state": held.state}
        await self._session.execute(DRAW, {"job": job, "workspace": workspace, **values})

    async def balances(self, workspace: WorkspaceId) -> dict[str, int]:
        """Return the balance of each account that was ever used."""
        rows = await self._session.execute(
            sa.select(Balance.account, Balance.amount_milli).where(Balance.workspace_id == workspace)
        )
        return {account: amount for account, amount in rows}  # noqa: C416 - rows are no pairs to `dict`

    async def spent_since(self, workspace: WorkspaceId, since: datetime) -> int:
        """Return what was captured since a moment."""
        return int((await self._session.execute(self._spent_since(workspace, since))).scalar_one())

    async def bound_since(self, workspace: WorkspaceId, since: datetime) -> int:
        """Return what was captured since a moment, with all that is reserved.

        Both are read at one instant, so that nothing counts twice while it moves from one to the other.
        """
        mine = (Balance.workspace_id == workspace, Balance.account == "reserved")
        reserved = sa.select(sa.func.coalesce(sa.func.sum(Balance.amount_milli), 0)).where(*mine)
        both = sa.select(self._spent_since(workspace, since).scalar_subquery(), reserved.scalar_subquery())
        spent, held = (await self._session.execute(both)).one()
        return int(spent) + int(held)

    @staticmethod
    def _spent_since(workspace: WorkspaceId, since: datetime) -> sa.Select[int]:
        total = sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_milli), 0)).join(
            LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id
        )
        return total.where(
            LedgerEntry.workspace_id == workspace, LedgerEntry.account == "spent", LedgerTransaction.created_at >= since
        )

    async def spent_by_day(self, workspace: WorkspaceId, begin: datetime, end: datetime) -> dict[str, int]:
        """Return what was captured from `begin` until before `end`, by day in UTC, as `YYYY-MM-DD`."""
        query = (
            sa.select(LedgerTransaction.created_at, LedgerEntry.amount_milli)
            .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
            .where(LedgerEntry.workspace_id == workspace, LedgerEntry.account == "spent")
            .where(LedgerTransaction.created_at >= begin, LedgerTransaction.created_at < end)
            .order_by(LedgerTransaction.created_at)
        )
        days: dict[str, int] = {}
        for moment, amount in await self._session.execute(query):
            day = f"{moment:%Y-%m-%d}"
            days[day] = days.get(day, 0) + amount
        return days

    async def statement(self, workspace: WorkspaceId, *, limit: int, before: str | None) -> Sequence[LedgerTransaction]:
        """Return movements, newest first; `before` is the id of the last one of the page before."""
        query = sa.select(LedgerTransaction).where(LedgerTransaction.workspace_id == workspace)
        if before:
            edge = sa.select(LedgerTransaction.created_at).where(
                LedgerTransaction.id == before, LedgerTransaction.workspace_id == workspace
            )
            query = query.where(
                sa.tuple_(LedgerTransaction.created_at, LedgerTransaction.id)
                < sa.tuple_(edge.scalar_subquery(), before)
            )
        query = query.order_by(LedgerTransaction.created_at.desc(), LedgerTransaction.id.desc()).limit(limit)
        return (await self._session.execute(query)).scalars().all()

    async def lines(self, workspace: WorkspaceId, transactions: Sequence[str]) -> dict[str, dict[str, int]]:
        """Return the lines of some movements, by movement and account."""
        rows = await self._session.execute(
            sa.select(LedgerEntry).where(
                LedgerEntry.workspace_id == workspace, LedgerEntry.transaction_id.in_(transactions)
            )
        )
        found: dict[str, dict[str, int]] = {}
        for entry in rows.scalars():
            found.setdefault(entry.transaction_id, {})[entry.account] = entry.amount_milli
        return found


async def reserved(session: AsyncSession, workspace: WorkspaceId, jobs: Sequence[str]) -> dict[str, int]:
    """Return what is still held for each of these jobs that anything was held for; nothing is locked."""
    left = Reservation.amount_milli - Reservation.captured_milli - Reservation.released_milli
    query = sa.select(Reservation.job_id, left)
    rows = await session.execute(query.where(Reservation.workspace_id == workspace, Reservation.job_id.in_(jobs)))
    return {job: amount for job, amount in rows}  # noqa: C416 - rows are no pairs to `dict`


async def prove(session: AsyncSession) -> LedgerProof:
    """Return what must hold over every workspace together."""
    total = (await session.execute(sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_milli), 0)))).scalar_one()
    derived = (
        sa.select(LedgerEntry.workspace_id, LedgerEntry.account, sa.func.sum(LedgerEntry.amount_milli).label("amount"))
        .group_by(LedgerEntry.workspace_id, LedgerEntry.account)
        .subquery()
    )
    drift = (
        sa.select(
            sa.func.coalesce(sa.func.sum(sa.func.abs(Balance.amount_milli - sa.func.coalesce(derived.c.amount, 0))), 0)
        )
        .select_from(Balance)
        .outerjoin(derived, (derived.c.workspace_id == Balance.workspace_id) & (derived.c.account == Balance.account))
    )
    reserved = sa.select(sa.func.coalesce(sa.func.sum(Balance.amount_milli), 0)).where(Balance.account == "reserved")
    return LedgerProof(
        sum=int(total),
        drift=int((await session.execute(drift)).scalar_one()),
        reserved=int((await session.execute(reserved)).scalar_one()),
    )
