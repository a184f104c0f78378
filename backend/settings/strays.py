"""Tells of variables that look like settings and are none: a misspelt one changes nothing, and nobody notices."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import structlog

from backend.settings.table import unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

log = structlog.get_logger()


def tell_of_strays(environ: Mapping[str, str] = os.environ) -> None:
    """Warn of each unknown variable that begins like a setting's, and name the one that may be meant."""
    for name, meant in unknown(environ).items():
        log.warning("settings.unknown", variable=name, meant=meant)
