"""Which way letters run: the embedding levels of one line, without explicit controls.

Source: https://www.unicode.org/reports/tr9/ rules P2, W2-W7, N0-N2, I1, I2 and L2 (read 2026-11-22)
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

_RIGHT = ("R", "AL")


def runs_right(text: str) -> bool:
    """Tell whether the first strong letter belongs to a script that is written from the right."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _RIGHT or kind == "L":
            return kind in _RIGHT
    return False


def visual_runs(text: str, *, right: bool) -> list[tuple[str, bool]]:
    """Return the parts of a line from left to right, each with whether it runs from the right."""
    levels = _levels(text, base=1 if right else 0)
    groups = groupby(zip(levels, text, strict=True), key=lambda pair: pair[0])
    parts = [(level, "".join(c for _, c in group)) for level, group in groups]
    for level in range(max(levels, default=0), 0, -1):
        parts = _reversed(parts, level)
    return [(part, level % 2 == 1) for level, part in parts]


def _reversed(parts: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """Turn around each stretch of parts at or above the level."""
    result: list[tuple[int, str]] = []
    for high, group in groupby(parts, key=lambda p: p[0] >= level):
        stretch = list(group)
        result += reversed(stretch) if high else stretch
    return result


def _levels(text: str, *, base: int) -> list[int]:
    kinds = [_simple(unicodedata.bidirectional(c)) for c in text]
    _join_numbers(kinds)
    _lean_numbers(kinds, "R" if base else "L")
    _pair_brackets(text, kinds, "R" if base else "L")
    return [_level(kind, base) for kind in _settled(kinds, "R" if base else "L")]


_SIMPLE = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N", "NSM": "M", "CS": "c", "ES": "c", "ET": "c"}


def _simple(kind: str) -> str:
    return _SIMPLE.get(kind, "o")


def _join_numbers(kinds: list[str]) -> None:
    """Marks follow their letter; a separator between digits, or a sign beside one, belongs to the number."""
    for i, kind in enumerate(kinds):
        before = kinds[i - 1] if i else "o"
        after = kinds[i + 1] if i + 1 < len(kinds) else "o"
        if kind == "M":
            kinds[i] = before
        elif kind == "c":
            kinds[i] = "N" if "N" in (before, after) else "o"


def _lean_numbers(kinds: list[str], strong: str) -> None:
    """A number after a left-to-right letter runs with it."""
    for i, kind in enumerate(kinds):
        if kind == "N" and strong == "L":
            kinds[i] = "L"
        elif kind in "LR":
            strong = kind


_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def _pair_brackets(text: str, kinds: list[str], base: str) -> None:
    """Let both brackets of a pair run as the line does if anything inside does, else as what is inside and before."""
    for opening, closing in _pairs(text):
        inside = {_side(kind) for kind in kinds[opening + 1 : closing] if kind in "LRN"}
        before = next((_side(kind) for kind in reversed(kinds[:opening]) if kind in "LRN"), base)
        if inside:
            kinds[opening] = kinds[closing] = base if base in inside else before


def _pairs(text: str) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, in the order of the opening ones."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[int, str]] = []
    for place, character in enumerate(text):
        if character in _BRACKETS:
            waiting.append((place, _BRACKETS[character]))
        elif character in _BRACKETS.values():
            depth = next((d for d in range(len(waiting) - 1, -1, -1) if waiting[d][1] == character), None)
            if depth is not None:
                found.append((waiting[depth][0], place))
                del waiting[depth:]
    return sorted(found)


def _settled(kinds: list[str], base: str) -> list[str]:
    """Give each neutral the side of its neighbours where both agree, else the line's; numbers count as R."""
    result: list[str] = []
    before = base
    for i, kind in enumerate(kinds):
        if kind in "LRN":
            before = _side(kind)
            result.append(kind)
        else:
            after = next((_side(k) for k in kinds[i + 1 :] if k in "LRN"), base)
            result.append(before if before == after else base)
    return result


def _side(kind: str) -> str:
    return "R" if kind == "N" else kind


def _level(kind: str, base: int) -> int:
    if kind == "R":
        return 1
    return 2 if kind == "N" or base else 0
