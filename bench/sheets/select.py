"""Draw the contact sheet of selecting, and tell what each selection takes.

python -m bench.sheets.select OUT.webp|OUT.png
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.imaging import codec
from backend.providers.local import models
from backend.providers.local.select import work
from backend.schemas.base import AssetId
from backend.schemas.specs import Point, SelectSpec
from bench.photographs import photographs
from bench.sheets import pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

LONGEST = 1024
SHADE, MARK = np.array([70, 10, 100]), (60, 255, 60)
POINTED: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = (
    ("astronaut", ((0.25, 0.65),)),
    ("astronaut", ((0.5, 0.13), (0.49, 0.25))),
    ("coffee", ((0.45, 0.2),)),
    ("cups", ((0.42, 0.75),)),
    ("china", ((0.3, 0.5),)),
    ("motorcycle", ((0.6, 0.37),)),
    ("mountains", ((0.25, 0.6),)),
    ("wine", ((0.55, 0.9),)),
    ("bridge", ((0.3, 0.4),)),
)
BOXED = (
    ("flower", (0.25, 0.2, 0.7, 0.82)),
    ("friends", (0.3, 0.2, 0.55, 0.4)),
    ("motorcycle", (0.1, 0.1, 0.98, 0.95)),
    ("kite", (0.58, 0.25, 0.7, 0.42)),
    ("rocket", (0.47, 0.3, 0.57, 1.0)),
    ("leaf", (0.5, 0.28, 0.9, 0.8)),
)
SALIENT = (("astronaut", "subject"), ("flower", "background"), ("chelsea", "subject"), ("china", "subject"))


def main() -> None:
    """Select, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", type=Path)
    sheet = parser.parse_args().sheet
    pictures = dict(photographs(longest=LONGEST))
    rows: list[pairs.Pair] = []
    times: list[float] = []
    for name, spec in _specs():
        began = time.process_time()
        after = _selected(pictures[name], spec)
        times.append(time.process_time() - began)
        print(f"{name:12}{spec.what:12}{times[-1]:6.2f} s")
        rows.append((_words(spec), _marked(pictures[name], spec), after))
    pairs.lay(rows, sheet)
    print(f"median {statistics.median(times):.2f} s of CPU, file to file, at most {max(times):.2f} s")


def _specs() -> list[tuple[str, SelectSpec]]:
    image = AssetId("bench")
    points = [(name, tuple(Point(x=x, y=y) for x, y in places)) for name, places in POINTED]
    return [
        *((name, SelectSpec.model_validate({"image": image, "what": what})) for name, what in SALIENT),
        *((name, SelectSpec(image=image, what="points", points=clicks)) for name, clicks in points),
        *((name, SelectSpec(image=image, what="box", box=box)) for name, box in BOXED),
    ]


def _selected(pixels: Pixels, spec: SelectSpec) -> Pixels:
    data = codec.encode(pixels, "jpg")
    if spec.what in {"points", "box"}:
        mask, _ = work.pointed_at(data, spec)
    else:
        mask, _ = work.salient(data, models.pull("u2netp", models.default_folder()), spec)
    chosen = codec.decode(mask).pixels[..., :1] / 255
    return np.rint(pixels * chosen + (0.25 * pixels + SHADE) * (1 - chosen)).astype(np.uint8)


def _words(spec: SelectSpec) -> str:
    match spec.what:
        case "points":
            return f"{len(spec.points)} click{'s' if len(spec.points) > 1 else ''}"
        case "box":
            return "box"
        case _:
            return spec.what


def _marked(pixels: Pixels, spec: SelectSpec) -> Pixels:
    view, (height, width) = pixels.copy(), pixels.shape[:2]
    thick = max(3, max(height, width) // 120)
    for point in spec.points:
        cv2.circle(view, (round(point.x * width), round(point.y * height)), 3 * thick, MARK, thick)
    if spec.box:
        left, top, right, bottom = spec.box
        corners = (round(left * width), round(top * height)), (round(right * width), round(bottom * height))
        cv2.rectangle(view, *corners, MARK, thick)
    return view


if __name__ == "__main__":
    main()
