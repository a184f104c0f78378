"""How true, how gentle and how quick recolouring is, on real photographs.

    python -m bench.recolour [--sheet OUT.webp|OUT.png] [--folder DIR]

Each case names a thing in words and a colour. Measured where the mask is white: how far the region's hue, weighted by
chroma, lies from the target's in OKLab (not for whites, greys and blacks, which have none: their chroma is told), the
correlation of CIE lightness and of relative luminance before and after, and how many pixels outside the mask changed.
*Steps* tells posterising: the largest steps of colour in OKLab (99th percentile) between neighbours that are one level
apart or less before, as a factor of what they were. Cases on photographs that nothing was tuned on are told apart.
The rival gives every pixel of the same mask the target's hue and saturation in HSV and keeps its value.

Ends with 1 where a target is missed: hue within 8°, both correlations at least 0.97, nothing changed elsewhere, steps
at most twice what they were.
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

from backend.errors import StudioError
from backend.imaging import codec, oklab
from backend.providers.local import models
from backend.providers.local.recolour import shades, work
from backend.providers.local.recolour.words import understood
from bench.photographs import HELD_OUT, photographs
from bench.sheets import pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from backend.providers.local.recolour.shades import Shade

    Pixels = NDArray[np.uint8]

LONGEST = 1024
MOST_HUE, LEAST_ALIKE, MOST_STEPS = 8.0, 0.97, 2.0
STEEPEST = 99
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
HELD_OUT_CASES = (
    ("fig", "the red bowl", "emerald"),
    ("fig", "the grey background", "sand"),
    ("brushes", "the pink brush", "yellow"),
    ("brushes", "the blue brush", "rust"),
    ("peaks", "the grass", "lavender"),
    ("peaks", "the sky", "coral"),
    ("bird", "the subject", "red"),
    ("clock", "the yellow light", "blue"),
    ("seeding", "the grass", "navy"),
    ("jetty", "the sky", "gold"),
    ("boats", "the orange sky", "violet"),
    ("facade", "the white lines", "turquoise"),
    ("shore", "the sky", "mint"),
    ("life", "the trees", "amber"),
    ("dragonfly", "the leaves", "crimson"),
    ("water", "the wooden background", "white"),
)
"""On photographs that nothing was tuned on; the cases were written before any was tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One case's numbers: `hue` in degrees, None for a neutral target; CPU seconds with and without the model."""

    share: float
    hue: float | None
    lightness: float
    luminance: float
    elsewhere: int
    steps: float
    rival: float
    cpu_s: float
    found_s: float


def main() -> None:
    """Measure, print, draw what was asked for."""
    options = _options()
    weights = models.pull("u2netp", options.folder)
    print(f"{'case':48}{'share':>7}{'hue':>6}{'L*':>7}{'Y':>7}{'out':>5}{'steps':>7}{'HSV':>7}{'CPU s':>7}{'found':>7}")
    seen, unseen = dict(photographs(longest=LONGEST)), dict(photographs(longest=LONGEST, of=HELD_OUT))
    rows, scores = _measured(CASES, seen, weights)
    more, others = _measured(HELD_OUT_CASES, seen | unseen, weights)
    if options.sheet:
        pairs.lay(rows, options.sheet)
    if options.held_out_sheet:
        pairs.lay(more, options.held_out_sheet)
    holds = [_told("tuned on", scores), _told("held out", others)]
    sys.exit(0 if all(holds) else 1)


def _measured(
    cases: Sequence[tuple[str, str, str]], pictures: dict[str, Pixels], weights: Path
) -> tuple[list[pairs.Pair], list[Score]]:
    """Return the pictures before and after, and the figures, of every case that was not refused."""
    rows: list[pairs.Pair] = []
    scores: list[Score] = []
    for name, what, colour in cases:
        case = f"{name}: {what} to {colour}"
        try:
            score, after = _case(pictures[name], what, colour, weights)
        except StudioError as refused:
            print(f"{case:48}refused: {refused}")
            continue
        scores.append(score)
        rows.append((f"{what} to {colour}", pictures[name], after))
        hue = "   -  " if score.hue is None else f"{score.hue:6.1f}"
        alike = f"{score.lightness:7.3f}{score.luminance:7.3f}{score.elsewhere:5}{score.steps:7.2f}{score.rival:7.3f}"
        print(f"{case:48}{score.share:7.3f}{hue}{alike}{score.cpu_s:7.2f}{score.found_s:7.2f}", flush=True)
    return rows, scores


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheet", type=Path, help="draw a contact sheet into this WebP or PNG")
    parser.add_argument("--held-out-sheet", type=Path, help="the same of the photographs that nothing was tuned on")
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
        steps=_steps(pixels, after, inside),
        rival=_alike(_lightness(before_in), _lightness(_by_hsv(before_in, after_in))),
        cpu_s=ended - found,
        found_s=found - began,
    )
    return score, after


def _hue_off(region: Pixels, target: Shade) -> float:
    values = oklab.lab(oklab.linear(region)).sum(axis=0)
    off = np.degrees(np.arctan2(values[2], values[1]) - target.hue)
    return abs(float((off + 180) % 360 - 180))


def _steps(before: Pixels, after: Pixels, inside: NDArray[np.bool_]) -> float:
    """Return how much larger the steps between neighbours got that were one level apart at most."""
    views = oklab.lab(oklab.linear(before)), oklab.lab(oklab.linear(after))
    found: tuple[list[NDArray[np.floating]], ...] = ([], [])
    for one, other in (
        ((slice(1, None),), (slice(None, -1),)),
        ((slice(None), slice(1, None)), (slice(None), slice(-1))),
    ):
        smooth = np.abs(before[one].astype(np.int16) - before[other]).max(axis=-1) <= 1
        smooth &= inside[one] & inside[other]
        for view, steps in zip(views, found, strict=True):
            steps.append(np.linalg.norm(view[one] - view[other], axis=-1)[smooth])
    was, now = (float(np.percentile(np.concatenate(steps), STEEPEST)) for steps in found)
    return now / max(was, 1e-6)


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


def _told(title: str, scores: list[Score]) -> bool:
    worst_hue = max((score.hue for score in scores if score.hue is not None), default=0.0)
    lightness, luminance = min(s.lightness for s in scores), min(s.luminance for s in scores)
    elsewhere, steps = sum(score.elsewhere for score in scores), max(score.steps for score in scores)
    middle = statistics.median(score.steps for score in scores)
    cpu, found = (statistics.median(times) for times in zip(*((s.cpu_s, s.found_s) for s in scores), strict=True))
    print(
        f"{title}: {len(scores)} cases: hue off by at most {worst_hue:.1f}°, lightness alike {lightness:.3f} at least"
        f" (rival {min(s.rival for s in scores):.3f}), luminance {luminance:.3f}, {elsewhere} pixels changed elsewhere,"
        f" steps {steps:.2f} times as large at most, {middle:.2f} in the middle; CPU {cpu:.2f} s, and {found:.2f} s to"
        " find the subject (medians)"
    )
    gentle = min(lightness, luminance) >= LEAST_ALIKE and steps <= MOST_STEPS
    return worst_hue <= MOST_HUE and gentle and not elsewhere


if __name__ == "__main__":
    main()
