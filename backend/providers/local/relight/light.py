"""What light a picture is in: how bright, of which colour, from which side. Told by its pixels alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.relight import tones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.relight.tones import Plane, Planes
    from backend.providers.local.relight.vocabulary import Direction

Colour = tuple[float, float, float]
"""Red, green and blue: linear and of luminance 1 where it is a colour, in stops where it is a change."""

_SEEN = 96
"""Longest side in pixels at which light is looked for."""
_NORM = 4
"""The norm of colour means: between the mean, which things rule, and the largest, which lamps rule."""
_BRIGHT = 0.85
"""The quantile of luminance from which on pixels count as where the light comes from."""
_TOWARDS: dict[Direction, tuple[float, float]] = {
    "left": (-0.9, -0.25),
    "right": (0.9, -0.25),
    "above": (0.0, -1.0),
    "below": (0.0, 1.0),
}
_EVEN: Colour = (0.0, 0.0, 0.0)
_NAMES = ("right", "lower right", "below", "lower left", "left", "upper left", "above", "upper right")
_WARM: Colour = (1.33, 0.98, 0.50)
"""A lamp of about 3800 K beside daylight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The light of a picture.

    `level` is the mean luminance in stops, `spread` its deviation in stops, `black` the luminance of its darkest parts;
    `key` is the colour of the light itself and `fill` that of everything around; `across` and `down` are how that
    colour changes from left to right and from top to bottom, in stops of each channel. `towards` points from the middle
    of the picture to where the light comes from, right and down, at most 1 long; `sided` 0..1 is how much it matters.
    """

    level: float
    spread: float
    black: float
    key: Colour
    fill: Colour
    across: Colour
    down: Colour
    towards: tuple[float, float]
    sided: float

    @property
    def side(self) -> str:
        """Return where the light comes from, in words."""
        if self.sided < 0.1:  # noqa: PLR2004 - below, nothing is seen of it
            return "all around"
        turn = math.atan2(self.towards[1], self.towards[0])
        return _NAMES[round(turn / (math.pi / 4)) % 8]

    @property
    def colour(self) -> str:
        """Return the mean of key and fill as #rrggbb, at full brightness."""
        mean = np.array(self.key) + np.array(self.fill)
        return "#" + bytes(tones.coded((mean / mean.max()).astype(np.float32))).hex()


def of(pixels: NDArray[np.uint8]) -> Light:
    """Return the light of a picture."""
    light = tones.shown(pixels, tones.within(pixels, _SEEN))
    brightness = tones.stops(light)
    towards, sided = _towards(tones.luminance(light))
    bright = tones.luminance(light) >= np.quantile(tones.luminance(light), _BRIGHT)
    return Light(
        level=float(brightness.mean()),
        spread=float(brightness.std()),
        black=float(np.quantile(tones.luminance(light), 0.03)),
        key=_mean(light[bright]),
        fill=_mean(light),
        across=_change(light.transpose(1, 0, 2)),
        down=_change(light),
        towards=towards,
        sided=sided,
    )


def turned(light: Light, direction: Direction) -> Light:
    """Return the light coming from a given side."""
    return replace(light, towards=_TOWARDS[direction], sided=1.0, across=_EVEN, down=_EVEN)


def warmed(light: Light, warmth: float) -> Light:
    """Return the light warmer (to 1) or colder (to -1)."""
    if not warmth:
        return light
    return replace(light, key=_tinted(light.key, warmth), fill=_tinted(light.fill, warmth * 0.6))


def levelled(light: Light, other: Light) -> Light:
    """Return the light as bright and as contrasty as another one's picture: only colour and direction are its own."""
    return replace(light, level=other.level, spread=other.spread, black=other.black)


def _tinted(colour: Colour, warmth: float) -> Colour:
    tinted = np.array(colour) * np.array(_WARM) ** warmth
    return _even(tinted)


def _mean(light: Planes) -> Colour:
    colours = light.reshape(-1, 3)
    return _even(np.mean(colours**_NORM, axis=0) ** (1 / _NORM) + tones.DARKEST)


def _change(rows: Planes) -> Colour:
    """Return the colour of the last rows beside that of the first ones, in stops."""
    third = max(1, rows.shape[0] // 3)
    red, green, blue = np.log2(_mean(rows[-third:])) - np.log2(_mean(rows[:third]))
    return float(red), float(green), float(blue)


def _even(colour: NDArray[np.floating]) -> Colour:
    even = colour / tones.luminance(colour.astype(np.float32))
    return float(even[0]), float(even[1]), float(even[2])


def _towards(brightness: Plane) -> tuple[tuple[float, float], float]:
    """Return where the bright parts lie as seen from the middle, and how far they stand out from the rest."""
    height, width = brightness.shape
    middle, top = np.quantile(brightness, (0.5, 0.97))
    excess = np.maximum(brightness - middle, 0)
    if float(excess.sum()) <= 1e-6:  # noqa: PLR2004 - one colour all over
        return (0.0, -0.5), 0.0
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    right = float(np.average((x + 0.5) / width * 2 - 1, weights=excess))
    down = float(np.average((y + 0.5) / height * 2 - 1, weights=excess))
    apart = float((top - middle) / (top + middle + 0.02))
    far = math.hypot(right, down)
    if far < 0.02:  # noqa: PLR2004 - in the middle
        return (0.0, -0.5), 0.0
    return (right / far, down / far), min(1.0, far * 1.8 * min(1.0, apart * 1.6))
