"""What overlays cost, and how their words read, over photographs in six formats; exit 1 if words don't read.

python -m bench.overlays
"""

from __future__ import annotations

import statistics
import sys
import time

import numpy as np
from PIL import Image

from backend.imaging.types import Size
from backend.providers.local.dress import Place, dress_of
from backend.schemas.specs.overlays import Lettering, Overlay
from bench.photographs import photographs

FORMATS = ((1080, 1080), (1080, 1920), (1200, 630), (1500, 500), (1280, 720), (300, 250))
OVERLAY = Overlay(text=Lettering(words="The trail begins here", subline="Guided tours from April", price="€ 49"))
COUNT = 12
LEAST = 4.5


def main() -> int:
    """Dress the photographs and print the figures."""
    spent: list[float] = []
    contrasts: list[float] = []
    for _, photo in photographs(longest=1600)[:COUNT]:
        for size in FORMATS:
            pixels = np.asarray(Image.fromarray(photo).resize(size))
            dress = dress_of(OVERLAY, None, Place(size=Size(*size)))
            began = time.process_time()
            dress(pixels)
            spent.append(1000 * (time.process_time() - began))
            contrasts.append(dress.told.contrast or 0)
    under = sum(one < LEAST for one in contrasts)
    print(f"{len(spent)} files, CPU: median {statistics.median(spent):.0f} ms", end=", ")
    print(f"95th percentile {statistics.quantiles(spent, n=20)[-1]:.0f} ms")
    print(f"least contrast {min(contrasts):.2f}:1, below {LEAST}:1: {under}")
    print("aim met" if not under else "aim missed")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
