"""How many bytes our files take beside those of Pillow and sharp that look as much like the picture.

    python -m bench.encoding [--longest 800] [--photographs 12]

Each rival writes every picture with its defaults; what SSIM its file comes to is measured, and ours is asked for the
same in the same format, and in whichever format is smallest. Real photographs, made smaller first so that what other
encoders left in them is gone, and designed graphics of our own. sharp comes by npm into a folder under the temporary
one; where it can't be had, Pillow stands alone. CPU seconds of ours include the whole search, those of rivals one file.

Ends with 1 where a file of ours is less like its picture than the rival's, or where our JPEGs of photographs take more
bytes than those of a rival, as the geometric mean.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from backend.imaging.encoding import AtLeast, best_of, decoded, ssim, to_ssim
from backend.providers.local.compose import Brief, compose
from bench.photographs import HELD_OUT, PHOTOGRAPHS, photographs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from backend.imaging.encoding import Encoding

SHARP = "0.35.5"
SCRIPT = Path(__file__).parent / "encoding_rivals" / "by_sharp.mjs"
AUTO: tuple[Encoding, ...] = ("jpg", "webp", "avif", "png")
FREE = "Pillow JPEG"
"""The rival that ours is compared with in whichever format is smallest, too."""
BRIEFS = (
    ("sale", 'Bold poster "Autumn sale" "Everything half price"', 1080, 1080),
    ("quote", 'Calm quote card "Less, but better" "Dieter Rams"', 1080, 1350),
    ("event", 'Event banner "Open studio night" "Friday, 7 pm"', 1200, 630),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One picture as a rival wrote it, and as we did: bytes, CPU seconds, and the likeness of both."""

    picture: str
    rival: str
    theirs: int
    ours: int
    like: float
    own_like: float
    their_cpu: float
    own_cpu: float


def main() -> None:
    """Measure, print tables, and say by the exit status whether the aim is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=800)
    parser.add_argument("--photographs", type=int, default=12)
    options = parser.parse_args()
    met = True
    for kind, pictures in (("photographs", _photographs(options)), ("graphics", _graphics())):
        print(f"\n{len(pictures)} {kind}")
        pairs = [pair for name, pixels in pictures for pair in _compared(name, pixels)]
        met = _told(pairs, is_aim=kind == "photographs") and met
    sys.exit(not met)


def _photographs(options: argparse.Namespace) -> list[tuple[str, NDArray[np.uint8]]]:
    half = options.photographs // 2
    return [
        *photographs(options.photographs - half, longest=options.longest, of=PHOTOGRAPHS[3:]),
        *photographs(half, longest=options.longest, of=HELD_OUT),
    ]


def _graphics() -> list[tuple[str, NDArray[np.uint8]]]:
    drawn = ((name, compose(Brief(prompt=p, width=w, height=h, seed=3)).png) for name, p, w, h in BRIEFS)
    return [(name, np.array(Image.open(io.BytesIO(png)).convert("RGB"))) for name, png in drawn]


def _compared(name: str, pixels: NDArray[np.uint8]) -> Iterator[Pair]:
    for rival, encoding, data, cpu in (*_by_pillow(pixels), *_by_sharp(pixels)):
        like = ssim(pixels, decoded(data))
        ours, own_cpu = _timed(lambda e=encoding, at=like: to_ssim(pixels, e, at).data)
        yield _pair(name, rival, (data, cpu, like), (ours, own_cpu, pixels))
        if rival == FREE:
            ours, own_cpu = _timed(lambda at=like: best_of(pixels, AUTO, AtLeast(at)).data)
            yield _pair(name, f"{rival}, ours in any format", (data, cpu, like), (ours, own_cpu, pixels))


def _pair(
    name: str,
    rival: str,
    theirs: tuple[bytes, float, float],
    ours: tuple[bytes, float, NDArray[np.uint8]],
) -> Pair:
    return Pair(
        picture=name,
        rival=rival,
        theirs=len(theirs[0]),
        ours=len(ours[0]),
        like=theirs[2],
        own_like=ssim(ours[2], decoded(ours[0])),
        their_cpu=theirs[1],
        own_cpu=ours[1],
    )


def _by_pillow(pixels: NDArray[np.uint8]) -> Iterator[tuple[str, Encoding, bytes, float]]:
    named: tuple[tuple[str, Encoding, str], ...] = (("Pillow JPEG", "jpg", "JPEG"), ("Pillow WebP", "webp", "WEBP"))
    for rival, encoding, name in named:
        data, cpu = _timed(lambda n=name: _saved(pixels, n))
        yield rival, encoding, data, cpu


def _saved(pixels: NDArray[np.uint8], name: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, name)
    return file.getvalue()


def _by_sharp(pixels: NDArray[np.uint8]) -> Iterator[tuple[str, Encoding, bytes, float]]:
    home = _sharp()
    if home is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        Image.fromarray(pixels).save(Path(folder) / "picture.png", compress_level=1)
        script = ["node", str(SCRIPT), str(home), folder]
        spent = json.loads(subprocess.run(script, check=True, capture_output=True, text=True).stdout)
        named: tuple[tuple[str, Encoding, str], ...] = (
            ("sharp JPEG", "jpg", "sharp.jpg"),
            ("sharp JPEG by mozjpeg", "jpg", "mozjpeg.jpg"),
            ("sharp WebP", "webp", "sharp.webp"),
            ("sharp AVIF", "avif", "sharp.avif"),
        )
        for rival, encoding, ending in named:
            file = f"picture.png.{ending}"
            yield rival, encoding, (Path(folder) / file).read_bytes(), spent[file]


def _sharp() -> Path | None:
    """Return where sharp is, fetched unless it is; None where it can't be had."""
    folder = Path(tempfile.gettempdir()) / f"image-studio-sharp-{SHARP}"
    if (folder / "node_modules" / "sharp").is_dir():
        return folder
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true}')
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"sharp@{SHARP}"]
    try:
        subprocess.run(install, cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"sharp can't be had here: {error}", file=sys.stderr)
        return None
    return folder


def _timed(work: Callable[[], bytes]) -> tuple[bytes, float]:
    begun = time.process_time()
    return work(), time.process_time() - begun


def _told(pairs: list[Pair], *, is_aim: bool) -> bool:
    met = True
    print("| rival's defaults | its SSIM | our bytes, of its, mean | best | worst | CPU, its | CPU, ours |")
    print("|---|---|---|---|---|---|---|")
    for rival in dict.fromkeys(pair.rival for pair in pairs):
        rows = [pair for pair in pairs if pair.rival == rival]
        shares = [row.ours / row.theirs for row in rows]
        mean = math.exp(statistics.mean(map(math.log, shares)))
        unlike = [row.picture for row in rows if row.own_like < row.like]
        print(
            f"| {rival} | {statistics.mean(row.like for row in rows):.4f} | {mean:.3f} | {min(shares):.3f} | "
            f"{max(shares):.3f} | {statistics.mean(row.their_cpu for row in rows):.3f} s | "
            f"{statistics.mean(row.own_cpu for row in rows):.2f} s |"
        )
        if unlike:
            print(f"less like than the rival's: {', '.join(unlike)}")
        met = met and not unlike and (mean <= 1 or not is_aim or "JPEG" not in rival)
    return met


if __name__ == "__main__":
    main()
