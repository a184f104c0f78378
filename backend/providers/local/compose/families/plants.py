"""Five plants as cut shapes: upright, about one unit high, their middle at the origin. Units are the plant's height."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.svg import Point


def _blade(foot: Point, angle: float, length: float, breadth: float) -> str:
    """Return a leaf from its foot along an angle, with a round belly."""
    tip = svg.around(foot, length, angle)
    sides = (angle - math.pi / 2, angle + math.pi / 2)
    belly, shoulder = svg.around(foot, length * 0.42, angle), svg.around(foot, length * 0.86, angle)
    one, other = (svg.around(belly, breadth, side) for side in sides)
    near, far = (svg.around(shoulder, breadth * 0.45, side) for side in sides)
    return svg.smooth([foot, one, near, tip, far, other], closed=True)


def _stem(top: float, low: float, width: float) -> str:
    return svg.polygon([(-width * 0.35, top), (width * 0.35, top), (width, low), (-width, low)])


def algae() -> str:
    """Return a stem with soft fingers that curl upwards."""
    parts = [_stem(-0.42, 0.5, 0.024)]
    for i in range(5):
        y = 0.34 - i * 0.17
        length = 0.33 - 0.035 * i
        parts += [_blade((0, y), -math.pi / 2 + side * 0.86, length, 0.05) for side in (-1, 1)]
    return "".join([*parts, _blade((0, -0.34), -math.pi / 2, 0.2, 0.045)])


def branch() -> str:
    """Return a twig with pairs of pointed leaves."""
    parts = [_stem(-0.4, 0.5, 0.02)]
    for i in range(6):
        y = 0.32 - i * 0.135
        length = 0.27 - 0.026 * i
        parts += [_blade((0, y), -math.pi / 2 + side * 1.05, length, length * 0.22) for side in (-1, 1)]
    return "".join([*parts, _blade((0, -0.36), -math.pi / 2, 0.16, 0.035)])


def pointed() -> str:
    """Return one broad leaf on a stalk."""
    return "M0 -.5C.3 -.3 .34 .05 .03 .3L.03 .5L-.03 .5L-.03 .3C-.34 .05 -.3 -.3 0 -.5Z"


def ginkgo() -> str:
    """Return a fan with a notch."""
    return (
        "M-.02 .5C0 .34 0 .2 -.03 .1C-.2 .12 -.4 .02 -.48 -.14C-.44 -.32 -.24 -.46 -.06 -.42L0 -.26"
        "L.06 -.42C.24 -.46 .44 -.32 .48 -.14C.4 .02 .2 .12 .03 .1C.03 .2 .04 .34 .03 .5Z"
    )


def flower() -> str:
    """Return eight petals about an open middle."""
    petals = [_blade(svg.around((0, 0), 0.13, a), a, 0.34, 0.1) for a in (math.tau * i / 8 for i in range(8))]
    return "".join([*petals, svg.disc((0, 0), 0.1)])


PLANTS: tuple[Callable[[], str], ...] = (algae, branch, pointed, ginkgo, flower)
