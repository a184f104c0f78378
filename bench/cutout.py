"""How good and how quick the local engine's cut-outs are, beside the same weights in the reference pipeline.

    python -m bench.cutout [--json OUT.json] [--sheet OUT.png] [--folder DIR]

Ends with 1 where a target is missed: mean IoU (alpha > 0.5) at least 0.85 and at least the reference's, and 1024 x 1024
pixels in at most 1.5 s of CPU, file to file.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs
from PIL import Image

from backend.providers.local import cutout, models
from bench import cutout_pictures, cutout_reference, cutout_sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bench.cutout_pictures import Composite

LEAST_IOU = 0.85
MOST_CPU_S = 1.5
TIMED_SIDE, TIMED_RUNS = 1024, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One picture's numbers, ours and the reference's; `mae` is of alpha 0..1, `cpu_s` from pixels to pixels."""

    name: str
    ground: str
    size: str
    iou: float
    reference_iou: float
    mae: float
    reference_mae: float
    cpu_s: float
    reference_cpu_s: float


def main() -> None:
    """Measure, print, write what was asked for."""
    options = _options()
    weights = models.pull("u2netp", Path(os.environ.get("IMAGE_STUDIO_MODELS_DIR") or models.default_folder()))
    composites = tuple(cutout_pictures.composites(cutout_pictures.fetch(options.folder)))
    reference = cutout_reference.run(_written(composites, options.folder / "pictures"), options.folder, weights)
    scores: list[Score] = []
    rows: list[cutout_sheet.Row] = []
    for number, composite in enumerate(composites):
        began = time.process_time()
        ours = cutout.subject(composite.pixels, weights)
        took = time.process_time() - began
        theirs, their_time = reference[_stem(number, composite)]
        score = _score(composite, (ours, took), (theirs, their_time))
        scores.append(score)
        rows.append(
            (f"{score.name}: {score.iou:.3f}, reference {score.reference_iou:.3f}", composite.pixels, theirs, ours)
        )
    summary = _summary(scores, _timed(composites, weights))
    _print(scores, summary)
    if options.json:
        options.json.write_text(json.dumps({"summary": summary, "pictures": [asdict(s) for s in scores]}, indent=2))
    if options.sheet:
        cutout_sheet.draw(rows, options.sheet)
    sys.exit(0 if summary["passed"] else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write all numbers to this file")
    parser.add_argument("--sheet", type=Path, help="draw a contact sheet into this PNG")
    kept = platformdirs.user_cache_path("image-studio", appauthor=False) / "bench"
    parser.add_argument("--folder", type=Path, default=kept, help="where packages are unpacked and kept")
    return parser.parse_args()


def _stem(number: int, composite: Composite) -> str:
    return f"{number:02}-{composite.name}"


def _written(composites: tuple[Composite, ...], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, composite in enumerate(composites):
        Image.fromarray(composite.pixels).save(folder / f"{_stem(number, composite)}.png", compress_level=1)
    return folder


def _score(
    composite: Composite, ours: tuple[NDArray[np.uint8], float], theirs: tuple[NDArray[np.uint8], float]
) -> Score:
    (cut, took), (their_cut, their_time) = ours, theirs
    height, width = composite.alpha.shape
    return Score(
        name=composite.name,
        ground=composite.ground,
        size=f"{width}x{height}",
        iou=_iou(cut, composite),
        reference_iou=_iou(their_cut, composite),
        mae=_mae(cut, composite),
        reference_mae=_mae(their_cut, composite),
        cpu_s=round(took, 3),
        reference_cpu_s=round(their_time, 3),
    )


def _iou(cut: NDArray[np.uint8], composite: Composite) -> float:
    found, true = cut[..., 3] > 127, composite.alpha > 0.5
    return round(float(np.sum(found & true) / np.sum(found | true)), 4)


def _mae(cut: NDArray[np.uint8], composite: Composite) -> float:
    return round(float(np.mean(np.abs(cut[..., 3] / 255 - composite.alpha))), 5)


def _timed(composites: tuple[Composite, ...], weights: Path) -> float:
    """Return the median CPU seconds from a JPEG of 1024 x 1024 to a PNG, over the first pictures of the list."""
    times: list[float] = []
    for composite in composites[:TIMED_RUNS]:
        file = io.BytesIO()
        square = Image.fromarray(composite.pixels).resize((TIMED_SIDE, TIMED_SIDE), Image.Resampling.LANCZOS)
        square.save(file, "JPEG", quality=92)
        began = time.process_time()
        cutout.cut_out(file.getvalue(), weights, "png")
        times.append(time.process_time() - began)
    return round(statistics.median(times), 3)


def _summary(scores: list[Score], cpu_s: float) -> dict[str, float | bool]:
    iou, reference = (statistics.fmean(s.iou for s in scores), statistics.fmean(s.reference_iou for s in scores))
    return {
        "pictures": len(scores),
        "iou": round(iou, 4),
        "reference_iou": round(reference, 4),
        "least_iou": min(s.iou for s in scores),
        "reference_least_iou": min(s.reference_iou for s in scores),
        "mae": round(statistics.fmean(s.mae for s in scores), 5),
        "reference_mae": round(statistics.fmean(s.reference_mae for s in scores), 5),
        "cpu_s_1024": cpu_s,
        "passed": iou >= max(LEAST_IOU, reference) and cpu_s <= MOST_CPU_S,
    }


def _print(scores: list[Score], summary: dict[str, float | bool]) -> None:
    print(f"{'picture':26}{'size':>11}{'IoU':>8}{'ref.':>8}{'MAE':>9}{'ref.':>9}{'CPU s':>8}{'ref.':>8}")
    for s in scores:
        quality = f"{s.iou:8.3f}{s.reference_iou:8.3f}{s.mae:9.4f}{s.reference_mae:9.4f}"
        print(f"{s.name:26}{s.size:>11}{quality}{s.cpu_s:8.2f}{s.reference_cpu_s:8.2f}")
    print(json.dumps(summary, indent=2))


if __name__ == "__main__":
    main()
