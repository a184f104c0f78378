"""What is completed: a picture, its hole, and what of the rest may be copied; and the same at half the size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.fill.planes import averaged, over, padded, shrunk, stepped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.types import Box

REACH = 3
"""Pixels from the middle of a patch to its edge: patches are 7 x 7."""
SIDE = 2 * REACH + 1
_TEXTURE = 4.0
"""How much the texture of a place counts beside its colour."""
_AROUND = 15
"""Pixels a side over which texture is averaged."""
_WHOLE, _SOME = 0.99, 0.4
"""The shares of a block of four from which on it counts as wholly so, and as partly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One level: float32 pixels (height x width x channels, colour first, then texture), and three masks.

    `usable` may be copied from; what is neither hole nor usable stays and is copied from nowhere (transparency).
    `anchor` is where sources are looked for first: what a target beyond it is taken to be a neighbour of.
    """

    pixels: NDArray[np.float32]
    hole: NDArray[np.bool_]
    usable: NDArray[np.bool_]
    anchor: Box | None = None
    """The old picture within a larger canvas; None where the hole is inside the picture."""
    dislike: NDArray[np.float32] | None = None
    """What a source costs for being there, as a mean square of colour; None: nothing."""
    subject: NDArray[np.bool_] | None = None
    """What continues nothing but itself."""
    own: NDArray[np.bool_] | None = None
    """Where the old picture's border is the subject's: what lies beyond it may come from the subject."""

    @property
    def shape(self) -> tuple[int, int]:
        """Return height and width."""
        return self.hole.shape[0], self.hole.shape[1]

    def sources(self) -> NDArray[np.bool_]:
        """Return the middles of the patches that lie wholly in what may be copied."""
        return eroded(self.usable, REACH)


def eroded(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Return the mask without what is nearer than `by` pixels to its edge or the picture's."""
    box = np.ones((2 * by + 1, 2 * by + 1), np.uint8)
    return np.asarray(cv2.erode(mask.astype(np.uint8), box, borderType=cv2.BORDER_CONSTANT, borderValue=0), np.bool_)


def grown(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Return the mask with all that is no further than `by` pixels from it, in a square."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((2 * by + 1, 2 * by + 1), np.uint8)), np.bool_)


def thickness(mask: NDArray[np.bool_]) -> float:
    """Return how many pixels wide the mask is where it is widest; what lies outside the picture is not its edge."""
    return 2 * float(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3).max(initial=0))


def textured(colour: NDArray[np.float32], known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the colours with two more channels: how much neighbours differ around here, across and down.

    Colours alone match any smooth place with any textured one of the same mean.
    Source: Newson et al., Non-Local Patch-Based Image Inpainting, IPOL 2017, section 3 (read 2026-11-22).
    """
    grey = np.ascontiguousarray(colour[..., :3].mean(axis=-1, dtype=np.float32))
    sure = eroded(known, 1).astype(np.float32)
    share = averaged(sure, _AROUND)
    steps = [over(averaged(step * sure, _AROUND), share) * np.float32(_TEXTURE) for step in stepped(grey)]
    return np.concatenate((colour, *(step[..., None] for step in steps)), axis=2)


def halved(scene: Scene) -> Scene:
    """Return the scene at half the size, rounded up; what lies in the hole gives no colour to what doesn't."""
    odd = tuple((0, side % 2) for side in scene.shape)
    known = padded((~scene.hole).astype(np.float32), odd)
    size = known.shape[1] // 2, known.shape[0] // 2
    share = shrunk(known, size)
    pixels = over(shrunk(padded(scene.pixels, odd) * known[..., None], size), share[..., None])
    usable = shrunk(padded(scene.usable.astype(np.float32), odd), size)
    dislike = None if scene.dislike is None else shrunk(padded(scene.dislike, odd), size)
    subject, own = (
        None if mask is None else shrunk(padded(mask.astype(np.float32), odd), size) > _SOME
        for mask in (scene.subject, scene.own)
    )
    return Scene(
        pixels=pixels,
        hole=share < _WHOLE,
        usable=usable > _WHOLE,
        anchor=_half(scene.anchor),
        dislike=dislike,
        subject=subject,
        own=own,
    )


def _half(box: Box | None) -> Box | None:
    if box is None:
        return None
    return type(box)(
        box.left // 2, box.top // 2, max(box.right // 2, box.left // 2 + 1), max(box.bottom // 2, box.top // 2 + 1)
    )
