"""Settings of the studio's doors: who gets in, how large things may be."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field


class LimitsSettings(BaseModel):
    """How large things may be."""

    json_mb: Annotated[int, Field(ge=1)] = 72
    """A JSON body with pictures in it, in millions of bytes."""
    upload_mb: Annotated[int, Field(ge=1)] = 50
    """One uploaded file, in millions of bytes."""
    body_mb: Annotated[int, Field(ge=1)] = 1
    """Any other body, in millions of bytes."""


class SignInSettings(BaseModel):
    """How people get in and how long they stay."""

    session_days: Annotated[int, Field(ge=1, le=365)] = 30
    """How long a browser stays signed in."""
    link_minutes: Annotated[int, Field(ge=1, le=10080)] = 60
    """How long a sign-in link can be used."""
    attempts: Annotated[int, Field(ge=1, le=1000)] = 10
    """How often a password may be tried for one e-mail address, in the time that `ATTEMPTS_MINUTES` says."""
    attempts_address: Annotated[int, Field(ge=1, le=100_000)] = 100
    """How often passwords may be tried from one network address in that time."""
    attempts_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    """The time in which attempts are counted, by each server for itself."""
    url_hours: Annotated[int, Field(ge=1, le=168)] = 24
    """How long the signed address of a picture works at least."""
