"""The data folders that earlier versions left, made from what is kept of them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.utils.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Callable

STUDIOS = Path(__file__).parent / "studios"
VERSIONS = sorted(path.name for path in STUDIOS.iterdir())
LATER = timedelta(minutes=2)
"""How long after it was left the studio is opened again."""


@dataclass(frozen=True)
class Earlier:
    """A data folder as a version left it, with what somebody who used it knows."""

    folder: Path
    known: dict[str, Any]

    def origin(self) -> Origin:
        """Return a clock that goes on a little after the folder was left."""
        return Origin(clock=ticking(datetime.fromisoformat(self.known["made_at"]) + LATER))


def left_by(version: str, folder: Path) -> Earlier:
    """Make the data folder that a version left."""
    kept = STUDIOS / version
    folder.mkdir()
    shutil.copytree(kept / "files", folder / "files")
    with sqlite3.connect(folder / "studio.db") as database:
        database.executescript((kept / "studio.sql").read_text(encoding="utf-8"))
    database.close()
    return Earlier(folder, json.loads((kept / "known.json").read_text(encoding="utf-8")))


def ticking(start: datetime) -> Callable[[], datetime]:
    """Return a clock that stands at a moment now, and goes on as time does."""
    began = time.monotonic()
    return lambda: (start + timedelta(seconds=time.monotonic() - began)).astimezone(UTC)
