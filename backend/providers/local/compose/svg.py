"""Small sentences of SVG. Numbers are pixels of the canvas; every fragment stands by itself."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Stops = "Sequence[tuple[float, str]]"


def escaped(text: str) -> str:
    """Return the text as XML takes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def num(value: float) -> str:
    """Return the number with two decimals, or four where it is small."""
    return f"{value:.{2 if abs(value) >= 10 else 4}f}".rstrip("0").rstrip(".")


def attributes(**values: float | str) -> str:
    """Return XML attributes; underscores become hyphens."""
    return "".join(f' {k.replace("_", "-")}="{v if isinstance(v, str) else num(v)}"' for k, v in values.items())


def path(data: str, fill: str, **more: float | str) -> str:
    """Return a filled path."""
    return f'<path d="{data}" fill="{fill}"{attributes(**more)}/>'


def stroke(data: str, colour: str, width: float, **more: float | str) -> str:
    """Return a path that is only a line."""
    return f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{num(width)}"{attributes(**more)}/>'


def rect(frame: tuple[float, float, float, float], fill: str, **more: float | str) -> str:
    """Return a rectangle: x, y, width, height."""
    x, y, w, h = frame
    return f'<rect{attributes(x=x, y=y, width=w, height=h)} fill="{fill}"{attributes(**more)}/>'


def circle(centre: Point, radius: float, fill: str, **more: float | str) -> str:
    """Return a filled circle."""
    return f'<circle{attributes(cx=centre[0], cy=centre[1], r=radius)} fill="{fill}"{attributes(**more)}/>'


def image(data: str, frame: tuple[float, float, float, float]) -> str:
    """Return an embedded picture, stretched to the frame."""
    x, y, w, h = frame
    place = attributes(x=x, y=y, width=w, height=h)
    return f'<image{place} preserveAspectRatio="none" href="{data}"/>'


def group(content: Iterable[str], **more: float | str) -> str:
    """Return the fragments as one."""
    return f"<g{attributes(**more)}>{''.join(content)}</g>"


def clipped(content: Iterable[str], data: str) -> str:
    """Return the fragments cut to the inside of a path."""
    name = "c" + hashlib.sha256(data.encode()).hexdigest()[:10]
    return f'<clipPath id="{name}"><path d="{data}"/></clipPath>{group(content, clip_path=f"url(#{name})")}'


def linear(stops: Sequence[tuple[float, str]], start: Point, end: Point) -> tuple[str, str]:
    """Return a linear gradient and the paint that refers to it."""
    where = attributes(x1=start[0], y1=start[1], x2=end[0], y2=end[1])
    return _gradient("linearGradient", where, stops)


def radial(stops: Sequence[tuple[float, str]], centre: Point, radius: float) -> tuple[str, str]:
    """Return a radial gradient and the paint that refers to it; a stop's colour may carry alpha (#rrggbbaa)."""
    return _gradient("radialGradient", attributes(cx=centre[0], cy=centre[1], r=radius), stops)


def _gradient(kind: str, where: str, stops: Sequence[tuple[float, str]]) -> tuple[str, str]:
    body = "".join(_stop(*stop) for stop in stops)
    name = "p" + hashlib.sha256(f"{kind}{where}{body}".encode()).hexdigest()[:10]
    return f'<{kind} id="{name}" gradientUnits="userSpaceOnUse"{where}>{body}</{kind}>', f"url(#{name})"


def _stop(offset: float, colour: str) -> str:
    alpha = f' stop-opacity="{num(int(colour[7:9], 16) / 255)}"' if len(colour) == 9 else ""
    return f'<stop offset="{num(offset)}" stop-color="{colour[:7]}"{alpha}/>'


def polygon(points: Iterable[Point]) -> str:
    """Return path data of straight lines through the points, closed."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + "Z"


def polyline(points: Iterable[Point]) -> str:
    """Return path data of straight lines through the points."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return path data of a soft curve through the points (Catmull-Rom as Béziers)."""
    count = len(points)
    parts = [f"M{num(points[0][0])} {num(points[0][1])}"]
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = (_at(points, j, closed=closed) for j in (i - 1, i, i + 1, i + 2))
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        parts.append("C" + " ".join(num(v) for point in (c1, c2, p2) for v in point))
    return "".join(parts) + ("Z" if closed else "")


def _at(points: Sequence[Point], index: int, *, closed: bool) -> Point:
    return points[index % len(points)] if closed else points[min(max(index, 0), len(points) - 1)]


def disc(centre: Point, radius: float) -> str:
    """Return path data of a circle."""
    x, y = centre
    r, left, right = num(radius), num(x - radius), num(x + radius)
    return f"M{left} {num(y)}A{r} {r} 0 1 1 {right} {num(y)}A{r} {r} 0 1 1 {left} {num(y)}Z"


def box(frame: tuple[float, float, float, float]) -> str:
    """Return path data of a rectangle."""
    x, y, w, h = frame
    return f"M{num(x)} {num(y)}h{num(w)}v{num(h)}h{num(-w)}Z"


def around(centre: Point, radius: float, angle: float) -> Point:
    """Return the point at that angle (radians, clockwise from the right)."""
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)
