"""What marks cost: `python -m bench.provenance [--rounds N]`; exit 1 if one takes over 10 ms of CPU or over 5 KiB.

Real photographs, in every format that is made, as they are exported (1080x1350) and as they come from a camera (12 MP);
the CPU time of this process, so that others on the machine don't count. Every marked file is verified too.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PIL import Image

from backend.imaging.provenance.reading import report
from backend.imaging.provenance.signing import marked
from backend.imaging.provenance.types import Ingredient, Statement
from backend.utils.credentials import SelfMade
from bench.photographs import photographs

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MS, MOST_BYTES = 10.0, 5 * 1024
SIZES = {"export": (1080, 1350), "camera": (4000, 3000)}
FORMATS = {"JPEG": {"quality": 85}, "PNG": {"compress_level": 3}, "WEBP": {"quality": 80}, "AVIF": {"speed": 9}}
SAID = Statement(
    title="social",
    operation="social",
    actions=("c2pa.cropped", "c2pa.resized"),
    source_type="algorithmicallyEnhanced",
    engine="local",
    model="export",
    version="1.0.0",
    prompt="A lighthouse on a rock in the evening sun, with a small boat in front of it and gulls around " * 4,
    seed=123_456_789,
    ingredients=(Ingredient(title="image", mime="image/jpeg", digest="a" * 64),),
)
SIGNING = SelfMade(("for this measurement alone, and for no file",), lambda: datetime.now(UTC))


def files() -> Iterator[tuple[str, str, bytes]]:
    """Yield each format at each size: its name, the size's, and the file."""
    picture = Image.fromarray(next(iter(photographs(1, longest=1600)))[1])
    for size, pixels in SIZES.items():
        resized = picture.resize(pixels)
        for form, how in FORMATS.items():
            into = io.BytesIO()
            resized.save(into, form, **how)
            yield form, size, into.getvalue()


def cost(data: bytes, mime: str, rounds: int) -> tuple[list[float], bytes]:
    """Return what each round took, in milliseconds of CPU, and the last file."""
    credentials, took, made = SIGNING.now(), list[float](), b""
    for _ in range(rounds):
        begun = time.process_time()
        made = marked(data, mime, SAID, credentials)
        took.append((time.process_time() - begun) * 1000)
    return took, made


def main() -> None:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds: int = parser.parse_args().rounds
    missed = False
    print(f"{'':14}{'file':>10}{'marks':>8}{'median':>9}{'slowest':>9}  verifies")
    for form, size, data in files():
        mime = f"image/{form.lower()}"
        cost(data, mime, 1)  # the library is loaded once
        took, made = cost(data, mime, rounds)
        more, slowest = len(made) - len(data), max(took)
        found = report(made, SIGNING.anchors)
        missed |= more > MOST_BYTES or statistics.median(took) > MOST_MS or not found.own
        figures = f"{len(data) / 1000:>7.0f} kB{more:>6} B{statistics.median(took):>6.1f} ms{slowest:>6.1f} ms"
        print(f"{form:5}{size:8} {figures}  {found.state}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
