"""Riso: two or three inks printed over each other in grains, a little out of register, on cream."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.compose import raster, svg
from backend.providers.local.compose.colour import chroma, hue_gap, lightness, mix, rgb
from backend.providers.local.compose.families.hills import hill
from backend.providers.local.compose.families.plants import branch
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import grid

if TYPE_CHECKING:
    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.svg import Point

Plate = tuple[str, str, tuple[float, float]]
"""Path data, ink, and how dense the ink lies at the top and at the bottom of the shape."""


def draw(scene: Scene) -> Writing | None:
    """Set the text on the paper, print plate after plate into what is left."""
    sheet = scene.sheet
    paper = mix(scene.palette.paper, "#f7f1e1", 0.5)
    block = scene.block(anchor="top" if not sheet.landscape else "middle")
    room = sheet.room_beside(block.frame) if block else sheet.all
    plates = _MOTIFS[scene.plan.kind](scene, room.centre, min(room.w, room.h) * 0.5)
    page = np.full((sheet.h, sheet.w, 3), rgb(paper), dtype=np.float32)
    for i, plate in enumerate(plates):
        slip = (3 * sheet.u * math.cos(i * 2.4), 3 * sheet.u * math.sin(i * 2.4))
        page = _printed(scene, page, plate, slip)
    scene.canvas.cover(page, scene.rng)
    return Writing(block=block, ground=paper) if block else None


def _inks(scene: Scene) -> tuple[str, str, str]:
    """Return inks of far hues: a vivid one, one across from it, and a dark one."""
    vivid = [c for c in scene.palette.vivid if lightness(c) < 0.88] or scene.palette.vivid
    first = vivid[0]
    second = max(vivid[1:] or vivid, key=lambda c: hue_gap(c, first) * (0.3 + chroma(c)))
    return first, second, scene.palette.ink


def _printed(scene: Scene, page: Floats, plate: Plate, slip: Point) -> Floats:
    """Return the page with one ink multiplied onto it wherever a grain falls into the shape."""
    data, ink, (above, below) = plate
    sheet = scene.sheet
    picture = raster.render(svg.path(data, "#000"), (-slip[0], -slip[1], sheet.w, sheet.h), (sheet.w, sheet.h))
    shape = np.asarray(picture.getchannel("A"), dtype=np.float32) / 255
    rows = np.flatnonzero(shape.max(axis=1) > 0)
    if not rows.size:
        return page
    down = np.clip((np.arange(sheet.h, dtype=np.float32) - rows[0]) / max(1, rows[-1] - rows[0]), 0, 1)
    density = (above + (below - above) * down)[:, None]
    grain = max(1.0, 1.35 * sheet.u)
    noise = grid(scene.rng, (math.ceil(sheet.h / grain), math.ceil(sheet.w / grain)))
    down_at = np.minimum((np.arange(sheet.h) / grain).astype(np.int64), noise.shape[0] - 1)
    across_at = np.minimum((np.arange(sheet.w) / grain).astype(np.int64), noise.shape[1] - 1)
    laid = np.asarray(shape * (noise[down_at][:, across_at] < density), dtype=np.float32)[..., None]
    colour = np.array(rgb(ink), dtype=np.float32) / 255
    return np.asarray(page * (1 - laid * (1 - colour)), dtype=np.float32)


def _sun(scene: Scene, centre: Point, reach: float) -> list[Plate]:
    """A great sun behind hills that run over the whole width."""
    first, second, dark = _inks(scene)
    sheet, (x, y) = scene.sheet, centre
    disc = svg.disc((x, y), reach * 0.72)
    near = hill(scene, y + reach * 0.42, sheet.s * 0.03, 1.1)
    front = hill(scene, y + reach * 0.68, sheet.s * 0.025, 1.3)
    return [(disc, first, (0.97, 0.45)), (near, second, (0.9, 0.6)), (front, dark, (0.85, 0.95))]


def _shapes(scene: Scene, centre: Point, reach: float) -> list[Plate]:
    """A disc, a tall pill and a half disc that overlap, and some bars."""
    first, second, dark = _inks(scene)
    (x, y), side = centre, scene.rng.choice((-1, 1))
    pill = _pill(x + side * reach * 0.42, y + reach * 0.1, reach * 0.3, reach * 0.62)
    r = svg.num(reach * 0.5)
    start = f"{svg.num(x - reach * 0.5 - side * reach * 0.2)} {svg.num(y + reach * 0.76)}"
    dome = f"M{start}a{r} {r} 0 0 1 {svg.num(reach)} 0Z"
    left = x - side * reach * 0.66 - reach * 0.26
    bars = "".join(svg.box((left, y - reach * (0.62 - 0.11 * i), reach * 0.52, reach * 0.045)) for i in range(5))
    disc = svg.disc((x - side * reach * 0.12, y - reach * 0.12), reach * 0.58)
    last = (bars, first, (1.0, 1.0))
    return [(disc, first, (0.95, 0.55)), (pill, second, (0.5, 0.95)), (dome, dark, (0.9, 0.4)), last]


def _pill(x: float, y: float, half: float, tall: float) -> str:
    r, body = svg.num(half), svg.num(2 * (tall - half))
    cap = f"a{r} {r} 0 0 1 "
    wide = svg.num(2 * half)
    return f"M{svg.num(x - half)} {svg.num(y - tall + half)}{cap}{wide} 0v{body}{cap}-{wide} 0Z"


def _leaf(scene: Scene, centre: Point, reach: float) -> list[Plate]:
    """A branch over a disc, a small dark moon beside it."""
    first, second, dark = _inks(scene)
    (x, y), side = centre, scene.rng.choice((-1, 1))
    disc = svg.disc((x, y + reach * 0.08), reach * 0.66)
    moon = svg.disc((x + side * reach * 0.74, y - reach * 0.6), reach * 0.15)
    twig = _placed(branch(), (x, y + reach * 0.06), reach * 1.5)
    return [(disc, first, (0.5, 0.97)), (twig, dark, (0.8, 0.97)), (moon, second, (1.0, 0.8))]


def _placed(data: str, at: Point, size: float) -> str:
    """Return path data of one unit drawn at a place and size; its numbers come in pairs."""
    placed: list[str] = []
    turn = 0
    for token in re.findall(r"[MLCZ]|-?[\d.]+", data):
        if token.isalpha():
            placed.append(token)
            turn = 0
        else:
            placed.append(svg.num(at[turn % 2] + float(token) * size))
            turn += 1
    return " ".join(placed)


_MOTIFS = {"sun": _sun, "shapes": _shapes, "leaf": _leaf}

RISO = Family(
    name="riso",
    kinds=tuple(_MOTIFS),
    voices=("grotesk", "anton", "friendly", "grotesk-narrow", "syne"),
    draw=draw,
    grain=0.02,
)
