"""Guides: what of a picture another one may follow, drawn from the picture alone, with no trained model.

Every guide is height x width, uint8. `strength` 0..1 says how much is drawn: at 0 nothing, at 1 all that was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

import cv2
import numpy as np

from backend.imaging import codec
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.floating]
    """Height x width, 0..1 unless it says otherwise."""

GuideKind = Literal["edges", "line_art", "structure"]

LONGEST: Final = 1536
"""Pixels of a guide's longer side; larger pictures are made smaller first."""
_SCALE: Final = 1024
"""The longer side at which widths in pixels below are meant."""
_EDGES: Final = 0.16
"""The share of the picture that lies on a slope when everything found is drawn; Canny thins it to lines."""
_SLOPE: Final = 90.0
"""A slope (Sobel, 0..1440) less than this is a shade, never an edge."""
_FLAT: Final = 1.0
"""Percent of the range that a plane may lose at either end when it is stretched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A guide as PNG, its size, and the size of the picture it was drawn from."""

    png: bytes
    size: Size
    source: Size


def guide(data: bytes, kind: GuideKind, strength: float) -> Guide:
    """Return the guide of an encoded picture, no longer than 1536 pixels a side; meant for a child process.

    Where the picture is see-through it is taken to lie on white.
    """
    picture = codec.decode(data)
    pixels = reduced(_on_white(picture.pixels))
    drawn = _DRAWERS[kind](pixels, strength)
    return Guide(png=codec.encode(drawn, "png"), size=Size(drawn.shape[1], drawn.shape[0]), source=picture.size)


def reduced(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the picture no longer than 1536 pixels a side."""
    height, width = pixels.shape[:2]
    if max(height, width) <= LONGEST:
        return pixels
    scale = LONGEST / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cast("NDArray[np.uint8]", cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def edges(pixels: NDArray[np.uint8], strength: float) -> NDArray[np.uint8]:
    """Return the outlines of things, one pixel wide, white on black.

    Canny's detector on the strongest of the three channels, after its noise is smoothed away. Its thresholds come from
    the picture: the steepest part of it, by `strength` up to 16 %, begins lines, and half as steep continues them.
    """
    calm = cv2.GaussianBlur(pixels, (0, 0), 0.6 + 0.8 * _scale_of(pixels))
    across, down = cv2.Sobel(calm, cv2.CV_16S, 1, 0), cv2.Sobel(calm, cv2.CV_16S, 0, 1)
    slope = np.asarray(np.hypot(across.astype(np.float32), down.astype(np.float32)).max(axis=-1))
    if strength == 0 or slope.max() < _SLOPE:
        return np.zeros(slope.shape, np.uint8)
    begins = max(_SLOPE, float(np.quantile(slope, 1 - _EDGES * strength)))
    return cast("NDArray[np.uint8]", cv2.Canny(across, down, begins / 2, begins, L2gradient=True))


def line_art(pixels: NDArray[np.uint8], strength: float) -> NDArray[np.uint8]:
    """Return the picture as ink on white paper: lines where it is darker than what surrounds it.

    An extended difference of Gaussians, relative to the light around so that shadows are not filled with ink.

    Source: Winnemöller, Kyprianidis, Olsen: XDoG, an eXtended difference-of-Gaussians compendium, Computers & Graphics
    36 (2012), equations 5 and 7 (read 2026-11-22)
    """
    scale = _scale_of(pixels)
    calm = cast("NDArray[np.uint8]", cv2.bilateralFilter(pixels, 0, 24, max(1.0, 2.2 * scale)))
    light = _luminance(calm)
    fine, wide = _blurred(light, 0.9 * max(0.6, scale)), _blurred(light, 1.6 * 1.1 * max(0.6, scale) + 0.4)
    darker = (wide - fine) / (_blurred(light, 24 * scale) + 0.12)
    ink = np.tanh(np.clip((darker - 0.010) * 42, 0, None)) * strength
    return _bytes(1 - ink)


def structure(pixels: NDArray[np.uint8], strength: float) -> NDArray[np.uint8]:
    """Return a soft relief of how the picture is built, light where it stands out; mid-grey where nothing does.

    It is made of light and shade, of how much each region differs from what surrounds it at five scales, and of the
    place in the frame. No depth is measured: a bright sky may stand out as much as what is near.
    """
    small = _shrunk(pixels, 384)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) / np.float32(100)
    relief = _stretched(0.55 * _stretched(_standing_out(lab)) + 0.45 * _stretched(lab[..., 0]))
    soft = _fitted(relief, lab[..., 0], max(2, max(relief.shape) // 40), 4e-3)
    height, width = pixels.shape[:2]
    full = cv2.resize(_fitted_up(soft, small, pixels), (width, height), interpolation=cv2.INTER_LINEAR)
    return _bytes(0.5 + (np.clip(full, 0, 1) - 0.5) * strength)


_DRAWERS: Final = {"edges": edges, "line_art": line_art, "structure": structure}


def _standing_out(lab: Plane) -> Plane:
    """Return how much each region differs in colour from the rings around it, and from the picture's border."""
    longest = max(lab.shape[:2])
    found = np.zeros(lab.shape[:2], np.float32)
    for part in (64, 32, 16, 8, 4):
        inner, outer = _blurred(lab, longest / part / 4), _blurred(lab, longest / part)
        found += _stretched(np.linalg.norm(inner - outer, axis=-1))
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    found += 2 * _stretched(np.linalg.norm(_blurred(lab, longest / 96) - np.median(rim, axis=0), axis=-1))
    return _blurred(found, longest / 64)


def _fitted_up(plane: Plane, small: NDArray[np.uint8], pixels: NDArray[np.uint8]) -> Plane:
    """Return a plane of a small picture in the size of the large one, its edges where the large one has them."""
    guide = _luminance(small)
    slope, offset = _lines(plane, guide, max(1, max(guide.shape) // 96), 1e-3)
    size = pixels.shape[1], pixels.shape[0]
    up = [cv2.resize(one, size, interpolation=cv2.INTER_LINEAR) for one in (slope, offset)]
    return up[0] * _luminance(pixels) + up[1]


def _fitted(plane: Plane, guide: Plane, radius: int, flat: float) -> Plane:
    """Return a plane smoothed but for the edges of a guide (He, Sun, Tang: Guided Image Filtering, 2013)."""
    slope, offset = _lines(plane, guide, radius, flat)
    return slope * guide + offset


def _lines(plane: Plane, guide: Plane, radius: int, flat: float) -> tuple[Plane, Plane]:
    mean, mean_guide = _mean(plane, radius), _mean(guide, radius)
    slope = (_mean(plane * guide, radius) - mean * mean_guide) / (
        _mean(guide * guide, radius) - mean_guide * mean_guide + np.float32(flat)
    )
    return _mean(slope, radius), _mean(mean - slope * mean_guide, radius)


def _mean(plane: Plane, radius: int) -> Plane:
    side = 2 * radius + 1
    return cast("Plane", cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT))


def _luminance(pixels: NDArray[np.uint8]) -> Plane:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32) / np.float32(255)


def _blurred(planes: Plane, sigma: float) -> Plane:
    """Return the planes blurred; wide blurs are made at reduced size, where they cost nothing and lose nothing."""
    height, width = planes.shape[:2]
    step = min(max(1, int(sigma / 3)), height, width)
    if step == 1:
        return cast("Plane", cv2.GaussianBlur(planes, (0, 0), max(0.3, sigma)))
    small = cv2.resize(planes, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA)
    calm = cv2.GaussianBlur(small, (0, 0), sigma / step)
    return cast("Plane", cv2.resize(calm, (width, height), interpolation=cv2.INTER_LINEAR))


def _stretched(plane: Plane) -> Plane:
    low, high = np.percentile(plane, (_FLAT, 100 - _FLAT))
    if high - low < 1e-3:  # noqa: PLR2004 - less than a third of one step of 8 bits: the picture is flat
        return np.full_like(plane, 0.5)
    return np.clip((plane - np.float32(low)) / np.float32(high - low), 0, 1)


def _shrunk(pixels: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    scale = min(1.0, longest / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cast("NDArray[np.uint8]", cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def _scale_of(pixels: NDArray[np.uint8]) -> float:
    return max(pixels.shape[:2]) / _SCALE


def _on_white(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if pixels.shape[2] == 3:  # noqa: PLR2004 - red, green, blue
        return pixels
    alpha = pixels[..., 3:].astype(np.uint16)
    return ((pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def _bytes(plane: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.rint(np.clip(plane, 0, 1) * 255).astype(np.uint8)
