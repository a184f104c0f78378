"""Painting backgrounds from words: colours, gradients, scenes out of focus, and the designer's grounds.

Everything is painted in OKLab, so that colours run into each other as the eye expects.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, assert_never

import cv2
import numpy as np
from PIL import Image

from backend.imaging import codec, oklab
from backend.providers.local.compose.colour import lab, ramp, rgb, to_rgb
from backend.providers.local.compose.fields import noise, wander
from backend.providers.local.compose.stream import Stream, between, stream
from backend.providers.local.relight import tones
from backend.providers.local.relight.vocabulary import vocabulary
from backend.providers.local.relight.words import Design, Gradient, Plain, Scene

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.types import Size
    from backend.providers.local.relight.tones import Planes as Floats
    from backend.providers.local.relight.vocabulary import Clouds, Discs, Glow, Patches, SceneRow, Shade
    from backend.providers.local.relight.words import Backdrop

_PAINTED = 1024
"""Longest side at which soft things are painted; they are enlarged afterwards."""
_TURNS = {"down": (0, 1), "up": (0, -1), "right": (1, 0), "left": (-1, 0), "across": (0.7071, 0.7071), "out": (0, 0)}


def paint(backdrop: Backdrop, size: Size, seed: int) -> NDArray[np.uint8]:
    """Return the background in a size; the same seed paints the same."""
    match backdrop:
        case Plain():
            return np.full((size.height, size.width, 3), rgb(backdrop.colour), np.uint8)
        case Gradient():
            return _finished(_gradient(backdrop, _smaller(size)), size, seed)
        case Scene():
            return _finished(_scene(backdrop, _smaller(size), seed), size, seed)
        case Design():
            return _design(backdrop, size, seed)
    assert_never(backdrop)


def _smaller(size: Size) -> tuple[int, int]:
    scale = min(1.0, _PAINTED / max(size.width, size.height))
    return max(1, round(size.width * scale)), max(1, round(size.height * scale))


def _finished(labs: Floats, size: Size, seed: int) -> NDArray[np.uint8]:
    """Return pixels in full size, dithered so that no bands show."""
    large = cv2.resize(to_rgb(labs), (size.width, size.height), interpolation=cv2.INTER_CUBIC)
    large = large.reshape(size.height, size.width, 3)
    rng = np.random.Generator(np.random.PCG64(seed))
    large += rng.random((size.height, size.width, 1), np.float32) - 0.5
    return np.clip(np.rint(large), 0, 255).astype(np.uint8)


def _sheet(size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return x and y of each pixel's centre, 0..1."""
    across, down = np.meshgrid((np.arange(size[0]) + 0.5) / size[0], (np.arange(size[1]) + 0.5) / size[1])
    return across.astype(np.float32), down.astype(np.float32)


def _gradient(backdrop: Gradient, size: tuple[int, int]) -> Floats:
    x, y = _sheet(size)
    right, down = _TURNS[backdrop.run]
    along = (x - 0.5) * right + (y - 0.5) * down
    if backdrop.run == "out":
        at = np.hypot((x - 0.5) * size[0], (y - 0.45) * size[1]) / (0.62 * max(size))
    else:
        at = along / (abs(right) + abs(down)) + 0.5
    eased = np.clip(at, 0, 1)
    last = max(1, len(backdrop.colours) - 1)
    return ramp([(i / last, colour) for i, colour in enumerate(backdrop.colours)], eased.astype(np.float32))


def _scene(backdrop: Scene, size: tuple[int, int], seed: int) -> Floats:
    row = vocabulary().scenes[backdrop.name]
    rng = stream("backdrop", backdrop.name, seed)
    _, y = _sheet(size)
    labs = ramp(row.ramp, y)
    if row.clouds:
        labs = _clouded(labs, row.clouds, rng)
    for glow in row.glows:
        labs = _glowing(labs, glow)
    for ridge in row.ridges:
        labs = _ridged(labs, ridge, rng)
    if row.patches:
        labs[..., 0] += _patches(size, row.patches, rng)
    labs = _toned(labs, backdrop, row)
    if row.discs:
        labs = _with_discs(labs, row.discs, rng)
    labs[..., 0] *= _vignette(size, row.vignette)
    return _shaded(labs, backdrop.shade)


def _glowing(labs: Floats, glow: Glow) -> Floats:
    height, width = labs.shape[:2]
    x, y = _sheet((width, height))
    longest = max(width, height)
    right = (x - glow.at[0]) * width / longest
    down = (y - glow.at[1]) * height / longest / glow.squash
    near = np.exp(-2.2 * (right**2 + down**2) / glow.reach**2) * glow.strength
    return (labs + (np.array(lab(glow.colour), np.float32) - labs) * np.minimum(near, 1)[..., None]).astype(np.float32)


def _clouded(labs: Floats, clouds: Clouds, rng: Stream) -> Floats:
    height, width = labs.shape[:2]
    field = _stretched((width, height), clouds.scale, clouds.wide, (6, rng))
    bank = _stretched((width, height), clouds.scale * 0.5, clouds.wide, (2, rng))
    _, y = _sheet((width, height))
    mass = field * 0.72 + bank * 0.45 - 0.12 * np.abs(y - 0.45)
    thick = _smooth((mass - 0.52) / 0.34) * clouds.amount
    below = tones.soft(thick, 0.02 * height + 0.3)
    shade = np.clip(np.roll(below, -max(1, height // 40), axis=0) - below, 0, 1) * 0.12
    white = np.array(lab(clouds.colour), np.float32)
    labs = labs + (white - labs) * thick[..., None]
    labs[..., 0] -= shade + 0.05 * thick * field
    return labs.astype(np.float32)


def _smooth(values: Floats) -> Floats:
    t = np.clip(values, 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def _stretched(size: tuple[int, int], scale: float, wide: float, with_: tuple[int, Stream]) -> Floats:
    """Return noise 0..1 that is `wide` times as wide as high, of so many octaves."""
    octaves, rng = with_
    width, height = size
    narrow = max(2, round(width / wide)), max(2, height)
    drawn = noise(rng, narrow, max(0.6, scale * min(narrow) / max(1, min(size))), octaves)
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_CUBIC), np.float32).reshape(height, width)


def _ridged(labs: Floats, ridge: tuple[float, float, str], rng: Stream) -> Floats:
    """Lay a ridge below a wandering line, paler towards its foot."""
    at, tall, colour = ridge
    height, width = labs.shape[:2]
    line = wander(rng, octaves=5, roughness=0.55)
    start = between(rng, 0, 50)
    top = np.array([at + tall * line(start + 2.2 * column / width) for column in range(width)], np.float32)
    y = ((np.arange(height, dtype=np.float32) + 0.5) / height)[:, None]
    cover = np.clip((y - top[None]) * height / max(1.5, 0.014 * height) + 0.5, 0, 1)
    foot = np.clip((y - top[None]) / 0.35, 0, 1) * 0.35
    tone = np.array(lab(colour), np.float32) + foot[..., None] * (labs - np.array(lab(colour), np.float32)) * 0.5
    return (labs + (tone - labs) * cover[..., None]).astype(np.float32)


def _patches(size: tuple[int, int], patches: Patches, rng: Stream) -> Floats:
    field = _stretched(size, patches.scale, patches.wide, (patches.octaves, rng)) - 0.5
    _, y = _sheet(size)
    fade = 1 - _smooth((y - patches.until + 0.04) / 0.06) if patches.until < 1 else np.ones_like(y)
    return (field * 2 * patches.amount * fade).astype(np.float32)


def _toned(labs: Floats, backdrop: Scene, row: SceneRow) -> Floats:
    """Return the scene in its own colour, its differences of lightness kept, where one is wished for."""
    if backdrop.colour is None:
        return labs
    light, a, b = lab(backdrop.colour)
    middle = float(np.mean([lab(colour)[0] for _, colour in row.ramp]))
    lightness = np.clip(light + (labs[..., 0] - middle) * 0.85, 0.02, 0.99)
    strength = np.clip(np.minimum(lightness / max(light, 0.1), (1.05 - lightness) / max(1.05 - light, 0.1)), 0.65, 1.1)
    return np.stack((lightness, a * strength, b * strength), -1).astype(np.float32)


def _with_discs(labs: Floats, discs: Discs, rng: Stream) -> Floats:
    """Screen discs of light over the scene, small ones sharper than large ones."""
    height, width = labs.shape[:2]
    layer = np.zeros((height, width, 3), np.float32)
    for _ in range(discs.count):
        radius = between(rng, discs.least, discs.most) * max(width, height)
        at = (rng.random() * width, between(rng, discs.top, discs.until) * height)
        colour = np.array(rgb(rng.choice(discs.colours)), np.float32) / 255
        _add_disc(layer, at, radius, colour * discs.strength * between(rng, 0.25, 1.0))
    screened = 1 - (1 - to_rgb(labs) / 255) * (1 - np.clip(layer, 0, 1))
    return oklab.lab(tones.linear(np.rint(screened * 255).astype(np.uint8))).astype(np.float32)


def _add_disc(layer: Floats, at: tuple[float, float], radius: float, light: Floats) -> None:
    reach = math.ceil(radius * 1.25) + 2
    left, top = int(at[0]) - reach, int(at[1]) - reach
    box = np.s_[max(0, top) : max(0, top + 2 * reach + 1), max(0, left) : max(0, left + 2 * reach + 1)]
    patch = layer[box]
    y = np.arange(patch.shape[0], dtype=np.float32)[:, None] + max(0, top) - at[1]
    x = np.arange(patch.shape[1], dtype=np.float32)[None] + max(0, left) - at[0]
    far = np.hypot(x, y) / max(radius, 0.5)
    soft = max(0.06, 0.8 / max(radius, 0.5))
    inside = np.clip((1 - far) / soft + 0.5, 0, 1) * (0.72 + 0.28 * np.clip(far, 0, 1) ** 4)
    patch += inside[..., None] * light


def _vignette(size: tuple[int, int], amount: float) -> Floats:
    x, y = _sheet(size)
    return (1 - amount * np.clip((x - 0.5) ** 2 * 1.8 + (y - 0.48) ** 2 * 1.8, 0, 1)).astype(np.float32)


def _shaded(labs: Floats, shade: Shade) -> Floats:
    if shade.lightness:
        factor = 1 + shade.lightness * 1.6
        labs[..., 0] = np.clip(labs[..., 0] * factor, 0, 0.995)
        labs[..., 1:] *= min(1.0, factor)
    labs[..., 1:] *= shade.chroma
    labs[..., 1] += shade.warmth * 0.4 * labs[..., 0]
    labs[..., 2] += shade.warmth * labs[..., 0]
    return labs


def _design(backdrop: Design, size: Size, seed: int) -> NDArray[np.uint8]:
    """Return a ground of the designer, without words; it draws sides of 64 to 4096 pixels."""
    from backend.providers.local.compose import SIDES, Brief, compose  # noqa: PLC0415 - fonts and renderer load only here

    scale = max(1.0, SIDES.start / min(size.width, size.height))
    scale = min(scale, (SIDES.stop - 1) / max(size.width, size.height))
    width, height = (min(max(round(s * scale), SIDES.start), SIDES.stop - 1) for s in (size.width, size.height))
    brief = Brief(prompt="", width=width, height=height, seed=seed, palette=backdrop.colours, style=backdrop.family)
    drawn = Image.fromarray(codec.decode(compose(brief).png).pixels[..., :3])
    return np.asarray(drawn.resize((size.width, size.height), Image.Resampling.LANCZOS))
