"""How the time for files grows with the source and with their number, as figures and as a drawing."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import cv2
from PIL import Image

from backend.errors import StudioError
from backend.imaging.export.pipeline import exports
from backend.imaging.export.targets import Export, Target
from backend.services.image_studio.formats import FormatBook

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MEGAPIXELS = (12, 24, 50)
COUNTS = (1, 6, 12, 24, 36, 60, 90)
ROUNDS = 3
COLOURS = ("#1d4ed8", "#b45309", "#047857")
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 400, 60, 76


def draw(pixels: NDArray[np.uint8], path: Path) -> None:
    """Measure sources of three sizes with up to 90 formats, print CPU and wall milliseconds, and draw the CPU's."""
    cv2.setNumThreads(1)
    book = FormatBook.load()
    targets = [Target(size=one.pixels, mode="center") for platform in book.platforms for one in platform.formats]
    found: dict[int, list[tuple[int, float, float]]] = {}
    print("source MP, formats, megapixels made, CPU ms, wall ms")
    for megapixels in MEGAPIXELS:
        source = _source(pixels, megapixels)
        for count in COUNTS:
            some = [targets[n * len(targets) // count] for n in range(count)]
            cpu, wall = _times(source, some)
            made = sum(size.pixels for size in {target.size for target in some}) / 1e6
            print(f"{megapixels:9}{count:9}{made:12.1f}{cpu:12.0f}{wall:9.0f}", flush=True)
            found.setdefault(megapixels, []).append((count, made, cpu))
    path.write_text(_drawing(found), "utf-8")


def _source(pixels: NDArray[np.uint8], megapixels: int) -> bytes:
    """Return the photograph enlarged to so many megapixels: what it shows doesn't matter here, how much of it does."""
    scale = (megapixels * 1e6 / (pixels.shape[0] * pixels.shape[1])) ** 0.5
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    file = io.BytesIO()
    Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", quality=95)
    return file.getvalue()


def _times(source: bytes, targets: list[Target]) -> tuple[float, float]:
    def hand(_index: int, outcome: Export | StudioError) -> None:
        if isinstance(outcome, StudioError):
            raise outcome

    cpus: list[float] = []
    walls: list[float] = []
    for _ in range(ROUNDS):
        cpu, wall = time.process_time(), time.perf_counter()
        exports(source, targets, faces=None, hand=hand)
        cpus.append(1000 * (time.process_time() - cpu))
        walls.append(1000 * (time.perf_counter() - wall))
    return min(cpus), min(walls)


def _drawing(found: dict[int, list[tuple[int, float, float]]]) -> str:
    top = max(ms for row in found.values() for _, _, ms in row) * 1.1
    widest = found[MEGAPIXELS[0]][-1][1]
    step = next(each for each in (20, 50, 100, 200, 500) if top / each <= 8)
    parts = [_ruled(ms, top) for ms in range(0, int(top), step)]
    for count, made, _ in found[MEGAPIXELS[0]]:
        parts.append(_text(_x(made / widest), HEIGHT - BOTTOM + 28, f"{made:.0f}", "middle"))
        parts.append(_text(_x(made / widest), HEIGHT - BOTTOM + 44, f"({count})", "middle", "#71717a"))
    for (megapixels, row), colour in zip(found.items(), COLOURS, strict=True):
        points = " ".join(f"{_x(made / widest):.0f},{_y(ms, top):.0f}" for _, made, ms in row)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        last = row[-1]
        parts.append(_text(_x(1) + 6, _y(last[2], top) + 4, f"{megapixels} MP", "start", colour))
    parts.append(_text(WIDTH / 2, HEIGHT - 8, "megapixels written (formats) of one photograph", "middle"))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    title = "<title>CPU time by megapixels written, for sources of 12, 24 and 50 megapixels</title>"
    return "\n".join((head, title, ground, *parts, "</svg>", ""))


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - 70) * share


def _y(ms: float, top: float) -> float:
    return (HEIGHT - BOTTOM) * (1 - ms / top) + 10


def _ruled(ms: float, top: float) -> str:
    y = _y(ms, top)
    line = f'<line x1="{LEFT}" y1="{y:.0f}" x2="{WIDTH - 60}" y2="{y:.0f}" stroke="#d4d4d8"/>'
    return line + _text(LEFT - 6, y + 4, f"{ms} ms", "end")


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#3f3f46") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="13" fill="{colour}" text-anchor="{anchor}">{text}</text>'
