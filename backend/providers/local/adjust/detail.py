"""Fine and middle-sized drawing: clarity, sharpness, noise, grain and blur."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np

from backend.providers.local.adjust.base import smoothed
from backend.providers.local.adjust.lab import from_light, relit, to_light

if TYPE_CHECKING:
    from backend.providers.local.adjust.lab import Lab, Plane

_HALO: Final = 0.09
"""The most by which sharpening makes a pixel lighter or darker."""
_FAINT: Final = 0.008
"""Differences below this are taken for noise by sharpening."""
_SPLINE: Final = np.array((1, 4, 6, 4, 1), np.float32) / 16
_CARRIED: Final = (0.89, 0.2, 0.086, 0.041)
"""How much of white noise each level of the transform holds."""
_BLOCK: Final = 16
_BLURRED_SIDE: Final = 1600
"""Longest side at which backgrounds are blurred."""


def clarity(lab: Lab, amount: float) -> None:
    """Strengthen what stands out from its surroundings, or soften it below 0, in place; edges get no halo."""
    light = lab[..., 0]
    drawn = light - smoothed(light, reach=0.012, flat=0.02)
    drawn /= 1 + np.abs(drawn) / 0.2
    room = np.sqrt(np.clip(4 * light * (1 - light), 0, 1))
    relit(lab, np.clip(light + max(1.0 * amount, -0.95) * drawn * room, 0, 1))


def sharpen(lab: Lab, amount: float) -> None:
    """Make fine edges steeper, or softer below 0, in place; faint differences are left alone."""
    light = np.ascontiguousarray(lab[..., 0])
    fine = light - _gaussian(light, max(0.9, max(light.shape) / 2400))
    if amount < 0:
        relit(lab, light + max(-1.0, 0.5 * amount) * fine)
        return
    sure = fine * fine
    sure /= sure + _FAINT**2
    relit(lab, np.clip(light + _HALO * np.tanh(1.1 * amount / _HALO * fine * sure), 0, 1))


def denoise(lab: Lab, amount: float) -> None:
    """Take noise away, in place: each level of a wavelet transform gives up what is as small as its noise.

    The noise is measured where the picture is quietest. Source: Starck, Murtagh: Astronomical Image and Data Analysis
    (2006), the a trous transform with a cubic spline; garrote shrinking after Gao (1998).
    """
    for channel, strength in ((0, 1.3), (1, 3.0), (2, 3.0)):
        lab[..., channel] = _quieter(np.ascontiguousarray(lab[..., channel]), strength * amount)
    np.clip(lab[..., 0], 0, 1, out=lab[..., 0])


def grain(lab: Lab, amount: float, seed: int) -> None:
    """Add the grain of film, in place: the same seed gives the same grain."""
    height, width = lab.shape[:2]
    coarse = max(1.0, max(height, width) / 1800)
    across, down = max(1, round(width / coarse)), max(1, round(height / coarse))
    noise = np.random.default_rng(seed).standard_normal((down, across), np.float32)
    noise = _gaussian(noise, 0.6)
    noise = cast("Plane", cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC))
    noise /= max(float(noise.std()), 1e-6)
    light = lab[..., 0]
    room = 0.3 + 0.7 * np.clip(4 * light * (1 - light), 0, 1)
    edge = np.clip(np.minimum(light, 1 - light) / 0.06, 0, 1)
    lab[..., 0] = np.clip(light + 0.022 * amount * noise * room * edge, 0, 1)


def blur(lab: Lab, amount: float) -> None:
    """Blur all of it, in place; light is mixed as light, so that lamps stay bright."""
    spot = max(0.6, 0.006 * amount * max(lab.shape))
    lab[...] = from_light(_gaussian(to_light(lab), spot))


def blur_around(lab: Lab, amount: float, subject: Plane) -> None:
    """Blur what is not the subject (0..1), in place, as a fast lens does; nothing of the subject runs into it."""
    height, width = subject.shape
    scale = min(1.0, _BLURRED_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    weight = 1 - cast("Plane", cv2.resize(subject, size, interpolation=cv2.INTER_AREA))
    weight = weight * weight * weight + 1e-4
    light = to_light(cast("Lab", cv2.resize(lab, size, interpolation=cv2.INTER_AREA))) * weight[..., None]
    disc = _disc(max(size) * 0.011 * amount)
    mixed = cast("Lab", cv2.filter2D(light, -1, disc, borderType=cv2.BORDER_REFLECT))
    share = cast("Plane", cv2.filter2D(weight, -1, disc, borderType=cv2.BORDER_REFLECT))
    far = from_light(mixed / np.maximum(share, 1e-6)[..., None])
    far = cast("Lab", cv2.resize(far, (width, height), interpolation=cv2.INTER_CUBIC))
    lab += (1 - subject)[..., None] * (far - lab)
    np.clip(lab[..., 0], 0, 1, out=lab[..., 0])


def _disc(radius: float) -> Plane:
    """Return the spot that a point out of focus becomes, with a soft edge."""
    reach = int(np.ceil(radius)) + 1
    across = np.arange(-reach, reach + 1, dtype=np.float32)
    spot = np.clip(radius + 0.5 - np.hypot(across[:, None], across[None]), 0, 1).astype(np.float32)
    return spot / spot.sum()


def _quieter(plane: Plane, strength: float) -> Plane:
    """Return a plane without its noise."""
    rest, quiet, noise = plane, np.zeros_like(plane), 0.0
    for level, carried in enumerate(_CARRIED):
        coarse = _coarser(rest, 2**level)
        fine = rest - coarse
        if level == 0:
            noise = _noise(fine) / carried
        limit = (strength * noise * carried) ** 2
        quiet += fine * np.maximum(0, 1 - limit / np.maximum(fine * fine, 1e-12))
        rest = coarse
    return quiet + rest


def _coarser(plane: Plane, step: int) -> Plane:
    kernel = np.zeros(4 * step + 1, np.float32)
    kernel[::step] = _SPLINE
    return cast("Plane", cv2.sepFilter2D(plane, -1, kernel, kernel, borderType=cv2.BORDER_REFLECT))


def _noise(fine: Plane) -> float:
    """Return the standard deviation of the finest level in the quietest parts, those at 0 or 1 alone left out."""
    mean = cv2.blur(fine * fine, (_BLOCK, _BLOCK), borderType=cv2.BORDER_REFLECT)[:: _BLOCK // 2, :: _BLOCK // 2]
    alive = mean[mean > 1e-9]  # noqa: PLR2004 - even patches, as of blown skies, say nothing of noise
    return float(np.sqrt(np.quantile(alive, 0.2))) if alive.size else 0.0


def _gaussian(planes: Plane, spot: float) -> Plane:
    return cast("Plane", cv2.GaussianBlur(planes, (0, 0), spot, borderType=cv2.BORDER_REFLECT))
