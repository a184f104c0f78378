"""The logo: trimmed, sized, and shown so that it stands out: as it is, in white or dark, or on a plate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from backend.imaging.oklab import lab, linear, luminance
from backend.providers.local.compose.colour import rgb
from backend.providers.local.dress.ground import INK, PLATE, WHITE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Shown = Literal["as it is", "white", "dark", "white plate", "dark plate"]
PAD = 0.16
"""What a plate has around a logo, as a share of its shorter side."""
_CONTRAST = 3.0
"""What a logo's outline has to what lies beside it. Source: https://www.w3.org/TR/WCAG22/#non-text-contrast
(read 2026-11-23)"""
_ENOUGH = 0.8
"""The share of its outline that has to stand out."""
_UNLIKE = 0.2
"""From which distance in OKLab colours are told apart at a glance."""
PLATES: dict[Shown, str] = {"white plate": WHITE, "dark plate": PLATE}
_GREY = 24
"""Largest difference of channels of a logo that counts as having no colour."""
_FLAT = 0.12
"""Largest spread of luminance of a logo that counts as having one tone."""
_FAINT = 8
"""Alpha below this can't be seen."""
_FIRM = 128
"""Alpha from which something is firm."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mark:
    """A logo: RGBA pixels without an empty border."""

    pixels: Pixels
    opaque: bool
    """Whether it brings a ground of its own."""
    one_tone: bool
    """Whether it may be shown in white or dark without losing anything: it has one tone and no colour."""

    def sized(self, share: float, room: tuple[float, float], side: float) -> tuple[float, float]:
        """Return width and height of the area that a share of a side asks for, as far as there is room."""
        high, wide = self.pixels.shape[:2]
        scale = share * side / (wide * high) ** 0.5
        scale = min(scale, room[0] / wide, room[1] / high)
        return max(1.0, wide * scale), max(1.0, high * scale)

    def resized(self, size: tuple[float, float]) -> Pixels:
        """Return its pixels at a size; what is see-through lends no colour to its neighbours."""
        wide, high = max(1, round(size[0])), max(1, round(size[1]))
        alpha = self.pixels[..., 3:].astype(np.float32) / 255
        laden = np.concatenate([self.pixels[..., :3] * alpha, alpha * 255], axis=2)
        smaller = wide < self.pixels.shape[1]
        way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
        found = np.clip(np.asarray(cv2.resize(laden, (wide, high), interpolation=way), np.float32), 0, 255)
        colour = np.clip(found[..., :3] / np.maximum(found[..., 3:] / 255, 1e-3), 0, 255)
        return np.rint(np.concatenate([colour, found[..., 3:]], axis=2)).astype(np.uint8)


def mark_of(pixels: Pixels) -> Mark | None:
    """Return a logo without its empty border; None if there is nothing to be seen."""
    if pixels.shape[2] == 3:  # noqa: PLR2004 - RGB
        pixels = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    seen = pixels[..., 3] >= _FAINT
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not rows.size:
        return None
    kept = np.ascontiguousarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    firm = kept[_firm(kept)][:, :3]
    return Mark(pixels=kept, opaque=bool(kept[..., 3].min() >= _FIRM), one_tone=_one_tone(firm))


def _firm(pixels: Pixels) -> NDArray[np.bool_]:
    """Return where a logo is at least half as firm as anywhere: a watermark is faint all over."""
    alpha = pixels[..., 3]
    return alpha >= max(_FAINT, int(alpha.max()) // 2)


def _one_tone(pixels: Pixels) -> bool:
    coloured = pixels.max(axis=1).astype(int) - pixels.min(axis=1)
    low, high = np.percentile(luminance(linear(pixels)), (4, 96))
    return bool(np.percentile(coloured, 96) <= _GREY and high - low <= _FLAT)


def shown(mark: Mark, drawn: Pixels, ground: Pixels) -> tuple[Shown, Pixels]:
    """Return how a logo is to be shown over a ground of its size (RGB), and its pixels."""
    plain = mark.one_tone
    if mark.opaque or _stands_out(drawn, ground, by_colour=not plain) >= _ENOUGH:
        return "as it is", drawn
    if plain:
        tones: dict[Shown, Pixels] = {"white": _toned(drawn, WHITE), "dark": _toned(drawn, INK)}
        name = max(tones, key=lambda one: _stands_out(tones[one], ground))
        if _stands_out(tones[name], ground) >= _ENOUGH:
            return name, tones[name]
    return max(PLATES, key=lambda one: _stands_out(drawn, _plain(ground, PLATES[one]), by_colour=not plain)), drawn


def _plain(ground: Pixels, colour: str) -> Pixels:
    return np.full_like(ground, np.array(rgb(colour), np.uint8))


def _toned(pixels: Pixels, ink: str) -> Pixels:
    found = pixels.copy()
    found[..., :3] = rgb(ink)
    return found


def _stands_out(pixels: Pixels, ground: Pixels, *, by_colour: bool = False) -> float:
    """Return the share of a logo's outline that has enough contrast to the ground, or, by colour, looks unlike it."""
    firm = _firm(pixels).astype(np.uint8)
    inner = cv2.erode(firm, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    outline = (firm > 0) & (np.asarray(inner) == 0)
    if not outline.any():
        return 0.0
    own, beside = linear(pixels[outline][:, :3]), linear(ground[outline])
    lights = luminance(own) + 0.05, luminance(beside) + 0.05
    apart = np.maximum(*lights) / np.minimum(*lights) >= _CONTRAST
    if by_colour:
        apart |= np.linalg.norm(lab(own) - lab(beside), axis=1) >= _UNLIKE
    return float(apart.mean())
