"""Eleven square tiles of plain geometry, for mosaics. A place is left, top and side, in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.providers.local.compose import svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.stream import Stream

Place = tuple[float, float, float]
Inks = tuple[str, str, str]
"""Ground, figure and accent of one tile."""


def turned(parts: list[str], place: Place, quarters: int) -> list[str]:
    """Return the parts turned about the tile's middle."""
    x, y, side = place
    if not quarters:
        return parts
    return [svg.group(parts, transform=f"rotate({90 * quarters} {svg.num(x + side / 2)} {svg.num(y + side / 2)})")]


def wedge(x: float, y: float, radius: float) -> str:
    """Return a quarter disc about its upper left corner, as path data."""
    r = svg.num(radius)
    return f"M{svg.num(x)} {svg.num(y)}h{r}A{r} {r} 0 0 1 {svg.num(x)} {svg.num(y + radius)}Z"


def _quarter(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    return [svg.path(wedge(x, y, side), inks[1])]


def _pair(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    one = svg.path(wedge(x, y, side / 2), inks[1])
    half = [one, *turned([svg.path(wedge(x, y, side / 2), inks[2])], place, 2)]
    return [*half, *turned([svg.path(wedge(x, y, side / 2), inks[1])], place, 1), *turned([one], place, 3)]


def _leaf(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    s, far = svg.num(side), f"{svg.num(x + side)} {svg.num(y + side)}"
    near = f"{svg.num(x)} {svg.num(y)}"
    return [svg.path(f"M{near}A{s} {s} 0 0 1 {far}A{s} {s} 0 0 1 {near}Z", inks[1])]


def _half(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    r = svg.num(side / 2)
    bowl = f"M{svg.num(x)} {svg.num(y + side / 2)}a{r} {r} 0 0 1 {svg.num(side)} 0Z"
    dot = svg.circle((x + side / 2, y + side * 0.75), side * 0.14, inks[2])
    return [svg.path(bowl, inks[1]), dot]


def _ring(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    centre = (x + side / 2, y + side / 2)
    return [svg.circle(centre, side * 0.44, inks[1]), svg.circle(centre, side * 0.2, inks[2])]


def _arcs(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    order = (inks[1], inks[0], inks[2], inks[0], inks[1])
    return [svg.path(wedge(x, y, side * (1 - i * 0.2)), colour) for i, colour in enumerate(order)]


def _petals(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    half = side / 2
    leaf = _leaf((x, y, half), inks)
    return [part for quarter in range(4) for part in turned(leaf, place, quarter)]


def _dots(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    step = side / 3
    centres = [(x + (i + 0.5) * step, y + (j + 0.5) * step) for i in range(3) for j in range(3)]
    return [svg.circle(c, step * 0.3, inks[1]) for c in centres]


def _bars(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    step = side / 5
    return [svg.rect((x, y + i * step, side, step), inks[1]) for i in (0, 2, 4)]


def _triangle(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    return [
        svg.path(svg.polygon([(x, y + side), (x + side, y), (x + side, y + side)]), inks[1]),
        svg.circle((x + side * 0.3, y + side * 0.3), side * 0.15, inks[2]),
    ]


def _domes(place: Place, inks: Inks) -> list[str]:
    x, y, side = place
    r = svg.num(side / 2)
    rows = ((y + side / 2, inks[1]), (y + side, inks[2]))
    return [svg.path(f"M{svg.num(x)} {svg.num(v)}a{r} {r} 0 0 1 {svg.num(side)} 0Z", colour) for v, colour in rows]


TILES: dict[str, Callable[[Place, Inks], list[str]]] = {
    "quarter": _quarter,
    "pair": _pair,
    "leaf": _leaf,
    "half": _half,
    "ring": _ring,
    "arcs": _arcs,
    "petals": _petals,
    "dots": _dots,
    "bars": _bars,
    "triangle": _triangle,
    "domes": _domes,
}


def tile(name: str, place: Place, inks: Inks, rng: Stream) -> list[str]:
    """Return a tile's figures, turned by chance; nothing of them leaves the square."""
    return turned(TILES[name](place, inks), place, rng.randrange(4))
