"""Taking keys out of what vendors say: their errors repeat parts of what they were sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pydantic import SecretStr

_LONGEST: Final = 400
_HIDDEN: Final = "[hidden]"
_KEYS: Final = re.compile(r"\b(?:sk|hf|AIza|key|pk|rk)[-_A-Za-z0-9*]{8,}|Bearer\s+\S+", re.ASCII)
_WORDS: Final = re.compile(r"[\w.-]{8,}")
_ALIKE: Final = 8
"""So many characters in a row that the key has too are no chance."""
_SHOWN: Final = 4
"""A key's first or last characters, so many or more in a row, are taken for a part of it."""


def redacted(said: str, key: SecretStr | None = None) -> str:
    """Return a vendor's words in one line of at most 400 characters, with the key and whatever looks like one hidden.

    Vendors also quote keys in part, such as `sk-nota***********zzzz`.
    """
    text = " ".join(said.split())
    if key is not None and (secret := key.get_secret_value()):
        text = text.replace(secret, _HIDDEN)
        text = _parts_hidden(text, secret)
        text = _WORDS.sub(lambda found: _HIDDEN if _shares(found[0], secret) else found[0], text)
    text = _KEYS.sub(_HIDDEN, text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _parts_hidden(text: str, secret: str) -> str:
    """Hide what begins as the key does or ends as it does, with stars for the rest."""
    begin, end = re.escape(secret[: 2 * _SHOWN]), re.escape(secret[-_SHOWN:])
    return re.sub(rf"{begin}[\w*.…-]*|[\w-]*[*.…]{{2,}}{end}", _HIDDEN, text)


def _shares(word: str, secret: str) -> bool:
    """Say whether a word has a part in common with the key."""
    return any(word[at : at + _ALIKE] in secret for at in range(len(word) - _ALIKE + 1))
