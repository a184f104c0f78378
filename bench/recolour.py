"""How true, how gentle and how quick recolouring is, on real photographs.

    python -m bench.recolour [--sheet OUT.webp|OUT.png] [--folder DIR]

Each case names a thing in words and a colour. Measured where the mask is white: how far the region's hue, weighted by
chroma, lies from the target's in OKLab (not for whites, greys and blacks, which have none: their chroma is told), the
correlation of CIE lightness and of relative luminance before and after, and how many pixels outside the mask changed.
The rival gives every pixel of the same mask the target's hue and saturation in HSV and keeps its value.

Ends with 1 where a target is missed: hue within 8°, both correlations at least 0.97, nothing changed elsewhere.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.imaging import codec, oklab
from backend.providers.local import models
from backend.providers.local.recolour import shades, work
from backend.providers.local.recolour.words import understood
from bench.photographs import photographs
from bench.sheets import pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.recolour.shades import Shade

    Pixels = NDArray[np.uint8]

LONGEST = 1024
MOST_HUE, LEAST_ALIKE = 8.0, 0.97
WHOLLY = 250
CASES = (
    ("astronaut", "the orange suit", "navy"),
    ("astronaut", "the orange suit", "emerald"),
    ("chelsea", "the brown cat", "blue"),
    ("coffee", "the red cup", "royal blue"),
    ("coffee", "the brown background", "sage"),
    ("china", "the sky", "peach"),
    ("flower", "the orange flower", "purple"),
    ("motorcycle", "the red motorcycle", "blue"),
    ("motorcycle", "the red motorcycle", "white"),
    ("motorcycle", "the red motorcycle", "black"),
    ("mountains", "the grass", "mustard"),
    ("bridge", "the sky", "lavender"),
    ("wine", "the brown beanbag", "crimson"),
    ("cups", "the light blue cups", "yellow"),
    ("cups", "the red cups", "teal"),
    ("leaf", "the orange leaf", "hot pink"),
    ("kite", "the sky", "orange"),
    ("single", "the orange plant", "cyan"),
    ("path", "the grass", "rust"),
    ("friends", "the brown dogs", "charcoal"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One case's numbers: `hue` in degrees, None for a neutral target; CPU seconds with and without the model."""

    share: float
    hue: float | None
    lightness: float
    luminance: float
    elsewhere: int
    rival: float
    cpu_s: float
    found_s: float


def main() -> None:
    """Measure, print, draw what was asked for."""
    options = _options()
    weights = models.pull("u2netp", options.folder)
    pictures = dict(photographs(longest=LONGEST))
    scores: list[Score] = []
    rows: list[pairs.Pair] = []
    print(f"{'case':48}{'share':>7}{'hue':>6}{'L*':>7}{'Y':>7}{'out':>5}{'HSV':>7}{'CPU s':>7}{'found':>7}")
    for name, what, colour in CASES:
        score, after = _case(pictures[name], what, colour, weights)
        scores.append(score)
        rows.append((f"{what} to {colour}", pictures[name], after))
        hue = "   -  " if score.hue is None else f"{score.hue:6.1f}"
        alike = f"{score.lightness:7.3f}{score.luminance:7.3f}{score.elsewhere:5}{score.rival:7.3f}"
        case = f"{name}: {what} to {colour}"
        print(f"{case:48}{score.share:7.3f}{hue}{alike}{score.cpu_s:7.2f}{score.found_s:7.2f}")
    if options.sheet:
        pairs.lay(rows, options.sheet)
    sys.exit(0 if _told(scores) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheet", type=Path, help="draw a contact sheet into this WebP or PNG")
    parser.add_argument("--folder", type=Path, default=models.default_folder(), help="where the weights are")
    return parser.parse_args()


def _case(pixels: Pixels, what: str, colour: str, weights: Path) -> tuple[Score, Pixels]:
    data = codec.encode(pixels, "png")
    wish = understood(colour, what, masked=False)
    began = time.process_time()
    salient = None if wish.place in {"sky", "everything"} else work.subject(data, weights)
    found = time.process_time()
    done = work.by_words(data, wish, salient, "png")
    ended = time.process_time()
    after, mask = codec.decode(done.picture).pixels, codec.decode(done.mask).pixels[..., 0]
    target, inside = shades.given(wish.target), mask >= WHOLLY
    before_in, after_in = pixels[inside], after[inside]
    score = Score(
        share=done.share,
        hue=None if target.neutral else _hue_off(after_in, target),
        lightness=_alike(_lightness(before_in), _lightness(after_in)),
        luminance=_alike(_luminance(before_in), _luminance(after_in)),
        elsewhere=int(np.any(after != pixels, axis=-1)[mask == 0].sum()),
        rival=_alike(_lightness(before_in), _lightness(_by_hsv(before_in, after_in))),
        cpu_s=ended - found,
        found_s=found - began,
    )
    return score, after


def _hue_off(region: Pixels, target: Shade) -> float:
    values = oklab.lab(oklab.linear(region)).sum(axis=0)
    off = np.degrees(np.arctan2(values[2], values[1]) - target.hue)
    return abs(float((off + 180) % 360 - 180))


def _luminance(region: Pixels) -> NDArray[np.floating]:
    return oklab.luminance(oklab.linear(region))


def _lightness(region: Pixels) -> NDArray[np.floating]:
    return np.asarray(cv2.cvtColor(region[None].astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)[0, :, 0]


def _alike(before: NDArray[np.floating], after: NDArray[np.floating]) -> float:
    return float(np.corrcoef(before, after)[0, 1])


def _by_hsv(before: Pixels, after: Pixels) -> Pixels:
    """Return the region with the hue and the saturation that the result has in the middle, its own value kept."""
    hsv = np.asarray(cv2.cvtColor(before[None], cv2.COLOR_RGB2HSV))
    middle = np.asarray(np.median(after, axis=0), np.uint8)[None, None]
    hsv[..., :2] = np.asarray(cv2.cvtColor(middle, cv2.COLOR_RGB2HSV))[..., :2]
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)[0]


def _told(scores: list[Score]) -> bool:
    worst_hue = max(score.hue for score in scores if score.hue is not None)
    lightness, luminance = min(s.lightness for s in scores), min(s.luminance for s in scores)
    elsewhere = sum(score.elsewhere for score in scores)
    print(
        f"{len(scores)} cases: hue off by at most {worst_hue:.1f}°, lightness alike {lightness:.3f} at least (rival"
        f" {min(s.rival for s in scores):.3f}), luminance {luminance:.3f}, {elsewhere} pixels changed elsewhere, CPU"
        f" {statistics.median(s.cpu_s for s in scores):.2f} s and {statistics.median(s.found_s for s in scores):.2f} s"
        " to find the subject (medians)"
    )
    return worst_hue <= MOST_HUE and min(lightness, luminance) >= LEAST_ALIKE and not elsewhere


if __name__ == "__main__":
    main()
