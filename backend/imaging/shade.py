"""A single colour's place in OKLab, without arrays: for those who never load what computes pictures.

Source: https://bottosson.github.io/posts/oklab/ (read 2026-11-22)
"""

from __future__ import annotations

from typing import NamedTuple

_DARK, _SLOPE = 0.04045, 12.92
"""Where sRGB's curve begins to bend, and how it rises before."""


class Shade(NamedTuple):
    """A colour in thousandths of OKLab: its lightness, and how far it is from green to red and from blue to yellow."""

    light: int
    red: int
    yellow: int


def shade_of(colour: str) -> Shade:
    """Return the place of a colour that is written as `#rrggbb`.

    Raises:
        ValueError: it is not written so.
    """
    r, g, b = (_linear(part / 255) for part in bytes.fromhex(colour.removeprefix("#")))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return Shade(
        light=round(1000 * (0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short)),
        red=round(1000 * (1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short)),
        yellow=round(1000 * (0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short)),
    )


def _linear(coded: float) -> float:
    return coded / _SLOPE if coded <= _DARK else ((coded + 0.055) / 1.055) ** 2.4
