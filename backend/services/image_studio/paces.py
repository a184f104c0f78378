"""How often vendors let themselves be called: facts from the data folder."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, TypeAdapter

from backend.schemas.base import Frozen
from backend.services.image_studio.tables import read_table


class VendorPace(Frozen):
    """What one vendor takes from one account."""

    engine: str
    calls: int = Field(gt=0)
    """In any `window_s` seconds."""
    window_s: float = Field(gt=0)
    at_once: int | None = Field(default=None, gt=0)
    """Calls that run at the same time; None: it doesn't say."""
    pause_s: float = Field(default=0, ge=0)
    """How long it must be left alone after it asked for a pause, whatever pause it names."""
    source: str = Field(pattern=r"^https://")
    read: date
    confidence: Literal["high", "medium", "low"]


def load_paces() -> dict[str, VendorPace]:
    """Return what is known, by engine."""
    rows = TypeAdapter(tuple[VendorPace, ...]).validate_python(read_table("paces")["paces"])
    return {row.engine: row for row in rows}
