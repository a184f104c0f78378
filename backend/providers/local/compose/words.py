"""What a prompt says: the words to set in type, and the words to choose by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.providers.local.compose.type.fonts import drawable

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMITS = {"headline": 140, "subline": 160, "kicker": 60}
"""Most characters of each part; longer texts are cut at a word and end in an ellipsis."""

_LONGEST_PROMPT = 20_000
_QUOTES = re.compile(
    r"“(?P<a>[^“”]+)”"
    r"|„(?P<b>[^„“”]+)[“”]"
    r"|«(?P<c>[^«»]+)»"
    r"|»(?P<d>[^«»]+)«"
    r'|(?<![^\s(\[:;,])"(?P<e>[^"]+)"'
    r"|(?<![^\s(\[:;,])‘(?=\S)(?P<f>(?:[^‘’]|(?<=\w)’(?=\w))+)’(?!\w)"
    r"|(?<![^\s(\[:;,])'(?=\S)(?P<g>(?:[^']|(?<=\w)'(?=\w)){2,}?)(?<=\S)'(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words to set, none of them ours; `shortened` names the parts that were cut at their limit."""

    headline: str = ""
    subline: str = ""
    kicker: str = ""
    shortened: tuple[str, ...] = ()
    undrawable: bool = False

    def __bool__(self) -> bool:
        return bool(self.headline)


def quoted(prompt: str) -> Texts:
    """Return the quoted parts of a prompt: first headline, second subline, third kicker; further ones are left out."""
    plain = "".join(c if _is_printed(c) else " " for c in prompt[:_LONGEST_PROMPT])
    return texts_of([next(g for g in m.groups() if g is not None) for m in _QUOTES.finditer(plain)])


def texts_of(found: Sequence[str]) -> Texts:
    """Return the texts to set, in the order of their weight; those of which nothing can be set are left out."""
    kept = [text for raw in found if (text := _drawn(polished(raw)))][: len(LIMITS)]
    parts = dict(zip(LIMITS, kept, strict=False))
    short = {name: _shortened(text, LIMITS[name]) for name, text in parts.items()}
    return Texts(
        **short,
        shortened=tuple(name for name in parts if short[name] != parts[name]),
        undrawable=any(_drawn(polished(raw)) != polished(raw) for raw in found),
    )


def polished(text: str) -> str:
    """Return the text as a typesetter writes it: curly quotes, en dashes, single spaces, no control characters."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_printed(c))
    text = re.sub(r"(?<![\d-])(\d+)\s?-\s?(?=\d+(?![\d-]))", "\\1–", text)
    text = re.sub(r" --? ", " – ", text)
    text = re.sub(r"(^|[\s(\[])\"", "\\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(\[])'(?!\d)", "\\1‘", text).replace("'", "’")
    return re.sub(r"\s+", " ", text).strip()


def _is_printed(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _drawn(text: str) -> str:
    """Leave out what no font of the house has, emoji above all."""
    kept = "".join(c for c in text if c == " " or drawable(c))
    kept = re.sub(r"\s+", " ", kept).strip()
    return kept if any(c.isalnum() for c in kept) else ""


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    at_word = start.rsplit(" ", 1)[0] if " " in start[limit // 2 :] else start
    return at_word.rstrip(" ,;:.–-") + "…"


def unquoted(prompt: str) -> str:
    """Return the prompt without its quoted parts: what it says about the picture."""
    return _QUOTES.sub(" ", prompt[:_LONGEST_PROMPT])


def said(prompt: str) -> tuple[str, ...]:
    """Return the prompt's words, lower case, in order, each once; quoted words count too."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", prompt[:_LONGEST_PROMPT].lower())
    return tuple(dict.fromkeys(words))[:400]
