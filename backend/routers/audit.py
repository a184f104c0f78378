"""What was done in a workspace, by whom: for its owners."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from backend.routers.deps import Admin, Audit
from backend.schemas.audit import AuditPage, AuditQuery

router = APIRouter(prefix="/api/account/audit", tags=["account"])


@router.get("")
async def list_audit(caller: Admin, audit: Audit, asked: Annotated[AuditQuery, Query()]) -> AuditPage:
    """List what was done in the workspace, newest first."""
    return await audit.listed(caller, asked)
