"""How much style painting over brings in, how much of the picture stays, and what it costs, on real photographs.

    python -m bench.style

Every named style on some photograph, and twelve photographs in the style of others, each with the request's defaults;
beside the reference network as its packager runs it, at 384 pixels and enlarged. Ends with 1 where an aim is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from backend.imaging import codec, guides
from backend.providers.local import models, runtime
from backend.providers.local.style import painting, transferring
from backend.providers.local.style.vocabulary import chosen, vocabulary
from backend.schemas.base import AssetId
from backend.schemas.specs import StyleSpec, StyleTransferSpec
from bench.photographs import photographs
from bench.sheets.control import REFERENCES, restyled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

MOST_CPU_S = 4.0
"""For 1024 x 1024 pixels, file to file."""
MOST_GUIDE_S = 1.0
LEAST_KEPT, LEAST_MOVED, LEAST_SHARP = 0.6, 0.3, 1.2
FIXED = 384
SCALES = (1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What became of one picture: `kept` is the correlation of edges, `moved` how far colour and texture went, 0..1."""

    name: str
    kept: float
    moved: float


def main() -> None:
    """Measure, print, and say whether the aims are reached."""
    known = dict(photographs(longest=768))
    styles, transfers, sharper = _styles(known), *_transfers(known)
    cpu = {"style": _cpu_s(_paint), "style_transfer": _cpu_s(_transfer), **{f"guide {k}": _guide_s(k) for k in GUIDES}}
    kept = statistics.mean(score.kept for score in transfers)
    moved = statistics.mean(score.moved for score in transfers)
    _tell("named styles, edges kept (fidelity 0.5), mean", statistics.mean(score.kept for score in styles))
    least = min(styles, key=lambda score: score.kept)
    _tell(f"named styles, edges kept, least ({least.name})", least.kept)
    _tell("style of another picture, edges kept, mean", kept)
    _tell("style of another picture, distance to it overcome, mean", moved)
    _tell("sharpness against the network at 384 pixels, enlarged", sharper)
    for name, seconds in cpu.items():
        _tell(f"{name}, 1024 x 1024, s of CPU", seconds)
    slow = any(seconds > (MOST_GUIDE_S if name.startswith("guide") else MOST_CPU_S) for name, seconds in cpu.items())
    sys.exit(int(slow or kept < LEAST_KEPT or moved < LEAST_MOVED or sharper < LEAST_SHARP))


def _styles(known: dict[str, Pixels]) -> list[Score]:
    pictures, weights = list(known.values()), models.path_of("styles-26", models.default_folder())
    found: list[Score] = []
    for number, name in enumerate(vocabulary().styles):
        pixels = pictures[number % len(pictures)]
        spec = StyleSpec(control_image=AssetId("a"))
        made = painting.painted(codec.encode(pixels, "png"), weights, spec, chosen(name, None).mixture)
        found.append(Score(name=name, kept=_kept(pixels, codec.decode(made).pixels), moved=0.0))
    return found


def _transfers(known: dict[str, Pixels]) -> tuple[list[Score], float]:
    found: list[Score] = []
    ratios: list[float] = []
    for number, (name, pixels) in enumerate(list(known.items())[:12]):
        reference = known[REFERENCES[number % len(REFERENCES)]]
        if reference is pixels:
            continue
        made = restyled(pixels, reference)
        before, after = _away(pixels, reference), _away(made, reference)
        found.append(Score(name=name, kept=_kept(pixels, made), moved=1 - after / before))
        ratios.append(_energy(made) / _energy(_enlarged(pixels, reference)))
    return found, statistics.geometric_mean(ratios)


def _enlarged(pixels: Pixels, reference: Pixels) -> Pixels:
    """Return what the network paints at 384 pixels, enlarged to the picture's size."""
    folder = models.default_folder()
    height, width = pixels.shape[:2]
    scale = FIXED / max(height, width)
    small = cv2.resize(pixels, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    style = transferring.described(reference, models.path_of("style-predict", folder))
    fed = np.pad(small, ((0, FIXED - small.shape[0]), (0, FIXED - small.shape[1]), (0, 0)), mode="reflect")
    network = models.path_of("style-transform", folder)
    painted = runtime.answer(network, np.asarray(fed[None] / 255, np.float32), style, prepared=transferring.freed)[0]
    cut = np.clip(painted[: small.shape[0], : small.shape[1]], 0, 1)
    whole = (cut * 255).round().astype(np.uint8)
    return cast("Pixels", cv2.resize(whole, (width, height), interpolation=cv2.INTER_LANCZOS4))


def _kept(before: Pixels, after: Pixels) -> float:
    return float(np.corrcoef(_slopes(before).ravel(), _slopes(after).ravel())[0, 1])


def _slopes(pixels: Pixels) -> NDArray[np.float32]:
    grey = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), 2)
    return np.asarray(np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)), np.float32)


def _energy(pixels: Pixels) -> float:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return float(np.mean(np.hypot(np.diff(grey, axis=0)[:, :-1], np.diff(grey, axis=1)[:-1])))


def _away(pixels: Pixels, reference: Pixels) -> float:
    """Return how far two pictures are apart in the statistics of their colours and of their texture."""
    ours, theirs = _statistics(pixels), _statistics(reference)
    return float(np.linalg.norm(ours - theirs))


def _statistics(pixels: Pixels) -> NDArray[np.float64]:
    """Return means, deviations and correlations of Lab, and of its slopes at three scales (a Gram matrix by hand)."""
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    flat = lab.reshape(-1, 3)
    found = [flat.mean(axis=0), flat.std(axis=0)]
    for scale in SCALES:
        calm = cv2.GaussianBlur(lab, (0, 0), scale)
        slopes = np.concatenate([cv2.Sobel(calm, cv2.CV_32F, 1, 0), cv2.Sobel(calm, cv2.CV_32F, 0, 1)], axis=-1)
        gram = np.einsum("yxi,yxj->ij", slopes, slopes) / (lab.shape[0] * lab.shape[1])
        found.append(np.sqrt(np.abs(gram)).ravel())
    return np.concatenate(found)


GUIDES: dict[guides.GuideKind, None] = {"edges": None, "line_art": None, "structure": None}


def _square() -> bytes:
    pixels = next(pixels for name, pixels in photographs(12) if name == "mountains")
    side = min(pixels.shape[:2])
    square = cast("Pixels", cv2.resize(pixels[:side, :side], (1024, 1024), interpolation=cv2.INTER_AREA))
    return codec.encode(square, "jpg", quality=92)


def _paint(data: bytes) -> None:
    weights = models.path_of("styles-26", models.default_folder())
    painting.painted(data, weights, StyleSpec(control_image=AssetId("a")), chosen("starry", None).mixture)


def _transfer(data: bytes) -> None:
    folder = models.default_folder()
    networks = tuple(models.path_of(name, folder) for name in ("style-predict", "style-transform"))
    spec = StyleTransferSpec(control_image=AssetId("a"), style_image=AssetId("b"))
    transferring.transferred((data, data), networks, spec)


def _guide_s(kind: guides.GuideKind) -> float:
    return _cpu_s(lambda data: guides.guide(data, kind, 0.7))


def _cpu_s(work: Callable[[bytes], object]) -> float:
    data = _square()
    times: list[float] = []
    for _ in range(3):
        began = time.process_time()
        work(data)
        times.append(time.process_time() - began)
    return statistics.median(times)


def _tell(what: str, number: float) -> None:
    print(f"{what:<64} {number:.2f}")


if __name__ == "__main__":
    main()
