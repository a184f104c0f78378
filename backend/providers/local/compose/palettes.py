"""Palettes: an ink, four accents and a paper, from the house's catalogue or from a brand's own colours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from backend.errors import FieldError, InvalidRequest
from backend.providers.local.compose.colour import chroma, contrast, from_lch, hue, lightness

DATA = Path(__file__).parents[3] / "data"
MOST_COLOURS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Six colours with their parts to play; `tags` are the words it answers to, `words` its colour words."""

    name: str
    ink: str
    accents: tuple[str, ...]
    paper: str
    tags: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def colours(self) -> tuple[str, ...]:
        """Return all, from ink over the accents to paper."""
        return (self.ink, *self.accents, self.paper)

    @property
    def vivid(self) -> list[str]:
        """Return the accents, the most colourful first."""
        return sorted(self.accents, key=chroma, reverse=True)

    @property
    def mids(self) -> list[str]:
        """Return the accents, the darkest first."""
        return sorted(self.accents, key=lightness)

    def against(self, ground: str, least: float) -> list[str]:
        """Return the accents that stand out from `ground`, vivid first; never fewer than two colours."""
        found = [c for c in self.vivid if contrast(c, ground) > least]
        spare = sorted((c for c in self.colours if c not in found and c != ground), key=lambda c: -contrast(c, ground))
        return found + spare[: max(0, 2 - len(found))]

    def readable(self, ground: str) -> str:
        """Return ink or paper, whichever reads better on `ground`."""
        return max((self.ink, self.paper), key=lambda c: contrast(c, ground))


@cache
def catalogue() -> tuple[Palette, ...]:
    """Return the house's palettes."""
    raw = yaml.safe_load((DATA / "compose" / "palettes.yaml").read_text(encoding="utf-8"))
    rows = cast("list[dict[str, object]]", raw["palettes"])  # our own file: its shape is tested
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, object]) -> Palette:
    colours = cast("list[str]", row["colours"])  # as above
    tags = cast("dict[str, list[str]]", row["tags"])  # as above
    return Palette(
        name=str(row["name"]),
        ink=colours[0],
        accents=tuple(colours[1:5]),
        paper=colours[5],
        tags=frozenset(word for kind, words in tags.items() if kind != "colours" for word in words),
        words=frozenset(tags["colours"]),
    )


def of_brand(given: tuple[str, ...]) -> Palette:
    """Return a palette around a brand's 1..6 colours, which all appear in it.

    Raises:
        InvalidRequest: a colour is not `#rgb` or `#rrggbb`, or there are more than six.
    """
    colours = list(dict.fromkeys(_hex(i, c) for i, c in enumerate(given)))
    if len(colours) > MOST_COLOURS:
        raise InvalidRequest(errors=(FieldError(pointer="/palette", detail="at most six colours"),))
    main = max(colours, key=chroma)
    dark, light = min(colours, key=lightness), max(colours, key=lightness)
    own_ink, own_paper = lightness(dark) < 0.30, lightness(light) > 0.94
    ink = dark if own_ink else from_lch(0.20, chroma(main) * 0.35, hue(main))
    paper = light if own_paper and light != ink else from_lch(0.97, chroma(main) * 0.10, hue(main))
    accents = [c for c in colours if c not in (ink, paper)]
    return Palette(name="brand", ink=ink, accents=tuple(_filled(accents, main)), paper=paper)


def _filled(accents: list[str], main: str) -> list[str]:
    """Four accents: the brand's own, then neighbours of its main hue, then darker and lighter ones of it."""
    strength = max(chroma(main), 0.02)
    turns = ((0.6, 0.45), (-0.6, 0.72), (0.6, 0.58), (0.0, 0.86))
    spare = [from_lch(light, strength * (0.45 if light > 0.8 else 0.9), hue(main) + turn) for turn, light in turns]
    kept = accents or [spare.pop(1)]
    far = sorted(spare, key=lambda c: -min(abs(lightness(c) - lightness(k)) for k in kept))
    return kept + far[: max(0, 4 - len(kept))]


def _hex(index: int, colour: str) -> str:
    text = colour.strip().lower().removeprefix("#")
    if len(text) == 3:
        text = "".join(c * 2 for c in text)
    if len(text) != 6 or any(c not in "0123456789abcdef" for c in text):
        raise InvalidRequest(errors=(FieldError(pointer=f"/palette/{index}", detail="a colour is #rrggbb"),))
    return f"#{text}"
