"""Files for the networks: what they are called, and how several of them are taken along."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from backend.schemas.base import AssetId, Frozen, JobId
from backend.schemas.fields import FlatForm
from backend.schemas.specs.social import Window

PLACEHOLDERS = ("name", "platform", "format", "width", "height", "ratio", "n", "date")
"""What a name pattern may hold between braces."""
MOST_FILES = 500
"""Most files of one archive."""
LONGEST_PATTERN = 120
"""Most characters of a name pattern."""
_BRACED = re.compile(r"\{([^{}]*)\}")


def _known(pattern: str) -> str:
    unknown = [name for name in _BRACED.findall(pattern) if name not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValueError(f"a name knows no {{{unknown[0]}}}; it knows {known}")
    if set("{}") & set(_BRACED.sub("", pattern)):
        raise ValueError("a brace stands alone; placeholders read {name}")
    if set("/\\\x00") & set(pattern):
        raise ValueError("a name has no folders; archives get one for each platform")
    if not pattern.strip(" ."):
        raise ValueError("a name needs at least one letter, digit or placeholder")
    return pattern


NamePattern = Annotated[str, Field(min_length=1, max_length=LONGEST_PATTERN), AfterValidator(_known)]
"""How files are called, without the extension: words and `{name}`, `{platform}`, `{format}`, `{width}`, `{height}`,
`{ratio}`, `{n}`, `{date}`."""


class ZipRequest(FlatForm):
    """Ask for files of the library as one archive: those of a job, or those that are named."""

    job_id: JobId | None = None
    """Everything that the job has made so far; of a recipe's run what came out at its end."""
    asset_ids: Annotated[tuple[AssetId, ...], Field(max_length=MOST_FILES)] = ()
    """In this order."""

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if bool(self.asset_ids) == (self.job_id is not None):
            raise ValueError("give job_id or asset_ids, one of them")
        return self


class ManifestCheck(Frozen):
    """A rule, and whether the file keeps it; null where that can't be told."""

    rule: str
    ok: bool | None
    fix: str


class ManifestEntry(Frozen):
    """One file of an archive."""

    name: str
    """Its path in the archive."""
    asset_id: AssetId
    platform: str | None
    format: str | None
    format_id: str | None
    width: int | None
    height: int | None
    mime: str
    bytes: int
    sha256: str
    crop: Window | None
    """The part of the picture that it shows, in pixels of that; null where it is no export."""
    score: float | None
    upscaled: float | None
    checks: tuple[ManifestCheck, ...]
    notes: tuple[str, ...]
    alt_text: str | None
    title: str
    prompt: str | None
    tags: tuple[str, ...]
    provider: str | None
    model: str | None
    digital_source_type: str | None
    """How it came about, in the words of https://cv.iptc.org/newscodes/digitalsourcetype/, as its marks say it."""


class Manifest(Frozen):
    """What is in an archive."""

    made: datetime
    files: tuple[ManifestEntry, ...]
    unread: tuple[AssetId, ...] = ()
    """Assets whose bytes the storage could not give; they are not in the archive."""
