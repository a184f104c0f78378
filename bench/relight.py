"""How well relit subjects belong to their backgrounds, beside the same cut-outs pasted there, and how quick that is.

    python -m bench.relight [--subjects 10] [--json OUT.json]

Photographic cut-outs with a known alpha stand in photographs (`bench.cutout_pictures`) and are set before others.
Pasted means: the same alpha, the picture's own pixels, nothing else. Ends with 1 unless, on the mean over all pictures,

- light: the distance in CIE Lab between the subject's mean colour and the background's is smaller than pasted,
- halo: the share of the old background that shows just outside the subject's true edge is smaller than pasted,
- 1024 x 1024 pixels take at most 3 s of CPU, file to file.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import platformdirs
from PIL import Image

from backend.imaging import codec
from backend.providers.local import cutout, models
from backend.providers.local.relight import asking, relighting
from backend.schemas.base import AssetId
from backend.schemas.specs import RelightSpec
from bench import cutout_pictures
from bench.photographs import HELD_OUT, photographs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bench.cutout_pictures import Composite

LONGEST, TIMED_SIDE, MOST_CPU_S = 512, 1024, 3.0
RING = 8
"""Pixels outside the true edge in which a halo is looked for."""
APART = 12
"""How far in Lab's a and b old and new background must be from each other for a halo to be told from none."""
GROUNDS = ("sunset", "water", "night", "forest", "mountains", "light grey studio")
HELD_OUT_GROUNDS = ("boats", "peaks", "desert", "shore", "jetty", "sage")
"""The same for subjects and photographs that nothing was tuned on."""


class Scores(NamedTuple):
    """Ours and pasted: distance to the background's colour, and share of the old background at the edge."""

    light: float
    pasted_light: float
    halo: float
    pasted_halo: float


def main() -> None:
    """Measure, print, write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subjects", type=int, default=10)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    kept = platformdirs.user_cache_path("image-studio", appauthor=False) / "bench"
    weights = models.path_of("u2netp", models.default_folder())
    subjects = [_small(one) for one in cutout_pictures.composites(cutout_pictures.fetch(kept))]
    every = max(1, len(subjects) // options.subjects)
    chosen, others = (subjects[first::every][: options.subjects] for first in (0, 1))
    shown = dict(photographs(longest=LONGEST)) | dict(photographs(longest=LONGEST, of=HELD_OUT))
    rows, held_out = _rows(chosen, GROUNDS, shown, weights), _rows(others, HELD_OUT_GROUNDS, shown, weights)
    cpu_s = _timed(chosen, weights)
    told = (("tuned", rows), ("held_out", held_out))
    summary = {name: _summary([scores for *_, scores in some], cpu_s) for name, some in told}
    print(json.dumps(summary, indent=2))
    if options.json:
        options.json.write_text(json.dumps({"summary": summary, "pictures": [*rows, *held_out]}, indent=2))
    sys.exit(0 if all(one["passed"] for one in summary.values()) else 1)


def _rows(
    subjects: list[Composite], grounds: tuple[str, ...], shown: dict[str, NDArray[np.uint8]], weights: Path
) -> list[tuple[str, str, Scores]]:
    rows: list[tuple[str, str, Scores]] = []
    for number, one in enumerate(subjects):
        cut = cutout.subject(one.pixels, weights)
        for ground in (grounds[number % len(grounds)], grounds[(number + 3) % len(grounds)]):
            scores = _scored(one, cut, ground, shown)
            rows.append((one.name, ground, scores))
            print(f"{one.name:26}{ground:26}{''.join(f'{value:9.3f}' for value in scores)}", flush=True)
    return rows


def _small(one: Composite) -> Composite:
    height, width = one.alpha.shape
    scale = min(1.0, LONGEST / max(height, width))
    size = round(width * scale), round(height * scale)
    return cutout_pictures.Composite(
        name=one.name,
        ground=one.ground,
        pixels=np.asarray(Image.fromarray(one.pixels).resize(size, Image.Resampling.LANCZOS)),
        alpha=np.asarray(cv2.resize(one.alpha, size, interpolation=cv2.INTER_AREA), np.float64),
    )


def _scored(one: Composite, cut: NDArray[np.uint8], ground: str, shown: dict[str, NDArray[np.uint8]]) -> Scores:
    alpha = cut[..., 3].astype(np.float32) / np.float32(255)
    images = {"image": codec.encode(one.pixels, "png")}
    if ground in shown:
        images["background_image"] = codec.encode(shown[ground], "png")
    prompt = None if ground in shown else ground
    behind_it = AssetId("b") if ground in shown else None
    asked = asking.read(images, RelightSpec(image=AssetId("a"), prompt=prompt, background_image=behind_it))
    behind, _ = asking.background(asked, alpha)
    ours, _ = relighting.before_another(asked, cut)
    pasted = np.rint(one.pixels * alpha[..., None] + behind * (1 - alpha[..., None])).astype(np.uint8)
    return Scores(
        light=_apart(ours, behind, one),
        pasted_light=_apart(pasted, behind, one),
        halo=_halo(ours, behind, one),
        pasted_halo=_halo(pasted, behind, one),
    )


def _lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)


def _apart(result: NDArray[np.uint8], behind: NDArray[np.uint8], one: Composite) -> float:
    """Return the distance in Lab between the mean of the subject and that of its background."""
    subject, ground = _lab(result)[one.alpha > 0.9].mean(axis=0), _lab(behind)[one.alpha < 0.1].mean(axis=0)
    return float(np.linalg.norm(subject - ground))


def _halo(result: NDArray[np.uint8], behind: NDArray[np.uint8], one: Composite) -> float:
    """Return the mean share of the old background's colour in what shows just outside the subject."""
    around = cv2.dilate((one.alpha > 0.5).astype(np.uint8), np.ones((2 * RING + 1, 2 * RING + 1), np.uint8)) > 0
    new, old, now = (_lab(pixels)[..., 1:] for pixels in (behind, one.pixels, result))  # a shadow is no halo
    way = old - new
    ring = around & (one.alpha < 0.02) & (np.linalg.norm(way, axis=-1) > APART)
    share = np.sum((now - new) * way, axis=-1)[ring] / np.sum(way * way, axis=-1)[ring]
    return float(np.clip(share, -1, 1).mean()) if share.size else 0.0


def _timed(subjects: list[Composite], weights: Path) -> float:
    """Return the median CPU seconds for 1024 x 1024 pixels, a JPEG in and a PNG out."""
    times: list[float] = []
    for one in subjects[:3]:
        square = np.asarray(Image.fromarray(one.pixels).resize((TIMED_SIDE, TIMED_SIDE), Image.Resampling.LANCZOS))
        images = {"image": codec.encode(square, "jpg")}
        began = time.process_time()
        relighting.relight(images, RelightSpec(image=AssetId("a"), prompt="sunset"), weights)
        times.append(time.process_time() - began)
    return round(statistics.median(times), 2)


def _summary(scores: list[Scores], cpu_s: float) -> dict[str, float | bool]:
    mean = Scores(*(statistics.fmean(column) for column in zip(*scores, strict=True)))
    figures = {name: round(value, 4) for name, value in mean._asdict().items()}
    passed = mean.light < mean.pasted_light and mean.halo < mean.pasted_halo and cpu_s <= MOST_CPU_S
    return {"pictures": len(scores), **figures, "cpu_s_1024": cpu_s, "passed": passed}


if __name__ == "__main__":
    main()
