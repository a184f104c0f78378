"""How fast 36 files for networks are made of one photograph, beside Pillow and sharp, and how good they are.

    python -m bench.social [--rounds 9] [--photograph dragonfly] [--scaling OUT.svg]

The photograph is cut to 12 megapixels and written as a JPEG of quality 97. All 36 formats of Instagram, Facebook, X and
LinkedIn are made of it in memory, as JPEGs of quality 85 with 4:2:0, each maker in a process of its own with two
threads, warmed up, in turns. Medians are compared. sharp is fetched by npm into a folder under the temporary one; where
there is no node, nothing is said about it, and its aims count as missed. Likeness is to a resize by Lanczos in floating
point. Ends with 1 where an aim is missed. `--scaling` measures other sizes and counts instead, and draws them.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from backend.imaging.crop.windows import CENTRE, around
from backend.imaging.encoding import ssim
from backend.imaging.types import Box, Size
from backend.providers.local import models
from bench import social_scaling
from bench.photographs import HELD_OUT, PHOTOGRAPHS, photographs
from bench.social_rivals.telling import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHARP = "0.35.5"
RIVALS = Path(__file__).parent / "social_rivals"
PILLOW, IDIOMATIC, WELL = "Pillow, decoded once, Lanczos", "sharp, idiomatic", "sharp, written well"
CODEC, APART, WHEELS, ALL = "ours", "ours, nothing shared", "ours, plain wheels", "ours with all that the studio does"
AIMS = (
    (CODEC, PILLOW, 17.0),
    (CODEC, IDIOMATIC, 8.0),
    (CODEC, WELL, 2.3),
    (ALL, PILLOW, 10.0),
    (WHEELS, PILLOW, 9.0),
)
AS_A_CHILD = tuple(
    f"{name}=1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM", "MALLOC_ARENA_MAX")
)
"""What the forkserver gives the studio's own children."""
MOST_RSS, MOST_UNLIKE = 130.0, 0.001
LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians of one maker: seconds, megabytes held at most, bytes made."""

    wall: float
    cpu: float
    rss: float
    bytes: int


class Maker:
    """A maker's process, which makes all files each time it is told to."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.told: list[dict[str, Any]] = []  # Any: JSON

    def run(self, order: str = "run") -> dict[str, Any]:
        """Return what making them took; ends the program where the maker has ended."""
        assert self._process.stdin is not None, "it was asked for"
        assert self._process.stdout is not None, "it was asked for"
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} has ended: its own words are above.")
        return json.loads(line)

    @property
    def figures(self) -> Figures:
        """Return the medians of the rounds."""
        wall, cpu = (statistics.median(told[key] for told in self.told) for key in ("wall", "cpu"))
        return Figures(wall, cpu, max(told["rss"] for told in self.told), self.told[-1]["bytes"])

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def photograph(name: str) -> NDArray[np.uint8]:
    """Return the middle 12 megapixels of a photograph that has as many, 4000 by 3000 or upright."""
    (found,) = [each for each in (*PHOTOGRAPHS, *HELD_OUT) if each.name == name]
    ((_, pixels),) = photographs(1, of=(found,))
    high, wide = pixels.shape[:2]
    wanted = (3000, 4000) if wide > high else (4000, 3000)
    top, left = ((side - most) // 2 if side > most else 0 for side, most in zip((high, wide), wanted, strict=True))
    return np.ascontiguousarray(pixels[top : top + wanted[0], left : left + wanted[1]])


def file_of(pixels: NDArray[np.uint8]) -> bytes:
    """Return the photograph as phones write it: a JPEG of high quality, 4:2:0."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=97, subsampling="4:2:0")
    return file.getvalue()


def sizes() -> list[Size]:
    """Return the sizes of all formats of four networks."""
    return [one.pixels for _, one in formats()]


def job_in(folder: Path, source: bytes, wanted: Sequence[tuple[Box, Size]]) -> Path:
    """Write what is to be done, and return where."""
    (folder / "source.jpg").write_bytes(source)
    told = [[[box.left, box.top, box.right, box.bottom], [size.width, size.height]] for box, size in wanted]
    path = folder / "job.json"
    path.write_text(json.dumps({"source": str(folder / "source.jpg"), "wanted": told}), "utf-8")
    return path


def makers(job: Path) -> list[tuple[str, list[str]]]:
    """Return every maker that can be had here, and what starts it."""
    ours = ["env", *AS_A_CHILD, sys.executable, "-m", "bench.social_rivals.ours", str(job)]
    weights = str(models.path_of("blazeface", models.default_folder()))
    found = [(CODEC, [*ours, "codec"]), (APART, [*ours, "apart"]), (WHEELS, [*ours, "wheels"])]
    found.append((ALL, [*ours, "all", weights]))
    found.append((PILLOW, [sys.executable, "-m", "bench.social_rivals.by_pillow", str(job)]))
    folder = _sharp()
    if folder is not None:
        script = ["env", "UV_THREADPOOL_SIZE=2", "node", str(RIVALS / "by_sharp.mjs"), str(folder), str(job)]
        found += [(IDIOMATIC, [*script, "idiomatic"]), (WELL, [*script, "written-well"])]
    return found


def _sharp() -> Path | None:
    folder = Path(tempfile.gettempdir()) / f"image-studio-sharp-{SHARP}"
    if (folder / "node_modules" / "sharp").is_dir():
        return folder
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"sharp@{SHARP}"]
    try:
        subprocess.run(install, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"sharp can't be had here: {error}", file=sys.stderr)
        return None
    return folder


def unlike(job: Path, folder: Path, pixels: NDArray[np.uint8], wanted: Sequence[tuple[Box, Size]]) -> dict[str, float]:
    """Return the mean likeness of Pillow's and our files of six formats to a resize in floating point."""
    found: dict[str, float] = {}
    rows = range(0, len(wanted), len(wanted) // LOOKED_AT)
    for name, command in makers(job):
        if name not in (CODEC, WHEELS, PILLOW):
            continue
        kept = folder / name
        kept.mkdir()
        maker = Maker(name, command)
        maker.run(f"keep {kept}")
        maker.close()
        found[name] = statistics.mean(_like(kept / f"{row}.jpg", pixels, *wanted[row]) for row in rows)
    return found


def _like(file: Path, pixels: NDArray[np.uint8], box: Box, size: Size) -> float:
    part = pixels[box.top : box.bottom, box.left : box.right].astype(np.float32)
    channels = [
        Image.fromarray(np.ascontiguousarray(part[..., n])).resize((size.width, size.height), Image.Resampling.LANCZOS)
        for n in range(3)
    ]
    exact = np.clip(np.rint(np.dstack([np.asarray(channel) for channel in channels])), 0, 255).astype(np.uint8)
    with Image.open(file) as image:
        return ssim(exact, np.asarray(image.convert("RGB")))


def measured(job: Path, rounds: int) -> dict[str, Figures]:
    """Return the figures of all makers, which take turns."""
    with ExitStack() as stack:
        running = [Maker(name, command) for name, command in makers(job)]
        for maker in running:
            stack.callback(maker.close)
            maker.run()
        for _ in range(rounds):
            for maker in running:
                maker.told.append(maker.run())
        return {maker.name: maker.figures for maker in running}


def main() -> None:
    """Measure, print, and say whether the aims are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--photograph", default="dragonfly")
    parser.add_argument("--scaling", type=Path, help="draw how time grows into this SVG instead")
    options = parser.parse_args()
    pixels = photograph(options.photograph)
    if options.scaling:
        social_scaling.draw(pixels, options.scaling)
        return
    source = file_of(pixels)
    wanted = [(around(Size(pixels.shape[1], pixels.shape[0]), size, CENTRE), size) for size in sizes()]
    with tempfile.TemporaryDirectory() as scratch:
        job = job_in(Path(scratch), source, wanted)
        found = measured(job, options.rounds)
        likes = unlike(job, Path(scratch), pixels, wanted)
    made = sum(size.pixels for _, size in wanted) / 1e6
    print(f"{len(source) / 1e6:.1f} MB, {len(wanted)} files of {made:.1f} megapixels, medians of {options.rounds}")
    sys.exit(0 if _told(found, likes) else 1)


def _told(found: dict[str, Figures], likes: dict[str, float]) -> bool:
    """Print all figures; say whether every aim is met."""
    print(f"{'':36}{'wall ms':>9}{'CPU ms':>8}{'x Pillow':>10}{'RSS MB':>8}{'MB made':>9}{'SSIM':>8}")
    for name, each in found.items():
        faster = found[PILLOW].wall / each.wall
        like = f"{likes[name]:.4f}" if name in likes else ""
        row = f"{each.wall * 1000:9.0f}{each.cpu * 1000:8.0f}{faster:10.1f}{each.rss:8.0f}{each.bytes / 1e6:9.1f}"
        print(f"{name:36}{row}{like:>8}")
    met = [_aim(found, *aim) for aim in AIMS]
    met.append(_says(f"{CODEC} holds {found[CODEC].rss:.0f} MB, at most {MOST_RSS:.0f}", found[CODEC].rss <= MOST_RSS))
    apart = likes[PILLOW] - likes[CODEC]
    met.append(_says(f"{CODEC} is {apart:.4f} less like than Pillow, at most {MOST_UNLIKE}", apart <= MOST_UNLIKE))
    return all(met)


def _aim(found: dict[str, Figures], ours: str, rival: str, aim: float) -> bool:
    if rival not in found:
        return _says(f"{ours}: {rival} was not measured", is_met=False)
    wall, cpu = found[rival].wall / found[ours].wall, found[rival].cpu / found[ours].cpu
    return _says(f"{ours}: {wall:.1f} x {rival} (CPU {cpu:.1f} x), at least {aim:g}", wall >= aim)


def _says(what: str, is_met: bool) -> bool:  # noqa: FBT001 - the word of it is the sentence before
    print(f"aim {'met' if is_met else 'MISSED'}: {what}")
    return is_met


if __name__ == "__main__":
    main()
