"""How people get in, from the settings: what `container.py` asks for the rooms of sessions and of another issuer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend.services.access_service import AccessService
from backend.services.foreign_people import Terms
from backend.services.identity_service import IdentityService
from backend.services.passwords import Attempts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backend.db.session import Database
    from backend.identity import Issuer
    from backend.settings import Settings


def access_service(db: Database, settings: Settings, *, clock: Callable[[], datetime]) -> AccessService:
    """Return the room of people, sessions and keys."""
    stay = settings.sign_in
    access = AccessService(
        db, clock=clock, tier=settings.tier, session_days=stay.session_days, link_minutes=stay.link_minutes
    )
    access.by_password = not settings.identity.required
    span = timedelta(minutes=stay.attempts_minutes)
    access.allow(Attempts(per_name=stay.attempts, per_address=stay.attempts_address, span=span))
    return access


def identity_service(
    db: Database, settings: Settings, access: AccessService, *, issuer: Issuer | None = None
) -> IdentityService | None:
    """Return the room of another issuer's people, to which `access` sends their tokens; None where none is set."""
    if settings.identity.issuer is None:
        return None
    spoken_to = issuer or _issuer(settings, access)
    made = IdentityService(spoken_to, access, db, Terms(settings=settings.identity, tier=settings.tier))
    if settings.identity.bearer:
        access.foreign = made.authenticate
    return made


def _issuer(settings: Settings, access: AccessService) -> Issuer:
    from backend.identity import Issuer  # noqa: PLC0415 - who needs no signatures is spared the libraries for them

    return Issuer(settings.identity, clock=access.clock)
