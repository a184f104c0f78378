"""The house's vocabulary: which words lead to which colours and families."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from backend.providers.local.compose.palettes import DATA


class Vocabulary(BaseModel):
    """What `data/compose/vocabulary.yaml` says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    synonyms: dict[str, tuple[str, ...]]
    dark: frozenset[str]
    light: frozenset[str]
    families: dict[str, tuple[str, ...]]
    styles: dict[str, tuple[str, ...]]
    walk: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary."""
    raw: Any = yaml.safe_load((DATA / "compose" / "vocabulary.yaml").read_text(encoding="utf-8"))  # Any: read next
    return Vocabulary.model_validate(raw)
