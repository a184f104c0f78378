"""Where moments and ids come from, so that tests can say."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def random_id() -> str:
    """Return a new id: 32 hexadecimal digits."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Origin:
    """The studio's clock and its source of ids."""

    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = random_id
