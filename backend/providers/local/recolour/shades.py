"""From a colour's name to where it lies: the shade to give, and the range to look for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.imaging import oklab
from backend.providers.local.recolour.vocabulary import Modifier, Named, Seen, vocabulary

if TYPE_CHECKING:
    from backend.providers.local.recolour.words import Tint

NEUTRAL = 0.03
"""Chroma by lightness below which a shade is a white, a grey or a black."""
_NEAR_HUE, _NEAR_LIGHT = 17.0, 0.2
"""How far from its own shade a colour is still called by its name: degrees, and lightness."""
_LEAST_VIVID, _MOST_VIVID = 0.45, 1.9
"""The same for chroma by lightness, as factors."""
_WARMEST = math.radians(60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """A colour to give, in OKLab: lightness 0..1, chroma by lightness, hue in radians."""

    light: float
    vivid: float
    hue: float
    loose: bool = False
    """True if a region given this colour keeps some of its own lightness."""

    @property
    def cube(self) -> float:
        """Return the cube root of its relative luminance."""
        values = (1.0, self.vivid * math.cos(self.hue), self.vivid * math.sin(self.hue))
        light = oklab.light_of(np.array(values, np.float32))
        return self.light * float(np.cbrt(oklab.luminance(light)))

    @property
    def neutral(self) -> bool:
        """Say whether it is a white, a grey or a black."""
        return self.vivid < NEUTRAL


def given(tint: Tint) -> Shade:
    """Return the shade that a region is given."""
    row, changes = _row(tint), _changes(tint)
    light, vivid, hue = polar(row.hex)
    for change in changes:
        light += change.light * (1 - light if change.light > 0 else light)
        vivid *= change.vivid
        hue += _turn(hue, math.radians(change.turn))
    return Shade(light=light, vivid=vivid, hue=hue, loose=row.loose and not any(c.light for c in changes))


def sought(tint: Tint) -> Seen:
    """Return the range that a colour is looked for in; of modifiers only those that bound the lightness count."""
    thing = vocabulary().things.get(tint.name)
    seen = thing.seen if thing else _row(tint).seen or _around(given(tint))
    low, high = seen.light
    for change in _changes(tint):
        low, high = max(low, change.seen[0]), min(high, change.seen[1])
    return seen.model_copy(update={"light": (low, high) if low < high else seen.light})


def polar(colour: str) -> tuple[float, float, float]:
    """Return lightness, chroma by lightness, and hue in radians, of a `#rrggbb`."""
    channels = np.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)]], np.uint8)
    light, a, b = (float(value) for value in oklab.lab(oklab.linear(channels))[0])
    light = max(light, 0.01)
    return light, math.hypot(a, b) / light, math.atan2(b, a)


def _row(tint: Tint) -> Named:
    return vocabulary().colours.get(tint.name) or Named(hex=tint.name)


def _changes(tint: Tint) -> tuple[Modifier, ...]:
    return tuple(vocabulary().modifiers[word] for word in tint.changes)


def _turn(hue: float, by: float) -> float:
    """Return the turn towards the warmest hue, never past it, or away from it where `by` is below 0."""
    gap = (_WARMEST - hue + math.pi) % math.tau - math.pi
    return math.copysign(min(by, abs(gap)), gap) if by >= 0 else math.copysign(by, -gap)


def _around(shade: Shade) -> Seen:
    middle = math.degrees(shade.hue) % 360
    lights = (max(0.0, shade.light - _NEAR_LIGHT), min(1.0, shade.light + _NEAR_LIGHT))
    if shade.vivid < 2 * NEUTRAL:
        return Seen(hue=(0, 360), light=lights, vivid=(0, 2.5 * NEUTRAL))
    vivid = (shade.vivid * _LEAST_VIVID, shade.vivid * _MOST_VIVID)
    return Seen(hue=(middle - _NEAR_HUE, middle + _NEAR_HUE), light=lights, vivid=vivid)
