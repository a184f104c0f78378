"""One file from pixels: JPEG, PNG, WebP, AVIF or GIF, quickly or small."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, Literal

import cv2
import numpy as np
import simplejpeg
from PIL import Image

from backend.imaging.codec import save
from backend.imaging.encoding import palette

if TYPE_CHECKING:
    from numpy.typing import NDArray

Encoding = Literal["jpg", "png", "webp", "avif", "gif"]
Effort = Literal["quick", "small"]
"""`quick` writes as fast as it can be done; `small` takes longer for fewer bytes of the same likeness."""
LEAST: Final = 5
"""The lowest quality that is ever written, 1..100: below it hardly a byte is saved."""
MOST: Final = 100
FINE, FINEST = 90, 97
"""The quality from which colour keeps its full resolution in JPEG and AVIF, written quickly or small."""
WITHOUT_QUALITY: Final[frozenset[Encoding]] = frozenset({"png", "gif"})
"""What quality means nothing to."""
_OPAQUE: Final = 255
_RGBA: Final = 4
_SHARP: Final = 64
"""By how many levels colour may change from a pixel to the next before half its resolution shows."""
_MANY: Final = 0.002
_TINY: Final = 65_536
"""Pixels up to which sharp colours, asked for finely, are worth a WebP without loss: it has a few ten kilobytes."""
_SMALL, _LARGE = 2_000_000, 4_000_000
"""Pixels up to which WebP and AVIF have time for their slow ways, and for those in between."""
_MIMES: Final[dict[Encoding, str]] = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
}
_LIGHT: Final = tuple(17 + 2.5 * (across + down) for down in range(8) for across in range(8))
"""Steps of the luma's frequencies at quality 50. They grow gently, where those of T.81's Annex K grow steeply and spend
bits on coarse detail that fine detail, which is seen in texture, then lacks: by measure 6 to 10 % fewer bytes at the
same SSIM. The levels are such that qualities mean about the same likeness as with Annex K's."""
_COLOUR: Final = (
    *(17, 18, 24, 47, 99, 99, 99, 99),
    *(18, 21, 26, 66, 99, 99, 99, 99),
    *(24, 26, 56, 99, 99, 99, 99, 99),
    *(47, 66, 99, 99, 99, 99, 99, 99),
    *(99,) * 32,
)
"""Steps of chroma. Source: ITU-T T.81 table K.2, https://www.w3.org/Graphics/JPEG/itu-t81.pdf (read 2026-11-23)"""


def mime_of(encoding: Encoding) -> str:
    """Return the media type."""
    return _MIMES[encoding]


def takes_alpha(encoding: Encoding) -> bool:
    """Say whether transparency survives in it."""
    return encoding != "jpg"


def encoded(pixels: NDArray[np.uint8], encoding: Encoding, quality: int = 85, *, effort: Effort = "quick") -> bytes:
    """Return a file of the pixels (height x width x 3 or 4, uint8, sRGB) without any metadata.

    `quality` 1..100 means nothing to PNG and GIF; 100 makes WebP lossless, and so does 90 of a tiny picture whose
    colours are sharp. JPEG and AVIF keep half the resolution of colour below 90; written small, below 97 unless that
    would smear it. JPEG has no alpha: RGBA is laid on white. Alpha that hides nothing is left out everywhere.
    """
    seen = plain(pixels)
    match encoding:
        case "jpg":
            return _jpeg(_on_white(seen), quality, effort)
        case "png":
            return _png(seen, effort)
        case "webp":
            return _webp(seen, quality, effort)
        case "avif":
            return _avif(seen, quality, effort)
        case "gif":
            return palette.gif(seen)


def plain(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the pixels without an alpha channel that hides nothing."""
    if pixels.shape[2] == _RGBA and bool((pixels[..., 3] == _OPAQUE).all()):
        return np.ascontiguousarray(pixels[..., :3])
    return np.ascontiguousarray(pixels)


def on_colour(pixels: NDArray[np.uint8], colour: str) -> NDArray[np.uint8]:
    """Return RGB: what is see-through laid on a colour, #rrggbb."""
    if pixels.shape[2] != _RGBA:
        return pixels
    image = Image.fromarray(pixels)
    ground = Image.new("RGB", image.size, colour)
    ground.paste(image, mask=image.getchannel("A"))
    return np.asarray(ground)


def _on_white(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return on_colour(pixels, "#ffffff")


def _jpeg(pixels: NDArray[np.uint8], quality: int, effort: Effort) -> bytes:
    if effort == "quick":
        return simplejpeg.encode_jpeg(pixels, quality, "RGB", "444" if quality >= FINE else "420")
    tables = [_scaled(_LIGHT, quality), _scaled(_COLOUR, quality)]
    image, sampling = Image.fromarray(pixels), _sampling(pixels, quality, effort)
    if palette.is_grey(pixels):
        image, tables = image.getchannel("R"), tables[:1]
    file = io.BytesIO()
    image.save(file, "JPEG", qtables=tables, subsampling=sampling, optimize=True, progressive=True)
    return file.getvalue()


def _scaled(steps: tuple[float, ...], quality: int) -> list[int]:
    """Return the steps for a quality, by the rule that all JPEG libraries share."""
    percent = 5000 / quality if quality < 50 else 200 - 2 * quality  # noqa: PLR2004 - the rule's own middle
    return [min(255, max(1, int((step * percent + 50) // 100))) for step in steps]


def _png(pixels: NDArray[np.uint8], effort: Effort) -> bytes:
    if effort == "quick":
        return save(Image.fromarray(pixels), "PNG", compress_level=1)
    few = palette.lossless(pixels)
    image = few if few is not None else _slim(pixels)
    return save(image, "PNG", compress_level=9 if pixels.shape[0] * pixels.shape[1] <= _LARGE else 6)


def _slim(pixels: NDArray[np.uint8]) -> Image.Image:
    image = Image.fromarray(pixels)
    return image.getchannel("R") if palette.is_grey(pixels) else image


def _webp(pixels: NDArray[np.uint8], quality: int, effort: Effort) -> bytes:
    method = 2 if effort == "quick" else _slowness(pixels, 4, 4, 2)
    return save(Image.fromarray(pixels), "WEBP", quality=quality, lossless=_is_exact(pixels, quality), method=method)


def _is_exact(pixels: NDArray[np.uint8], quality: int) -> bool:
    """Say whether a WebP is written without loss: its other way always keeps half the resolution of colour."""
    if not FINE <= quality < MOST or pixels.shape[0] * pixels.shape[1] > _TINY:
        return quality == MOST
    return has_sharp_colour(pixels) or has_sharp_colour(pixels.swapaxes(0, 1))


def _avif(pixels: NDArray[np.uint8], quality: int, effort: Effort) -> bytes:
    speed = 10 if effort == "quick" else _slowness(pixels, 6, 8, 10)
    sampling = _sampling(pixels, quality, effort)
    return save(Image.fromarray(pixels), "AVIF", quality=quality, speed=speed, subsampling=sampling, max_threads=1)


def _slowness(pixels: NDArray[np.uint8], *ways: int) -> int:
    """Return the way of an encoder that a small, a middling or a large picture has time for."""
    size = pixels.shape[0] * pixels.shape[1]
    return ways[0 if size <= _SMALL else 1 if size <= _LARGE else 2]


def _sampling(pixels: NDArray[np.uint8], quality: int, effort: Effort) -> str:
    if effort == "quick":
        return "4:4:4" if quality >= FINE else "4:2:0"
    return "4:4:4" if quality >= FINEST or has_sharp_colour(pixels) else "4:2:0"


def has_sharp_colour(pixels: NDArray[np.uint8]) -> bool:
    """Say whether colours change so sharply that at half the resolution they would visibly smear, as in graphics."""
    band = max(1, pixels.shape[0] // 512)
    rows = pixels[::band, :, :3]
    if rows.shape[1] < 2:  # noqa: PLR2004 - a pixel and the next one
        return False
    chroma = cv2.cvtColor(np.ascontiguousarray(rows), cv2.COLOR_RGB2YCrCb)[..., 1:].astype(np.int16)
    steps: NDArray[np.int16] = np.abs(chroma[:, 1:] - chroma[:, :-1]).max(axis=2)
    return float(np.mean(steps > _SHARP)) > _MANY
