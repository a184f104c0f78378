"""What exported files are called: a pattern and a file's facts become a name that every system takes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.utils.filenames import with_extension

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from backend.imaging.types import Size

DEFAULT = "{name}-{platform}-{format}-{width}x{height}"
"""What files are called where nobody says."""
_WORD = 60
"""Most characters that a placeholder stands for, so that a long one leaves the others room."""
_BYTES = 180
"""Most bytes of a name: file systems take 255, and the extension and a number must fit, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What a name may tell of a file."""

    name: str
    """Of the picture that it was made from, with or without an extension."""
    platform: str
    format: str
    size: Size
    ratio: str
    number: int
    """Its place among the files made at once, from 1."""
    among: int
    """How many those are."""
    day: date
    mime: str


def filename(pattern: str, facts: FileFacts) -> str:
    """Return the name of a file, with its type's extension, safe for every system, archive and header."""
    values = _values(facts)
    filled = re.sub(r"\{([^{}]*)\}", lambda found: values[found[1]], pattern)
    return with_extension(_cut(filled), facts.mime)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, each of its own: the second of the same gets `-2`. Letters count alike in both cases."""
    wanted = list(names)
    taken: set[str] = set()
    firsts = {_alike(name) for name in wanted}
    found: list[str] = []
    for name in wanted:
        free = name if _alike(name) not in taken else _numbered(name, taken | firsts)
        taken.add(_alike(free))
        found.append(free)
    return tuple(found)


def slug(words: str) -> str:
    """Return words as one: small letters and digits of any script, joined by hyphens; empty where there are none."""
    folded = unicodedata.normalize("NFC", words).casefold()
    kept = (each if unicodedata.category(each)[0] in "LMN" else " " for each in folded)
    return "-".join("".join(kept).split())


def _values(facts: FileFacts) -> dict[str, str]:
    return {
        "name": _word(slug(_stem(facts.name))) or "picture",
        "platform": _word(slug(facts.platform)),
        "format": _word(slug(facts.format)),
        "width": str(facts.size.width),
        "height": str(facts.size.height),
        "ratio": facts.ratio.replace(":", "x"),
        "n": str(facts.number).zfill(len(str(facts.among))),
        "date": facts.day.isoformat(),
    }


def _stem(name: str) -> str:
    """Return a name without its extension, which is short and begins with a letter."""
    return re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", name)


def _word(text: str) -> str:
    return text[:_WORD].strip("-")


def _cut(name: str) -> str:
    """Return as much of a name as its bytes allow."""
    return name.encode()[:_BYTES].decode(errors="ignore")


def _numbered(name: str, taken: set[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    number = 2
    while _alike(free := f"{stem}-{number}{dot}{extension}") in taken:
        number += 1
    return free


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
