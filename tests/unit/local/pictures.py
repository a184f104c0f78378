"""Small pictures whose true alpha is known: a thing drawn over a ground, both made here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SIDE = 256
FINE = 4


class Known(NamedTuple):
    """A picture (uint8 RGB), and how much of each pixel is the thing's (0..1)."""

    pixels: NDArray[np.uint8]
    alpha: NDArray[np.float64]


def shape(draw: Callable[[NDArray[np.uint8]], object]) -> NDArray[np.float64]:
    """Return the coverage of what is drawn in white, with the soft edge of one pixel that a camera gives."""
    sheet = np.zeros((SIDE * FINE, SIDE * FINE), np.uint8)
    draw(sheet)
    return cv2.resize(sheet, (SIDE, SIDE), interpolation=cv2.INTER_AREA) / 255


def ground(seed: int, low: tuple[int, int, int], high: tuple[int, int, int]) -> NDArray[np.float64]:
    """Return a blurred, grainy backdrop between two colours."""
    rng = np.random.default_rng(seed)
    clouds = cv2.resize(rng.random((5, 5)), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)[..., None]
    return np.array(low) + (np.array(high) - low) * clouds + rng.normal(0, 3, (SIDE, SIDE, 1))


def lit(colour: tuple[int, int, int]) -> NDArray[np.float64]:
    """Return a colour lit from the upper left."""
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    light = 1.25 - 0.9 * np.hypot(x - 0.38, y - 0.36)
    return np.array(colour) * light[..., None]


def over(front: NDArray[np.float64], alpha: NDArray[np.float64], back: NDArray[np.float64]) -> Known:
    """Return the front laid on the back."""
    mixed = front * alpha[..., None] + back * (1 - alpha[..., None])
    return Known(np.clip(np.rint(mixed), 0, 255).astype(np.uint8), alpha)


def ball() -> Known:
    alpha = shape(lambda sheet: cv2.circle(sheet, (530, 540), 270, 255, -1))
    return over(lit((215, 60, 40)), alpha, ground(1, (120, 150, 170), (190, 205, 215)))


def ring() -> Known:
    """A thing that one sees through."""
    alpha = shape(lambda sheet: cv2.circle(sheet, (500, 520), 240, 255, 110))
    return over(lit((240, 180, 40)), alpha, ground(2, (40, 60, 90), (80, 110, 150)))


def star() -> Known:
    """A thing with points."""
    turns = np.arange(10) * np.pi / 5 - np.pi / 2
    reach = np.where(np.arange(10) % 2 == 0, 380, 170)
    corners = np.stack((520 + reach * np.cos(turns), 540 + reach * np.sin(turns)), -1).astype(np.int32)
    alpha = shape(lambda sheet: cv2.fillPoly(sheet, [corners], 255))
    return over(lit((60, 120, 220)), alpha, ground(3, (200, 190, 160), (235, 228, 210)))


def bottle() -> Known:
    """A thing taller than wide, in the colours of its ground."""

    def draw(sheet: NDArray[np.uint8]) -> None:
        cv2.rectangle(sheet, (400, 420), (640, 920), 255, -1)
        cv2.ellipse(sheet, (520, 420), (120, 110), 0, 0, 360, 255, -1)
        cv2.rectangle(sheet, (475, 140), (565, 420), 255, -1)

    return over(lit((40, 110, 70)), shape(draw), ground(4, (120, 170, 110), (190, 220, 170)))


def far_off() -> Known:
    """The star, small in a wide picture."""
    near, wide = star(), (1000, 800)
    alpha, front = np.zeros(wide[::-1]), np.zeros((*wide[::-1], 3))
    alpha[300 : 300 + SIDE, 420 : 420 + SIDE] = near.alpha
    front[300 : 300 + SIDE, 420 : 420 + SIDE] = lit((60, 120, 220))
    return over(front, alpha, cv2.resize(ground(3, (200, 190, 160), (235, 228, 210)), wide))


ALL = {"ball": ball, "ring": ring, "star": star, "bottle": bottle}
