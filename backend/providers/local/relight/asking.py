"""What a request asks for, decoded: which background, which light, and where each was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.errors import RequestRefused
from backend.imaging import codec
from backend.imaging.types import Size
from backend.providers.local.relight import backdrops, light, placing, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from backend.providers.local.relight.light import Light
    from backend.providers.local.relight.tones import Plane
    from backend.providers.local.relight.words import Wish
    from backend.schemas.base import Facts
    from backend.schemas.specs import RelightSpec

_SKETCHED = Size(256, 192)
"""The size in which a scene is painted when only its light is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: its spec, its words as read, and its pictures as pixels."""

    spec: RelightSpec
    wish: Wish
    image: NDArray[np.uint8]
    background: NDArray[np.uint8] | None
    lighting: NDArray[np.uint8] | None

    @property
    def size(self) -> Size:
        """Return the size of the picture and of the result."""
        return Size(self.image.shape[1], self.image.shape[0])

    @property
    def keeps(self) -> bool:
        """Return whether the picture keeps its background, and only its light changes."""
        return self.spec.keep_background or (self.background is None and self.wish.backdrop is None)

    @property
    def strength(self) -> float:
        """Return how far the light changes, 0..1."""
        return min(1.0, self.spec.light_strength * self.wish.strength)


def read(images: Mapping[str, bytes], spec: RelightSpec) -> Asked:
    """Return the request, decoded.

    Raises:
        InvalidRequest: the words are not understood, or nothing says what light or background is wanted.
        RequestRefused: the picture itself is missing.
    """
    if "image" not in images:
        raise RequestRefused(detail="Relighting needs the picture it is about, as `image`.")
    wish = words.asked(spec)
    image, background, lighting = (_decoded(images, field) for field in spec.READS)
    assert image is not None, "it is there, as was looked"
    return Asked(spec=spec, wish=wish, image=image, background=background, lighting=lighting)


def _decoded(images: Mapping[str, bytes], field: str) -> NDArray[np.uint8] | None:
    return codec.decode(images[field]).pixels if field in images else None


def background(asked: Asked, alpha: Plane) -> tuple[NDArray[np.uint8], str]:
    """Return the new background in the picture's size, and the field that it came from."""
    if asked.background is not None:
        return placing.covering(asked.background, asked.size, alpha), "background_image"
    assert asked.wish.backdrop is not None, "a picture that does not keep its background has a new one"
    return backdrops.paint(asked.wish.backdrop, asked.size, asked.spec.seed), "prompt"


def new_light(asked: Asked, before: Light, behind: NDArray[np.uint8] | None, source: str) -> tuple[Light, Facts]:
    """Return the light that is wanted, and what was taken from where.

    `behind` is the new background, which came from the field `source`; None where the old one stays. What is said more
    plainly counts more: a direction, then words about light, then the lighting image, then a scene that is named though
    the background is another, then the background.
    """
    found, origin = _coloured(asked, before, behind, source)
    found = light.warmed(found, asked.wish.warmth)
    direction = asked.spec.light_direction or asked.wish.direction
    turned = "light_direction" if asked.spec.light_direction else "prompt" if asked.wish.direction else origin
    if direction:
        found = light.turned(found, direction)
    colour = "prompt" if asked.wish.warmth and origin == "image" else origin
    return found, {
        "direction": found.side,
        "direction_from": turned,
        "colour": found.colour,
        "colour_from": colour,
        "strength": round(asked.strength, 3),
    }


def _coloured(asked: Asked, before: Light, behind: NDArray[np.uint8] | None, source: str) -> tuple[Light, str]:
    """Return the light by everything but its direction and the words about it, and the field that it came from.

    Its level is the new background's, if there is one: it is that which the subject must belong to.
    """
    own = light.of(behind) if behind is not None else None
    found, origin = (own, source) if own else (before, "image")
    if asked.lighting is not None:
        found, origin = light.of(_opaque(asked.lighting)), "lighting_image"
    elif asked.wish.backdrop is not None and source != "prompt":
        found, origin = light.of(backdrops.paint(asked.wish.backdrop, _SKETCHED, asked.spec.seed)), "prompt"
    elif own is None and asked.background is not None:
        found, origin = light.of(_opaque(asked.background)), "background_image"
    return (light.levelled(found, own) if own else found), origin


def _opaque(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(pixels[..., :3])
