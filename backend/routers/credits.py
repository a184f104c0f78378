"""What the workspace has and has spent: the account's purse."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from backend.routers.deps import Access, Credits, CurrentUser, Shares, Spent
from backend.schemas.account import AccountView
from backend.schemas.credits import CreditsView, LedgerPage, Statement
from backend.schemas.limits import LimitsView
from backend.schemas.spending import PriceList, Spending

router = APIRouter(prefix="/api/account", tags=["account"])


class AccountAnswer(AccountView):
    """Who is signed in, where, and what the workspace has."""

    credits: CreditsView
    limits: LimitsView


@router.get("")
async def account(user: CurrentUser, access: Access, credit: Credits, shares: Shares) -> AccountAnswer:
    """Return who calls, their workspace, its tier, its credits, and what it may use."""
    found = await access.account(user)
    return AccountAnswer(**dict(found), credits=await credit.view(user), limits=await shares.view(user))


@router.get("/ledger")
async def ledger(
    user: CurrentUser,
    credit: Credits,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> LedgerPage:
    """Return every movement of credits, newest first."""
    return await credit.ledger(user, limit=limit, cursor=cursor)


@router.get("/statement")
async def statement(
    user: CurrentUser, credit: Credits, month: Annotated[str | None, Query(max_length=7)] = None
) -> Statement:
    """Return what was spent in a month (`YYYY-MM`), by day."""
    return await credit.statement(user, month)


@router.get("/spending")
async def spending(
    user: CurrentUser,
    spent: Spent,
    date_from: Annotated[date | None, Query()] = None,
    date_to: Annotated[date | None, Query()] = None,
) -> Spending:
    """Return what was made and spent from one day (UTC) to another, by day, engine and operation."""
    return await spent.between(user, date_from, date_to)


@router.get("/prices")
async def prices(_: CurrentUser, spent: Spent) -> PriceList:
    """Return what one picture costs, by operation and engine."""
    return spent.prices()
