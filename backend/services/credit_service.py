"""What a workspace may spend, and what it has spent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backend.db.repositories.ledger import Ledger, LedgerProof, prove
from backend.db.repositories.people import People, is_workspace
from backend.errors import InsufficientCredits, InvalidRequest, NotAllowed, NotFound, QuotaExceeded
from backend.schemas.base import JobId
from backend.schemas.credits import Caps, CreditsView, LedgerLine, LedgerPage, Statement
from backend.services.quotas import Load, check_room, needed_by
from backend.utils.audit import Act, note
from backend.utils.purse import MILLI, Purse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.db.models import LedgerTransaction
    from backend.db.repositories.ledger import Funding
    from backend.db.session import AsyncSession, Database
    from backend.schemas.base import Caller, WorkspaceId
    from backend.services.image_studio.plans import Plan
    from backend.services.image_studio.pricing import Tier
    from backend.services.tiers import TierLookup
    from backend.utils.origin import Origin


class CreditService:
    """Entitlement, reservation, and the statements people read."""

    def __init__(self, db: Database, purse: Purse, tiers: TierLookup, origin: Origin) -> None:
        self._db = db
        self._purse = purse
        self._tiers = tiers
        self._load = Load()
        self._origin = origin

    async def admit(self, session: AsyncSession, caller: Caller, job: JobId, plan: Plan) -> None:
        """Check that the caller's workspace may do this now, and hold what it may cost.

        Raises:
            NotAllowed: the tier does not include the quality.
            QuotaExceeded: too many jobs at once or in the queue, or the day's cap is reached.
            StorageQuotaExceeded: the library is full.
            InsufficientCredits: the workspace is metered and has less.
        """
        tier = await self._tiers.of(caller.workspace_id, session)
        self._check_quality(tier, plan)
        if tier.concurrent_jobs is not None or tier.daily_milli_credits is not None:
            # Where several write at once, two admissions would not see each other's job.
            await People(session).hold_workspace(caller.workspace_id)
        await self._load.check(session, caller.workspace_id, tier)
        await check_room(session, caller.workspace_id, tier, needed_by(plan))
        amount = plan.max_milli_credits
        await self._check_day(session, caller.workspace_id, tier, amount)
        await self._grant_month(session, caller.workspace_id, tier)
        funding: Funding = "available" if tier.metered else "unmetered"
        await self._purse.reserve(session, caller.workspace_id, job, amount, funding=funding)

    async def cover(self, session: AsyncSession, caller: Caller, plans: Sequence[Plan], amount: int) -> None:
        """Check that the caller's workspace may do all of this and could pay for it now; nothing is held.

        `amount` is what everything costs together, in milli-credits.

        Raises:
            NotAllowed: the tier does not include a quality.
            QuotaExceeded: the day's cap would be passed.
            InsufficientCredits: the workspace is metered and has less.
        """
        tier = await self._tiers.of(caller.workspace_id, session)
        for plan in plans:
            self._check_quality(tier, plan)
        await self._check_day(session, caller.workspace_id, tier, amount)
        await self._grant_month(session, caller.workspace_id, tier)
        has = (await Ledger(session, self._origin.clock()).balances(caller.workspace_id)).get("available", 0)
        if tier.metered and amount > has:
            detail = f"This costs {amount / MILLI:g} credits; there are {has / MILLI:g}. Nothing was begun."
            raise InsufficientCredits(detail=detail, needed=amount / MILLI, available=has / MILLI)

    def _check_quality(self, tier: Tier, plan: Plan) -> None:
        quality = getattr(plan.spec, "quality", None)
        # Files to be written have a quality too: a number, which every tier includes.
        if isinstance(quality, str) and quality not in tier.qualities:
            raise NotAllowed(detail=f"The tier {tier.label} does not include {quality} quality.", needs="another tier")

    async def _check_day(self, session: AsyncSession, workspace: WorkspaceId, tier: Tier, amount: int) -> None:
        if tier.daily_milli_credits is None or amount == 0:
            return
        now = self._origin.clock()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if await Ledger(session, now).bound_since(workspace, midnight) + amount > tier.daily_milli_credits:
            wait = int((midnight + timedelta(days=1) - now).total_seconds())
            detail = f"The tier {tier.label} spends at most {tier.daily_milli_credits / MILLI:g} credits a day."
            raise QuotaExceeded(detail=detail, limit="daily_credits", retry_after=wait)

    async def _grant_month(self, session: AsyncSession, workspace: WorkspaceId, tier: Tier) -> None:
        """Add the tier's credits of this month, once."""
        if tier.monthly_milli_credits:
            month = f"{self._origin.clock():%Y-%m}"
            await self._purse.grant(
                session, workspace, tier.monthly_milli_credits, reason=f"{tier.label}, {month}", key=f"month:{month}"
            )

    async def grant(self, workspace: WorkspaceId, credits_: float, *, reason: str) -> None:
        """Add credits to a workspace.

        Raises:
            InvalidRequest: no reason, or an amount that is not positive.
            NotFound: no such workspace.
        """
        if credits_ <= 0 or not reason.strip():
            raise InvalidRequest(detail="A grant needs a positive amount and a reason.")
        async with self._db.begin() as session:
            if not await is_workspace(session, workspace):
                raise NotFound(detail="There is no such workspace.")
            await self._purse.grant(session, workspace, round(credits_ * MILLI), reason=reason)
            granted = Act(verb="credits.granted", facts={"credits": credits_, "reason": reason})
            await note(session, None, granted, workspace=workspace)

    async def view(self, caller: Caller) -> CreditsView:
        """Return what the caller's workspace has."""
        now = self._origin.clock()
        async with self._db.read() as session:
            tier = await self._tiers.of(caller.workspace_id, session)
            ledger = Ledger(session, now)
            balances = await ledger.balances(caller.workspace_id)
            spent = await ledger.spent_since(caller.workspace_id, _month(now))
        return CreditsView(
            available=balances.get("available", 0) / MILLI if tier.metered else None,
            reserved=balances.get("reserved", 0) / MILLI,
            spent_this_month=spent / MILLI,
            caps=Caps(monthly=_credits(tier.monthly_milli_credits), daily=_credits(tier.daily_milli_credits)),
        )

    async def ledger(self, caller: Caller, *, limit: int, cursor: str | None) -> LedgerPage:
        """Return the workspace's movements, newest first."""
        async with self._db.read() as session:
            ledger = Ledger(session, self._origin.clock())
            rows = await ledger.statement(caller.workspace_id, limit=limit, before=cursor)
            lines = await ledger.lines(caller.workspace_id, [row.id for row in rows])
        entries = tuple(_line(row, lines.get(row.id, {})) for row in rows)
        return LedgerPage(entries=entries, next_cursor=rows[-1].id if len(rows) == limit else None)

    async def statement(self, caller: Caller, month: str | None) -> Statement:
        """Return what was spent in a month (`YYYY-MM`, the present one by default), by day.

        Raises:
            InvalidRequest: the month is not of that form.
        """
        begin = _parse_month(month) if month else _month(self._origin.clock())
        end = (begin + timedelta(days=32)).replace(day=1)
        async with self._db.read() as session:
            days = await Ledger(session, begin).spent_by_day(caller.workspace_id, begin, end)
        return Statement(
            month=f"{begin:%Y-%m}",
            spent=sum(days.values()) / MILLI,
            days={day: amount / MILLI for day, amount in days.items()},
        )

    async def prove(self) -> LedgerProof:
        """Return what must hold over the whole ledger, for `doctor` and health."""
        async with self._db.read() as session:
            return await prove(session)


def _month(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _parse_month(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC)
    except ValueError as error:
        raise InvalidRequest(detail="A month is written YYYY-MM, such as 2026-11.") from error


def _credits(milli: int | None) -> float | None:
    return None if milli is None else milli / MILLI


def _line(row: LedgerTransaction, lines: Mapping[str, int]) -> LedgerLine:
    return LedgerLine(
        id=row.id,
        kind=row.kind,
        job_id=JobId(row.job_id) if row.job_id else None,
        reason=row.reason,
        lines={account: amount / MILLI for account, amount in lines.items()},
        created_at=row.created_at,
    )
