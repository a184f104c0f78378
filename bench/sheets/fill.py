"""Contact sheets of erased, inpainted and continued photographs, to look at.

    python -m bench.sheets.fill [--folder docs/explanation/sheets]

writes erase.webp, inpaint.webp and outpaint.webp: before and after, side by side.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.fill.erasing import erased
from backend.providers.local.fill.extending import Margins, extended
from bench.erase import cut, subject_of
from bench.photographs import photographs
from bench.sheets import pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bench.sheets.pairs import Pair

    Picture = NDArray[np.uint8]

LONGEST = 400
MARKED = (255, 0, 200)
OBJECTS = {
    "astronaut": (0.73, 0.02, 0.94, 0.52),
    "coffee": (0.52, 0.48, 0.72, 0.84),
    "china": (0.30, 0.02, 0.56, 0.98),
    "flower": (0.28, 0.18, 0.76, 0.88),
    "rocket": (0.46, 0.24, 0.60, 0.92),
    "friends": (0.28, 0.20, 0.68, 0.62),
    "mountains": (0.44, 0.58, 0.54, 0.70),
    "bridge": (0.40, 0.00, 0.82, 0.98),
    "wine": (0.36, 0.18, 0.54, 0.42),
    "path": (0.24, 0.48, 0.42, 1.00),
    "leaf": (0.14, 0.18, 0.36, 0.46),
    "kite": (0.62, 0.28, 0.74, 0.46),
}
"""What is erased from each: left, top, right and bottom of an ellipse, in fractions."""


def main() -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("docs/explanation/sheets"))
    options = parser.parse_args()
    pictures = photographs(longest=LONGEST)
    for name, rows in (("outpaint", _wider), ("erase", _erased), ("inpaint", _inpainted)):
        pairs.lay(rows(pictures), options.folder / f"{name}.webp")


def _erased(pictures: list[tuple[str, Picture]]) -> list[Pair]:
    rows: list[Pair] = []
    for name, pixels in pictures:
        if name in OBJECTS:
            hole = _ellipse(pixels.shape[:2], OBJECTS[name])
            rows.append((name, _marked(pixels, hole), erased(pixels, hole, 1, subject=subject_of(pixels, hole))))
    return rows


def _inpainted(pictures: list[tuple[str, Picture]]) -> list[Pair]:
    """Return scratches, letters and blots, in turns, mended."""
    rows: list[Pair] = []
    for number, (name, pixels) in enumerate(pictures[:12]):
        hole = (_scratched, _written, _blotted)[number % 3](pixels.shape[:2], number)
        rows.append((name, _marked(pixels, hole), erased(pixels, hole, 1, subject=subject_of(pixels, hole))))
    return rows


def _wider(pictures: list[tuple[str, Picture]]) -> list[Pair]:
    """Return pictures continued at the sides, at the top, and all around, in turns; framed before."""
    rows: list[Pair] = []
    for number, (name, pixels) in enumerate(pictures[:12]):
        height, width = pixels.shape[:2]
        aside, above, below = ((width // 4, 0, 0), (0, height // 3, 0), (width // 6, height // 6, height // 6))[
            number % 3
        ]
        margins = Margins(left=aside, right=aside, up=above, down=below)
        framed = np.full((height + above + below, width + 2 * aside, 3), 235, np.uint8)
        framed[above : above + height, aside : aside + width] = pixels
        rows.append((name, framed, extended(pixels, margins, 1, subject=subject_of(pixels, None))))
    return rows


def _ellipse(shape: tuple[int, ...], box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    left, top, right, bottom = box
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    across = (columns / shape[1] - (left + right) / 2) / ((right - left) / 2)
    down = (rows / shape[0] - (top + bottom) / 2) / ((bottom - top) / 2)
    return across**4 + down**4 <= 1


def _scratched(shape: tuple[int, ...], number: int) -> NDArray[np.bool_]:
    rng = np.random.default_rng(number)
    mask = np.zeros(shape, np.uint8)
    for _ in range(7):
        ends = rng.uniform(0, 1, (3, 2)) * (shape[1], shape[0])
        cv2.polylines(mask, [ends.astype(np.int32)], isClosed=False, color=(1,), thickness=int(rng.integers(2, 5)))
    return mask > 0


def _written(shape: tuple[int, ...], number: int) -> NDArray[np.bool_]:
    mask = np.zeros(shape, np.uint8)
    for line in range(3):
        at = (shape[1] // 12, shape[0] * (line + 1) // 4)
        cv2.putText(mask, f"PROOF {number:02} COPY", at, cv2.FONT_HERSHEY_SIMPLEX, shape[1] / 300, (1,), 7)
    return mask > 0


def _blotted(shape: tuple[int, ...], number: int) -> NDArray[np.bool_]:
    return np.logical_or.reduce([cut(shape, 10 * number + blot) for blot in range(3)])


def _marked(pixels: Picture, hole: NDArray[np.bool_]) -> Picture:
    marked = pixels.copy()
    marked[hole] = MARKED
    return marked


if __name__ == "__main__":
    main()
