"""The canvas: SVG fragments and pictures in the order they lie, kept both as one vector file and as pixels."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from backend.providers.local.compose import raster, svg
from backend.providers.local.compose.colour import to_rgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.raster import View
    from backend.providers.local.compose.stream import Stream

    Bytes = NDArray[np.uint8]
    Place = tuple[int, int, int, int]

_EMBEDDED = 720
"""Longest side of a field inside the vector file; fields are soft."""
_LARGE = 0.12
"""Shadows over this share of the canvas are pasted instead of drawn: resvg is slow with pictures."""


class Canvas:
    """A sheet of `width` by `height` pixels that is drawn on from the back to the front."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self.width, self.height = width, height
        self._pixels = Image.new("RGB", (width, height), ground)
        self._waiting: list[str] = []
        self._kept: list[str] = [svg.rect((0, 0, width, height), ground)]

    @property
    def view(self) -> View:
        """Return the whole sheet."""
        return (0, 0, self.width, self.height)

    def add(self, *fragments: str) -> None:
        """Lay SVG fragments on top; each must stand by itself, its gradients and clips included."""
        self._waiting += fragments
        self._kept += fragments

    def field(self, labs: Floats, rng: Stream) -> None:
        """Cover the whole sheet with an OKLab field of any size."""
        self.cover(to_rgb(labs), rng)

    def cover(self, values: Floats, rng: Stream) -> None:
        """Cover the whole sheet with a field of sRGB 0..255, of any size, dithered so that ramps show no bands."""
        self._pixels = raster.quantised(raster.enlarged(values, (self.width, self.height)), rng)
        small = self._pixels.copy()
        small.thumbnail((min(values.shape[1], _EMBEDDED), min(values.shape[0], _EMBEDDED)))
        self._waiting = []
        self._kept = [svg.image(_data(small, "JPEG"), self.view)]

    def layer(self, rgba: Floats, corner: tuple[int, int]) -> None:
        """Lay pixels, 0..255 with alpha, with their upper left at `corner`; the vector file gets them at half size."""
        picture = Image.fromarray(np.clip(rgba + 0.5, 0, 255).astype(np.uint8), "RGBA")
        self.pixels().paste(picture, corner, picture)
        small = picture.resize((max(1, picture.width // 2), max(1, picture.height // 2)), Image.Resampling.BOX)
        self._kept.append(svg.image(_data(small, "PNG"), (*corner, picture.width, picture.height)))

    def inset(self, art: Canvas, corner: tuple[int, int], outline: str) -> None:
        """Set a smaller canvas into this one, cut to an outline about its own corner."""
        shape = raster.render(svg.path(outline, "#000"), art.view, (art.width, art.height)).getchannel("A")
        self.pixels().paste(art.pixels(), corner, shape)
        place = f"translate({corner[0]} {corner[1]})"
        self._kept.append(svg.group([svg.clipped(art.fragments(), outline)], transform=place))

    def fragments(self) -> list[str]:
        """Return everything that lies on the sheet, back to front."""
        return list(self._kept)

    def shadow(self, path: str, blur: float, offset: tuple[float, float], paint: tuple[str, float]) -> None:
        """Lay the soft shadow of a path, moved by `offset`, in a colour and strength; draw the path after it."""
        sharp, soft, scale = raster.soft_shadow(svg.path(path, "#000"), self.view, blur)
        moved = _moved(soft, offset[0] / scale, offset[1] / scale)
        hidden = ((sharp > 250) * np.uint8(255)).astype(np.uint8)
        inner = hidden & _moved(hidden, 1, 0) & _moved(hidden, -1, 0) & _moved(hidden, 0, 1) & _moved(hidden, 0, -1)
        alpha = np.where(inner > 0, 0, moved * paint[1]).astype(np.uint8)
        rows, columns = np.flatnonzero(alpha.max(axis=1) > 1), np.flatnonzero(alpha.max(axis=0) > 1)
        if not rows.size or not columns.size:
            return
        box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
        self._lay(alpha[box[1] : box[3], box[0] : box[2]], (box, alpha.shape), paint[0])

    def veil(self, frame: View, paint: tuple[str, float], blur: float) -> None:
        """Lay a rectangle with soft edges in a colour and strength."""
        _, soft, _ = raster.soft_shadow(svg.rect(frame, "#000"), self.view, max(blur, 2.0))
        alpha = (soft * paint[1]).astype(np.uint8)
        self._lay(alpha, ((0, 0, alpha.shape[1], alpha.shape[0]), alpha.shape), paint[0])

    def _lay(self, alpha: Bytes, place: tuple[Place, tuple[int, ...]], colour: str) -> None:
        """Put a small alpha picture in one colour where it belongs, by the cheaper of two ways."""
        box, full = place
        across, down = self.width / full[1], self.height / full[0]
        view = (box[0] * across, box[1] * down, (box[2] - box[0]) * across, (box[3] - box[1]) * down)
        tinted = Image.new("RGBA", (alpha.shape[1], alpha.shape[0]), colour)
        tinted.putalpha(Image.fromarray(alpha))
        fragment = svg.image(_data(tinted, "PNG"), view)
        if view[2] * view[3] < _LARGE * self.width * self.height:
            self.add(fragment)
            return
        self._kept.append(fragment)
        self._paste(alpha, view, colour)

    def _paste(self, alpha: Bytes, view: View, colour: str) -> None:
        left, top = round(view[0]), round(view[1])
        size = (max(1, round(view[0] + view[2]) - left), max(1, round(view[1] + view[3]) - top))
        mask = Image.fromarray(alpha).resize(size, Image.Resampling.BICUBIC)
        self.pixels().paste(Image.new("RGB", size, colour), (left, top), mask)

    def pixels(self) -> Image.Image:
        """Return what lies on the sheet so far, RGB; it is the canvas's own picture."""
        if self._waiting:
            layer = raster.render("".join(self._waiting), self.view, (self.width, self.height))
            self._pixels.paste(layer, (0, 0), layer)
            self._waiting = []
        return self._pixels

    def document(self, title: str) -> str:
        """Return the whole drawing as one SVG file."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"'
        box = f'viewBox="0 0 {self.width} {self.height}"'
        return f"{head} {box}><title>{svg.escaped(title)}</title>{''.join(self._kept)}</svg>"


def _moved(values: Bytes, right: float, down: float) -> Bytes:
    """Return the picture moved by whole pixels, its edge drawn out."""
    dx, dy = round(right), round(down)
    height, width = int(values.shape[0]), int(values.shape[1])
    rows = np.clip(np.arange(height) - dy, 0, height - 1)
    columns = np.clip(np.arange(width) - dx, 0, width - 1)
    return values[rows][:, columns]


def _data(picture: Image.Image, kind: str) -> str:
    out = io.BytesIO()
    picture.save(out, kind, quality=90) if kind == "JPEG" else picture.save(out, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
