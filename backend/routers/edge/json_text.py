"""JSON that is safe to parse: looked through as it comes in, before a parser builds anything of it."""

from __future__ import annotations

import codecs
import contextlib
import math
import re

from backend.errors import MalformedBody
from backend.routers.problems import Carried

DEEPEST = 32
"""How deep arrays and objects may lie in each other."""
MOST = 200_000
"""How many values and names one text may hold: a parser takes some hundred bytes for each."""
LONGEST = 64
"""How many characters a number may have."""
WINDOW = 65_536
"""How many bytes are looked at in one go: matching takes memory with every escape."""

_STEP = re.compile(rb'[\s,:]*+(?:([\[{])|([\]}])|(")|([^\s,:\[\]{}"]+))')
_IN_STRING = re.compile(
    rb'(?:[^"\\]+'
    rb"|\\[^u]"
    rb'|\\u(?![dD][89a-fA-F])[^"\\]{4}'
    rb"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})*"
)
_LONGEST_ESCAPE = len(rb"\ud83d\ude00")


class JsonText:
    """Follows a JSON text piece by piece.

    It finds what a parser would choke on or pass on to those who choke: endless depth, endless numbers of values,
    numbers that are none (NaN, Infinity, 1e999), halves of surrogate pairs, and what is not UTF-8. Whether the text is
    well-formed is left to the parser.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._rest = b""
        self._in_string = False
        self._depth = 0
        self._count = 0

    def feed(self, chunk: bytes, *, last: bool) -> None:
        """Look through the next piece.

        Raises:
            Carried: a MalformedBody.
        """
        try:
            self._utf8.decode(chunk, last)
        except UnicodeDecodeError as error:
            raise _malformed("The body is not UTF-8.") from error
        if b"\0" in chunk:
            raise _malformed("The body holds the NUL character.")
        for start in range(0, len(chunk) or 1, WINDOW):
            end = start + WINDOW
            self._look(chunk[start:end], last=last and end >= len(chunk))

    def _look(self, chunk: bytes, *, last: bool) -> None:
        text, at = self._rest + chunk, 0
        self._rest = b""
        while at < len(text):
            at = self._through_string(text, at, last=last) if self._in_string else self._step(text, at, last=last)

    def _through_string(self, text: bytes, at: int, *, last: bool) -> int:
        quote = text.find(b'"', at)
        end = quote if quote >= 0 else len(text)
        if text.find(b"\\", at, end) >= 0:  # pictures have no escapes: most of a body is passed without the pattern
            found = _IN_STRING.match(text, at)
            end = found.end() if found else at
        at = end
        if text[at : at + 1] == b'"':
            self._in_string = False
            return at + 1
        if at == len(text):
            return at
        if last or len(text) - at >= _LONGEST_ESCAPE:
            raise _malformed("A text holds half a character (a lone surrogate), or a broken escape.")
        return self._keep(text, at)

    def _step(self, text: bytes, at: int, *, last: bool) -> int:
        found = _STEP.match(text, at)
        if found is None:
            return len(text)
        opening, closing, quote, word = found.groups()
        if word and found.end() == len(text) and not last and len(word) <= LONGEST:
            return self._keep(text, found.start(4))
        self._count += 0 if closing else 1
        self._depth += 1 if opening else -1 if closing else 0
        self._in_string = bool(quote)
        if self._count > MOST:
            raise _malformed(f"The body holds more than {MOST} values.")
        if self._depth > DEEPEST:
            raise _malformed(f"The body is nested more than {DEEPEST} levels deep.")
        if word:
            _check_word(word)
        return found.end()

    def _keep(self, text: bytes, at: int) -> int:
        self._rest = text[at:]
        return len(text)


def check_json(text: bytes) -> None:
    """Refuse a whole JSON text that is not safe to parse, such as a part of a form.

    Raises:
        Carried: a MalformedBody.
    """
    JsonText().feed(text, last=True)


def _check_word(word: bytes) -> None:
    if len(word) > LONGEST:
        raise _malformed(f"A number has more than {LONGEST} characters.")
    with contextlib.suppress(ValueError):  # no number: true, false, null, or the parser will say
        if not math.isfinite(float(word)):
            raise _malformed("A number is not finite.")


def _malformed(detail: str) -> Carried:
    return Carried(MalformedBody(detail=detail))
