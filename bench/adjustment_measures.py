"""What adjustments are held to: a measure for each kind, of a photograph before and after.

Everything is measured in OKLab. Light and contrast are measured on the photograph without its fine drawing, colours by
the light they are of, casts at what is grey, and drawing against what the same change of tones alone would have left of
it: so each measure moves by its own word, and by others only as far as they do that too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from backend.providers.local.adjust.colours import AMBER, MAGENTA
from backend.providers.local.adjust.lab import to_lab

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Plane = NDArray[np.floating]

EVEN = 0.03
"""Chroma up to about which a pixel counts as grey."""
BLOCK = 16


class View:
    """A photograph as it is measured."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        lab = to_lab(np.ascontiguousarray(pixels[..., :3])).astype(np.float64)
        self.light = lab[..., 0]
        self.broad = _gaussian(self.light, 0.006 * max(self.light.shape))
        share = 1 / np.maximum(self.light, 0.1)
        self.a, self.b = lab[..., 1] * share, lab[..., 2] * share

    @property
    def chroma(self) -> Plane:
        """Return how strong each pixel's colour is, by its light."""
        return np.hypot(self.a, self.b)


def lightness(before: View, after: View) -> float:
    """Return by how much the mean lightness rose."""
    return float(after.broad.mean() - before.broad.mean())


def contrast(before: View, after: View) -> float:
    """Return by which part the standard deviation of lightness rose."""
    return float(after.broad.std() / max(float(before.broad.std()), 1e-6)) - 1


def highlights(before: View, after: View) -> float:
    """Return by how much the lightest fifth became lighter."""
    return _within(before, after, before.broad >= np.quantile(before.broad, 0.8))


def shadows(before: View, after: View) -> float:
    """Return by how much the darkest fifth became lighter."""
    return _within(before, after, before.broad <= np.quantile(before.broad, 0.2))


def blacks(before: View, after: View) -> float:
    """Return by how much the lightness rose that one pixel in a hundred is below."""
    return float(np.quantile(after.broad, 0.01) - np.quantile(before.broad, 0.01))


def warmth(before: View, after: View) -> float:
    """Return by how much what was grey moved towards amber."""
    return _moved(before, after, AMBER, np.ones_like(before.light))


def tint(before: View, after: View) -> float:
    """Return by how much what was grey moved towards magenta."""
    return _moved(before, after, MAGENTA, np.ones_like(before.light))


def warm_highlights(before: View, after: View) -> float:
    """Return by how much what was grey and light moved towards amber."""
    return _moved(before, after, AMBER, (before.light > 0.7) & (before.light < 0.97))


def warm_shadows(before: View, after: View) -> float:
    """Return by how much what was grey and dark moved towards amber."""
    return _moved(before, after, AMBER, (before.light > 0.1) & (before.light < 0.45))


def saturation(before: View, after: View) -> float:
    """Return by which part the differences between colours grew; a cast makes no difference."""
    seen = _seen(before)
    now, then = (float(np.hypot(view.a[seen].std(), view.b[seen].std())) for view in (after, before))
    return now / max(then, 1e-6) - 1


def muted(before: View, after: View) -> float:
    """Return by which part the weaker half of the colours grew stronger on average."""
    seen = _seen(before)
    weak = seen & (before.chroma <= np.median(before.chroma[seen]))
    return float(after.chroma[weak].mean() / max(float(before.chroma[weak].mean()), 1e-6)) - 1


def clarity(before: View, after: View) -> float:
    """Return by which part middle-sized differences grew."""
    return _band(after.light, 0.004, 0.02) / _band(_toned(before, after), 0.004, 0.02) - 1


def detail(before: View, after: View) -> float:
    """Return by which part the finest differences grew."""
    return _band(after.light, 0.0, 0.0015) / _band(_toned(before, after), 0.0, 0.0015) - 1


def noise(before: View, after: View) -> float:
    """Return by which part the finest differences grew where there are fewest."""
    toned = _toned(before, after)
    power = _power(before.light)
    quiet = power <= np.quantile(power[power > 1e-9], 0.2) if (power > 1e-9).any() else power >= 0
    now, then = (float(_power(light)[quiet].mean()) for light in (after.light, toned))
    return float(np.sqrt(now / max(then, 1e-9))) - 1


def vignette(before: View, after: View) -> float:
    """Return by how much the corners became darker, beside what pixels as light became in the middle."""
    height, width = before.light.shape
    down, across = np.linspace(-1, 1, height)[:, None] ** 2, np.linspace(-1, 1, width)[None] ** 2
    away = down + across
    edges = np.linspace(0, 1, 13)
    level = np.digitize(before.broad, edges)
    change = after.broad - before.broad
    total = weight = 0.0
    for one in range(1, 14):
        middle, corner = (level == one) & (away < 0.4), (level == one) & (away > 1.1)
        if middle.sum() > 50 and corner.sum() > 50:
            count = float(corner.sum())
            total += (float(change[middle].mean()) - float(change[corner].mean())) * count
            weight += count
    return total / weight if weight else 0.0


MEASURES: dict[str, Callable[[View, View], float]] = {
    one.__name__: one
    for one in (
        *(lightness, contrast, highlights, shadows, blacks, warmth, tint, warm_highlights, warm_shadows),
        *(saturation, muted, clarity, detail, noise, vignette),
    )
}


def sharpness(view: View, part: Plane) -> float:
    """Return the finest differences within a part (0..1) of a photograph."""
    fine = np.abs(view.light - _gaussian(view.light, 1.2))
    return float((fine * part).sum() / max(float(part.sum()), 1e-6))


def _within(before: View, after: View, part: NDArray[np.bool_]) -> float:
    return float((after.broad - before.broad)[part].mean())


def _moved(before: View, after: View, way: tuple[float, float], part: Plane | NDArray[np.bool_]) -> float:
    """Return how far grey itself moved: where a line through what nearly grey pixels did crosses it."""
    weight = np.exp(-((before.chroma / EVEN) ** 2)) * part
    weight /= max(float(weight.sum()), 1e-6)
    was = before.a * way[0] + before.b * way[1]
    along = (after.a - before.a) * way[0] + (after.b - before.b) * way[1]
    mean_was, mean_along = float((was * weight).sum()), float((along * weight).sum())
    slope = float(((was - mean_was) * along * weight).sum()) / max(float(((was - mean_was) ** 2 * weight).sum()), 1e-9)
    return mean_along - slope * mean_was


def _seen(view: View) -> NDArray[np.bool_]:
    """Return where colours are neither lost in the dark nor burnt out."""
    return (view.light > 0.2) & (view.light < 0.95)


def _toned(before: View, after: View) -> Plane:
    """Return the light before, given the mean of what became of each of its levels."""
    level = np.clip((before.light * 64).astype(np.int32), 0, 64).ravel()
    count = np.bincount(level, minlength=65)
    kept = count > 0
    mean = np.bincount(level, after.light.ravel(), 65)[kept] / count[kept]
    middle = np.bincount(level, before.light.ravel(), 65)[kept] / count[kept]
    return np.interp(before.light, middle, mean)


def _band(light: Plane, fine: float, coarse: float) -> float:
    """Return the standard deviation of differences of a size, in parts of the light they are in."""
    relative = np.log(light + 0.1)
    longest = max(light.shape)
    near = _gaussian(relative, fine * longest) if fine else relative
    return max(float((near - _gaussian(relative, coarse * longest)).std()), 1e-6)


def _power(light: Plane) -> Plane:
    """Return the mean square of the finest differences around some places, in parts of the light they are in."""
    relative = np.log(light + 0.1)
    fine = relative - _gaussian(relative, 1.0)
    return cast("Plane", cv2.blur(fine * fine, (BLOCK, BLOCK))[BLOCK::BLOCK, BLOCK::BLOCK])


def _gaussian(plane: Plane, spot: float) -> Plane:
    return cast("Plane", cv2.GaussianBlur(plane, (0, 0), max(0.5, spot), borderType=cv2.BORDER_REFLECT))
