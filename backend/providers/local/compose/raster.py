"""From vectors and fields to pixels: resvg, soft shadows, dithering, the printed grain, PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import cv2
import numpy as np
import resvg_py
from PIL import Image

from backend.providers.local.compose.stream import Stream, grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.compose.colour import Floats

Pixels = tuple[int, int]
View = tuple[float, float, float, float]


def render(body: str, view: View, size: Pixels) -> Image.Image:
    """Return the SVG fragments as RGBA: the part of the drawing inside `view` (x, y, width, height), at `size`."""
    box = " ".join(f"{v:.2f}" for v in view)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="{box}"'
    data = resvg_py.svg_to_bytes(svg_string=f'{head} preserveAspectRatio="none">{body}</svg>', skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(data))).convert("RGBA")


def enlarged(values: Floats, size: Pixels) -> Floats:
    """Return the field at `size`, bicubic, still in floats."""
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def quantised(values: Floats, rng: Stream) -> Image.Image:
    """Return floats 0..255 as a picture, each rounded up or down by chance."""
    noise = _tiled(grid(rng, (256, 256)), (values.shape[1], values.shape[0]))
    return Image.fromarray(np.clip(values + noise[..., None], 0, 255).astype(np.uint8))


def _tiled(tile: Floats, size: Pixels) -> Floats:
    rows, columns = -(-size[1] // tile.shape[0]), -(-size[0] // tile.shape[1])
    return np.tile(tile, (rows, columns))[: size[1], : size[0]]


def grained(picture: Image.Image, rng: Stream, strength: float) -> Image.Image:
    """Return the picture with luminance grain; `strength` is its deviation as a share of white."""
    noise = (grid(rng, (512, 512)) + grid(rng, (512, 512)) + grid(rng, (512, 512)) - 1.5) * (2 * strength * 255)
    whole = np.rint(_tiled(noise, picture.size)).astype(np.int16)
    values = np.asarray(picture.convert("RGB"), dtype=np.int16) + whole[..., None]
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def png(picture: Image.Image) -> bytes:
    """Return the picture as PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def soft_shadow(path: str, view: View, blur: float) -> tuple[NDArray[np.uint8], NDArray[np.uint8], float]:
    """Return a shape's alpha, sharp and blurred, and how many pixels each of theirs stands for.

    It is drawn small, since a blur hides what that loses.
    """
    scale = min(8.0, max(2.0, blur / 2.5))
    size = (max(1, round(view[2] / scale)), max(1, round(view[3] / scale)))
    sharp = np.asarray(render(path, view, size).getchannel("A"))
    spread = blur / scale
    soft = cv2.GaussianBlur(sharp, (0, 0), spread, borderType=cv2.BORDER_REPLICATE)
    return sharp, np.asarray(soft, dtype=np.uint8), scale
