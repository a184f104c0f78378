"""How good and how quick enlarging is: `python -m bench.upscale [--crops N] [--seams N]`.

Crops of 256 pixels a side out of real photographs are made a quarter as large (bicubic) and enlarged again; PSNR is of
luminance and colour together, against the crop. SPAN was trained on bicubic, which flatters it; Lanczos is Pillow's.
Seams: what is laid together of pieces is compared with the same picture made in one piece, and the step between the
two pixels at each border with the steps inside. Times are CPU seconds of one process with two threads.
The exit status is 1 where an aim is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from backend.imaging.faithfulness import colour_shift
from backend.imaging.types import Size
from backend.providers.local import models
from backend.providers.local.upscale.enlarging import larger
from backend.providers.local.upscale.lenses import Network, Plain
from backend.providers.local.upscale.tiles import tiles
from bench.photographs import photographs

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIDE, FACTOR = 256, 4
AIM_DB, AIM_S = 0.7, 5.0


def main() -> None:
    """Print the figures."""
    asked = _arguments()
    weights = models.path_of("span-x4", models.default_folder())
    if not models.is_installed("span-x4", models.default_folder()):
        sys.exit("The weights of SPAN are not installed. Run `image-studio models pull`.")
    met = [_quality(asked.crops, weights), _seams(asked.seams, weights), _speed(weights)]
    sys.exit(0 if all(met) else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crops", type=int, default=16, help="photographs, one crop each")
    parser.add_argument("--seams", type=int, default=4, help="photographs to look for seams in")
    return parser.parse_args()


def _crops(count: int) -> list[tuple[str, NDArray[np.uint8]]]:
    """Return the square with the most detail in the middle of each photograph."""
    found = photographs(count, longest=1200)
    return [(name, _middle(pixels)) for name, pixels in found]


def _middle(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    top, left = (pixels.shape[0] - SIDE) // 2, (pixels.shape[1] - SIDE) // 2
    return np.ascontiguousarray(pixels[top : top + SIDE, left : left + SIDE])


def _quality(count: int, weights: Path) -> bool:
    gains: list[float] = []
    print(f"{'crop':12} {'Lanczos':>8} {'SPAN':>8} {'gain':>6} {'colour':>7}")
    for name, crop in _crops(count):
        small = np.asarray(Image.fromarray(crop).resize((SIDE // FACTOR, SIDE // FACTOR), Image.Resampling.BICUBIC))
        plain = np.asarray(Image.fromarray(small).resize((SIDE, SIDE), Image.Resampling.LANCZOS))
        made = larger(small, Size(SIDE, SIDE), Network(weights=weights))
        first, second = _psnr(plain, crop), _psnr(made, crop)
        gains.append(second - first)
        print(f"{name:12} {first:8.2f} {second:8.2f} {gains[-1]:+6.2f} {colour_shift(small, made):7.2f}")
    mean = float(np.mean(gains))
    print(f"SPAN over Lanczos, mean of {len(gains)} crops: {mean:+.2f} dB (aim {AIM_DB:+}); worst {min(gains):+.2f}")
    return mean >= AIM_DB


def _seams(count: int, weights: Path) -> bool:
    """Compare steps at the borders of pieces with those inside, where nothing but the network could have made any."""
    met = True
    for name, pixels in photographs(count, longest=640):
        lens = Network(weights=weights, longest=160)
        size = Size(pixels.shape[1], pixels.shape[0])
        target = Size(FACTOR * size.width, FACTOR * size.height)
        pieced = larger(pixels, target, lens).astype(np.float32)
        whole = larger(pixels, target, Network(weights=weights, longest=4096)).astype(np.float32)
        apart = pieced - whole
        places = {FACTOR * tile.across.first for tile in tiles(size, longest=lens.longest, overlap=lens.overlap)} - {0}
        at, inside = _steps(apart, places)
        own_at, own_inside = _steps(pieced, places)
        met &= own_at <= own_inside
        print(
            f"{name:12} pieces against one: max {np.abs(apart).max():.0f} levels, mean {np.abs(apart).mean():.5f};"
            f" steps they add: {at:.0f} at borders, {inside:.0f} inside;"
            f" largest step of the picture: {own_at:.0f} at borders, {own_inside:.0f} inside"
        )
    return met


def _steps(values: NDArray[np.float32], places: set[int]) -> tuple[float, float]:
    """Return the largest step from one column to the next at the pieces' borders, and elsewhere."""
    steps = np.abs(np.diff(values, axis=1)).max(axis=(0, 2))
    near = {column for place in places for column in (place - 1, place)}
    inside = [step for column, step in enumerate(steps) if column not in near]
    return float(max(steps[column] for column in near)), float(max(inside))


def _speed(weights: Path) -> bool:
    ((_, pixels),) = photographs(1)
    square = np.ascontiguousarray(cv2.resize(pixels, (512, 512), interpolation=cv2.INTER_AREA), np.uint8)
    larger(square[:64, :64], Size(256, 256), Network(weights=weights))  # loads the network
    taken: dict[str, float] = {}
    for name, lens in (("SPAN", Network(weights=weights)), ("Lanczos", Plain())):
        begun = time.process_time()
        larger(square, Size(2048, 2048), lens)
        taken[name] = time.process_time() - begun
    print(", ".join(f"512² to 2048² by {name}: {each:.1f} CPU s" for name, each in taken.items()), f"(aim ≤ {AIM_S:g})")
    return taken["SPAN"] <= AIM_S


def _psnr(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    apart = np.mean((one.astype(np.float64) - other) ** 2)
    return float(10 * np.log10(255**2 / apart))


if __name__ == "__main__":
    main()
