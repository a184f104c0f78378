"""Breaking a text into lines: the least ragged way that leaves no poor line ends."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from backend.providers.local.compose.type.shaping import shape

if TYPE_CHECKING:
    from backend.providers.local.compose.type.voices import Voice

_WEAK_ENDS = frozenset(
    "a an the of to in on at by for and or & is um de la le el der die das und o os as e y i w z".split()  # noqa: SIM905  (reads better)
)
_LONGEST_WORD = 22
_JOIN = "\u2060"


@lru_cache(maxsize=2048)
def widths(words: tuple[str, ...], voice: Voice) -> tuple[float, ...]:
    """Return each word's advance in em."""
    return tuple(shape(word.removesuffix(_JOIN), voice.face, voice.tracking).advance for word in words)


def words_of(text: str) -> tuple[str, ...]:
    """Split at spaces; words too long for any line are broken into pieces, which end in a mark to be joined again."""
    pieces: list[str] = []
    for word in text.split():
        parts = [word[i : i + _LONGEST_WORD] for i in range(0, len(word), _LONGEST_WORD)]
        pieces += [part + _JOIN for part in parts[:-1]] + parts[-1:]
    return tuple(pieces)


def _joined(words: tuple[str, ...]) -> str:
    return " ".join(words).replace(f"{_JOIN} ", "").removesuffix(_JOIN)


def broken(text: str, voice: Voice, count: int) -> tuple[str, ...]:
    """Return the text in `count` lines (fewer where it has fewer words) with the least sum of squared gaps."""
    words = words_of(text)
    count = min(count, len(words))
    size = widths(words, voice)
    space = shape("n n", voice.face, voice.tracking).advance - shape("nn", voice.face, voice.tracking).advance
    ideal = (sum(size) + space * (len(words) - count)) / count
    starts = [0.0]
    for width in size:
        starts.append(starts[-1] + width + space)
    cuts = _best_cuts(words, starts, count, ideal)
    return tuple(_joined(words[a:b]) for a, b in pairwise(cuts))


def _best_cuts(words: tuple[str, ...], starts: list[float], count: int, ideal: float) -> list[int]:
    """Dynamic programming over the place of each break."""
    total = len(words)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for line in range(1, count + 1):
        row: dict[int, tuple[float, int]] = {}
        for end in range(line, total - (count - line) + 1):
            options = [
                (cost + _cost(words, starts, (begin, end), ideal), begin)
                for begin, (cost, _) in best[-1].items()
                if begin < end
            ]
            row[end] = min(options)
        best.append(row)
    cuts = [total]
    for line in range(count, 0, -1):
        cuts.append(best[line][cuts[-1]][1])
    return cuts[::-1]


def _cost(words: tuple[str, ...], starts: list[float], span: tuple[int, int], ideal: float) -> float:
    begin, end = span
    width = starts[end] - starts[begin]
    gap = (width - ideal) / max(ideal, 1e-6)
    last = end == len(words)
    weak = 0.25 if not last and words[end - 1].lower() in _WEAK_ENDS else 0.0
    orphan = 0.3 if last and begin and end - begin == 1 and len(words[-1]) <= 3 else 0.0
    return gap * gap + weak + orphan
