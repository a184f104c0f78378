"""The tables of other issuers: who is whom there, which workspace is whose, and who is on the way there and back."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base


class Identity(Base):
    """A person of the studio as an issuer knows them. Who is in several organisations is a person in each."""

    __tablename__ = "identities"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), index=True)
    user_id: Mapped[str] = mapped_column(sa.ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    claims_at: Mapped[datetime]
    """When the newest token was issued that was acted upon: an older one changes nothing any more."""


class Organisation(Base):
    """The workspace of an organisation of an issuer."""

    __tablename__ = "organisations"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), unique=True)
    created_at: Mapped[datetime]


class SignInAttempt(Base):
    """Somebody who went to sign in at an issuer. Of the browser and the state only hashes are kept."""

    __tablename__ = "sign_in_attempts"

    state_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(sa.String(64))
    return_to: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
