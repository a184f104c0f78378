"""Bauhaus: a mosaic of plain geometry on a square grid; the text has a solid block of cells to itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast
from backend.providers.local.compose.families.tiles import TILES, tile
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.zones import Frame

if TYPE_CHECKING:
    from backend.providers.local.compose.type.setting import Block

Cells = set[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Square cells that cover the sheet: their side, the first one's corner and how many there are."""

    side: float
    x: float
    y: float
    columns: int
    rows: int

    def frame(self, column: int, row: int, across: int = 1, down: int = 1) -> Frame:
        """Return a block of cells."""
        return Frame(self.x + column * self.side, self.y + row * self.side, across * self.side, down * self.side)


def draw(scene: Scene) -> Writing | None:
    """Keep cells for the text, fill the rest with tiles."""
    grid = _grid(scene)
    kept = _text_cells(scene, grid) if scene.headline else Frame(0, 0, 0, 0)
    ground = _text_ground(scene)
    taken = {(c, r) for c in range(int(kept.x), int(kept.right)) for r in range(int(kept.y), int(kept.bottom))}
    _mosaic(scene, grid, taken)
    if not scene.headline:
        return None
    field = grid.frame(int(kept.x), int(kept.y), int(kept.w), int(kept.h))
    scene.canvas.add(svg.rect((field.x - 1, field.y - 1, field.w + 1.6, field.h + 1.6), ground))
    block = _set(scene, field)
    return Writing(block=block, ground=ground) if block else None


def _grid(scene: Scene) -> Grid:
    """Choose the count on the short side that leaves the least of a cell over on the long one."""
    sheet = scene.sheet
    counts = (2, 3) if sheet.banner else ((4, 5, 6) if scene.plan.kind == "fine" else (3, 4, 5))
    ratio = max(sheet.r, 1 / sheet.r)
    short = min(counts, key=lambda n: abs(n * ratio - round(n * ratio)) + 0.02 * scene.rng.random())
    side = sheet.s / short
    columns, rows = math.ceil(sheet.w / side - 0.02), math.ceil(sheet.h / side - 0.02)
    x = 0.0 if sheet.landscape else (sheet.w - columns * side) / 2
    return Grid(side=side, x=x, y=(sheet.h - rows * side) / 2, columns=columns, rows=rows)


def _text_cells(scene: Scene, grid: Grid) -> Frame:
    """Return the cells that the text takes: a left part, a top part, or all but a row above and some below."""
    if scene.sheet.landscape:
        share = 0.54 if scene.sheet.r > 2.1 else 0.52
        return Frame(0, 0, max(1, round(grid.columns * share)), grid.rows)
    if scene.sheet.r < 0.7:
        return Frame(0, 1, grid.columns, max(2, round(grid.rows * 0.4)))
    return Frame(0, 0, grid.columns, max(1, round(grid.rows * 0.44)))


def _set(scene: Scene, field: Frame) -> Block | None:
    left, top = max(field.x, 0), max(field.y, 0)
    inside = Frame(left, top, min(field.right, scene.sheet.w) - left, min(field.bottom, scene.sheet.h) - top)
    zone = inside.grown(-scene.sheet.margin)
    return scene.block(zone if zone.h > inside.h * 0.4 else inside.grown(-inside.h * 0.14), anchor="middle")


def _text_ground(scene: Scene) -> str:
    p = scene.palette
    vivid = [c for c in p.vivid[:3] if contrast(p.readable(c), c) >= 4.6]
    return scene.rng.choice([p.ink, *vivid] if scene.plan.dark else [p.paper, p.paper, *vivid])


def _mosaic(scene: Scene, grid: Grid, taken: Cells) -> None:
    """Fill the free cells: a few tiles two cells wide, some left empty, no ground twice side by side."""
    rng = scene.rng
    names = rng.sample(sorted(TILES), 5)
    grounds: dict[tuple[int, int], str] = {}
    for row in range(grid.rows):
        for column in range(grid.columns):
            if (column, row) in taken or (column, row) in grounds:
                continue
            wide = 2 if rng.random() < 0.1 and _fits(grid, (column, row), {*taken, *grounds}) else 1
            inks = _inks(scene, [grounds.get((column - 1, row), ""), grounds.get((column, row - 1), "")])
            grounds |= {(column + i, row + j): inks[0] for i in range(wide) for j in range(wide)}
            frame = grid.frame(column, row, wide, wide)
            drawn = [] if wide == 1 and rng.random() < 0.07 else tile(rng.choice(names), frame.box[:3], inks, rng)
            ground = svg.rect((frame.x, frame.y, frame.w + 0.6, frame.h + 0.6), inks[0])
            scene.canvas.add(svg.group([ground, *drawn]))


def _fits(grid: Grid, cell: tuple[int, int], used: Cells) -> bool:
    column, row = cell
    inside = column + 1 < grid.columns and row + 1 < grid.rows
    return inside and not any((column + i, row + j) in used for i in (0, 1) for j in (0, 1))


def _inks(scene: Scene, neighbours: list[str]) -> tuple[str, str, str]:
    """Return ground, figure and accent of a tile, with enough contrast between ground and figures."""
    p, rng = scene.palette, scene.rng
    ground = rng.choice([c for c in p.colours if c not in neighbours])
    loud = [c for c in p.colours if contrast(c, ground) > 1.55] or [p.readable(ground)]
    figure = rng.choice(loud)
    accent = rng.choice([c for c in loud if c != figure] or [figure])
    return ground, figure, accent


BAUHAUS = Family(
    name="bauhaus",
    kinds=("coarse", "fine"),
    voices=("grotesk", "grotesk-wide", "friendly", "grotesk-narrow"),
    draw=draw,
)
