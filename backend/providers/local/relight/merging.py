"""Putting subject and background together in one light: the fields that are worked out small, and applied in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.relight import forms, shadows, tones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.relight.light import Light
    from backend.providers.local.relight.tones import Plane, Planes

WORK = 512
"""Longest side in pixels at which light is worked out; it is soft."""
_ROWS = 256
NATURAL = 0.5
"""The strength that looks natural."""
_COLOUR, _MOST_COLOUR = 0.62, 0.75
"""How much of the change of the light's colour the subject takes on, and the most of it in stops."""
_FACED = 0.4
"""How much of the background's change of colour from side to side the subject's sides take on."""
_LEVEL, _MOST_DARKER, _MOST_BRIGHTER = 0.42, 1.15, 0.6
"""The same of the change of brightness."""
_CONTRAST, _LEAST_CONTRAST, _MOST_CONTRAST = 0.22, 0.82, 1.18
_TELLING = 0.6
"""The deviation of brightness in stops from which on a background's contrast is its light's, not its paint's."""
_SHADING = 1.4
"""How strong the light from a side is, at full strength."""
_HAZE = 0.02
"""The most light that haze lays over the subject's blacks."""
_WRAP, _REACH = 0.4, 0.006
"""How much of the background's light comes around the edge, and how far, in longest sides."""
_GAINS = 0.22, 2.8
"""The least and the most that any light changes by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From which light into which, and how far: `strength` 0..1, `NATURAL` being what looks so."""

    before: Light
    after: Light
    strength: float

    def part(self, whole: float) -> float:
        """Return how much of a change is made of which `whole` is natural: nothing at strength 0, at most all."""
        if self.strength <= NATURAL:
            return whole * self.strength / NATURAL
        return whole + (1 - whole) * (self.strength - NATURAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What is done to each pixel of a subject, at reduced size.

    `gain` is what its light is multiplied by; `contrast` the power of its brightness about `pivot` (linear luminance);
    `haze` the light added.
    """

    gain: Planes
    contrast: float
    pivot: float
    haze: tuple[float, float, float]


def fields(subject: NDArray[np.uint8], alpha: Plane, change: Change) -> Fields:
    """Return what puts a subject, given by its own colours, from one light into another."""
    size = tones.within(alpha, WORK)
    light, cover = tones.shown(np.ascontiguousarray(subject[..., :3]), size), tones.scaled(alpha, size)
    form = forms.form(cover, light)
    stops, seen = forms.shading(form, change.after, light)
    depth = change.strength * _SHADING * (0.35 + 0.65 * change.after.sided)
    level = _level(change)
    gain = np.exp2(level + stops * depth)[..., None] * _colours(change, seen, (form.right, form.down))
    inside = tones.luminance(light)[cover > tones.SUBJECT]
    pivot = float(np.exp2(np.mean(np.log2(inside + 0.01)))) if inside.size else 0.18
    return Fields(
        gain=_drawn_out(np.clip(gain, *_GAINS).astype(np.float32), cover),
        contrast=_contrast(change),
        pivot=pivot,
        haze=_haze(change),
    )


def lit(light: Planes, gain: Planes, field: Fields) -> Planes:
    """Return linear light after a change: contrast about the pivot, gain with a shoulder, haze."""
    if field.contrast != 1:
        brightness = tones.luminance(light) + 0.002
        bent = np.clip((brightness / field.pivot) ** (field.contrast - 1), 0.5, 1.6)
        light = tones.gained(light, bent[..., None].astype(np.float32))
    light = tones.gained(light, gain)
    haze = np.array(field.haze, np.float32)
    return light * (1 - haze) + haze


def merge(subject: NDArray[np.uint8], background: NDArray[np.uint8], change: Change) -> NDArray[np.uint8]:
    """Return the subject (RGBA) over the background (RGB) in the new light, with its shadow and the light around it."""
    alpha = subject[..., 3].astype(np.float32) / np.float32(255)
    field = fields(subject, alpha, change)
    size = tones.within(alpha, WORK)
    cover, behind = tones.scaled(alpha, size), tones.shown(background, size)
    shade = shadows.of(cover, change.after) * min(1.0, 0.4 + change.strength * 1.2)
    around = _wrap(cover, behind, change.strength)
    result = np.empty_like(background)
    for top in range(0, result.shape[0], _ROWS):
        part = slice(top, min(top + _ROWS, result.shape[0]))
        gain, dark, glow, weight = (rows(plane, part, alpha.shape) for plane in (field.gain, shade, *around))
        front = lit(tones.linear(subject[part, :, :3]), gain, field)
        front = front + weight[..., None] * np.maximum(glow - front, 0)
        back = tones.linear(background[part]) * (1 - dark[..., None] * _shadow_colour(change.after))
        result[part] = tones.coded(_blended(front, back, alpha[part, :, None]))
    return result


def plain(change: Change, fall: Planes) -> Planes:
    """Return the gain of what has no form of its own: the new light's colour and level, falling off with the way."""
    height, width = fall.shape[:2]
    seen = np.full((height, width), 0.5, np.float32)
    right, down = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    return np.clip(2 ** _level(change) * _colours(change, seen, (right, down)) * fall, *_GAINS)


def _blended(front: Planes, back: Planes, share: NDArray[np.float32]) -> Planes:
    """Return the two mixed half way between light and what is seen: thin hair is neither lost nor glows."""
    mixed = np.sqrt(front) * share + np.sqrt(back) * (1 - share)
    return np.where(share >= 1, front, np.where(share <= 0, back, mixed * mixed))


def _shadow_colour(light: Light) -> NDArray[np.float32]:
    """Return how much each channel loses in shadow: less of the colour that comes from all around."""
    fill = np.array(light.fill, np.float32)
    return (1 - 0.12 * (fill / fill.max())).astype(np.float32)


def _level(change: Change) -> float:
    wanted = change.part(_LEVEL) * (change.after.level - change.before.level)
    most = _MOST_BRIGHTER if wanted > 0 else _MOST_DARKER
    return float(most * np.tanh(wanted / most))


def _contrast(change: Change) -> float:
    ratio = (change.after.spread + 0.4) / (change.before.spread + 0.4)
    return float(np.clip(ratio ** (change.part(_CONTRAST) * _telling(change.after)), _LEAST_CONTRAST, _MOST_CONTRAST))


def _haze(change: Change) -> tuple[float, float, float]:
    """Return the light that lies over everything where even the background's blacks are not black."""
    much = min(_HAZE, max(0.0, change.after.black - change.before.black) * 0.25)
    much *= change.part(0.5) * _telling(change.after)
    red, green, blue = change.after.fill
    return (red * much, green * much, blue * much)


def _telling(light: Light) -> float:
    """Return how far a picture's contrast and blacks tell of its light: one colour all over says nothing of them."""
    return min(1.0, light.spread / _TELLING)


def _colours(change: Change, seen: Plane, facing: tuple[Plane, Plane]) -> Planes:
    """Return the gain of each channel: of the light itself where it is seen, of the surroundings that are faced else.

    Luminance stays, and no channel moves by more than `_MOST_COLOUR`, whatever the background's paint.
    """
    part, old = change.part(_COLOUR), np.log2(change.before.fill)
    key, fill = np.log2(change.after.key) - old, np.log2(change.after.fill) - old
    share = seen[..., None]
    moved = fill * (1 - share) + key * share
    moved = moved + (facing[0][..., None] * change.after.across + facing[1][..., None] * change.after.down) * _FACED
    gain = np.exp2(_MOST_COLOUR * np.tanh(part * moved / _MOST_COLOUR)).astype(np.float32)
    return gain / tones.luminance(gain)[..., None]


def _drawn_out(gain: Planes, cover: Plane) -> Planes:
    """Return the gain drawn out beyond the subject, so that its edge gets what the subject does."""
    reach = 0.02 * max(cover.shape) + 0.5
    weight = (cover * cover)[..., None]
    spread = tones.soft(gain * weight, reach)
    there = tones.soft(weight[..., 0], reach)[..., None]
    outside = np.where(there > 1e-4, spread / np.maximum(there, 1e-4), 1)  # noqa: PLR2004 - far away it doesn't matter
    return (gain * weight + outside * (1 - weight)).astype(np.float32)


def _wrap(cover: Plane, behind: Planes, strength: float) -> tuple[Planes, Plane]:
    """Return the light that comes around the edge from behind, and how much of it each pixel of the subject gets."""
    reach = _REACH * max(cover.shape) + 0.4
    open_ = (1 - cover)[..., None]
    glow = tones.soft(behind * open_, reach * 2.5)
    much = tones.soft(open_[..., 0], reach * 2.5)[..., None]
    near = tones.soft(1 - cover, reach)
    return glow / (much + 1e-3), (np.clip(near * 1.6, 0, 1) * _WRAP * min(1.0, 2 * strength)).astype(np.float32)


def rows(planes: Planes | Plane, part: slice, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return some rows of a small field in full size."""
    height, width = shape[0], shape[1]
    small_height, small_width = planes.shape[:2]
    x = (np.arange(width, dtype=np.float32) + 0.5) * small_width / width - 0.5
    y = (np.arange(part.start, part.stop, dtype=np.float32) + 0.5) * small_height / height - 0.5
    across, down = np.broadcast_to(x, (len(y), width)), np.broadcast_to(y[:, None], (len(y), width))
    places = np.ascontiguousarray(across), np.ascontiguousarray(down)
    found = cv2.remap(planes, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32).reshape((len(y), width, *planes.shape[2:]))
