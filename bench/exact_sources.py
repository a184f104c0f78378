"""Pictures of every shape and kind that the intake takes, each with the colours that it stands for."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image, ImageCms, ImageOps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Exact = NDArray[np.float32]

SHAPES = ((700, 700), (450, 800), (1600, 200), (200, 1600), (641, 481), (120, 90), (16, 9), (7, 5), (2, 3), (1, 1))
P3 = ((0.5151, 0.2412, -0.0011), (0.292, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
ADOBE = ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
"""Primaries in XYZ, adapted to D50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file, and the colours it stands for: upright sRGB, height x width x 3 or 4, 0..255."""

    name: str
    data: bytes
    exact: Exact


def sources(photograph: Pixels) -> list[Source]:
    """Return forty-nine files made of a photograph (RGB, uint8)."""
    return [
        *_turned(photograph),
        *_shaped(photograph),
        *_kinds(photograph),
        *_deep(photograph),
        *_see_through(photograph),
    ]


def _turned(pixels: Pixels) -> list[Source]:
    image = Image.fromarray(pixels)
    found = [_known(f"jpeg turned {n}", image, "JPEG", exif=_exif(n), **_PHOTO) for n in range(1, 9)]
    found.append(_known("png turned 6", image, "PNG", exif=_exif(6)))
    found.append(_known("webp turned 8", image, "WEBP", exif=_exif(8), quality=95))
    return found


def _shaped(pixels: Pixels) -> list[Source]:
    found: list[Source] = []
    for number, size in enumerate(SHAPES):
        image = ImageOps.fit(Image.fromarray(pixels), size, Image.Resampling.LANCZOS)
        found.append(_known(f"{size[0]}x{size[1]}", image, *(("PNG",) if number % 2 else ("JPEG",)), **_even(number)))
    return found


def _kinds(pixels: Pixels) -> list[Source]:
    image = Image.fromarray(pixels)
    p3, adobe, srgb = profile(P3), profile(ADOBE), _srgb().tobytes()
    frames = [image, image.transpose(Image.Transpose.ROTATE_180)]
    return [
        *(
            _known(f"{kind} in P3", image, kind, icc_profile=p3, **_fine(kind))
            for kind in ("JPEG", "PNG", "WEBP", "AVIF")
        ),
        *(_known(f"{kind} in Adobe RGB", image, kind, icc_profile=adobe, **_fine(kind)) for kind in ("JPEG", "PNG")),
        _known("jpeg in sRGB by name", image, "JPEG", icc_profile=srgb, **_PHOTO),
        _known("jpeg in CMYK", image.convert("CMYK"), "JPEG", quality=95),
        _known("grey jpeg", image.convert("L"), "JPEG", quality=95),
        _known("grey png", image.convert("L"), "PNG"),
        _known("black and white png", image.convert("1"), "PNG"),
        _known("palette png", image.quantize(64), "PNG"),
        _known("gif", image.quantize(200), "GIF"),
        _known("moving gif", frames[0], "GIF", save_all=True, append_images=frames[1:]),
        _known("moving png", frames[0], "PNG", save_all=True, append_images=frames[1:]),
        _known("moving webp", frames[0], "WEBP", save_all=True, append_images=frames[1:], quality=95),
        _known("avif", image, "AVIF", quality=90, speed=9),
        _known("progressive jpeg", image, "JPEG", progressive=True, **_PHOTO),
        *(_known(f"jpeg {kind}", image, "JPEG", quality=95, subsampling=kind) for kind in ("4:4:4", "4:2:2", "4:1:1")),
    ]


def _deep(pixels: Pixels) -> list[Source]:
    """Return PNGs of 16 bits a channel."""
    deep = pixels.astype(np.uint16) * 257 + 64
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint16) * 257
    alpha = np.full((*pixels.shape[:2], 1), 65535, np.uint16)
    exact = np.asarray(deep / 257, np.float32)
    return [
        Source(name="png of 16 bits", data=_png(deep[..., ::-1]), exact=exact),
        Source(
            name="grey png of 16 bits",
            data=_png(grey),
            exact=np.asarray(np.repeat(grey[..., None] / 257, 3, 2), np.float32),
        ),
        Source(name="png of 16 bits with alpha", data=_png(np.dstack((deep[..., ::-1], alpha))), exact=exact),
    ]


def _see_through(pixels: Pixels) -> list[Source]:
    high, wide = pixels.shape[:2]
    y, x = np.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j]
    alpha = np.clip((1.1 - np.hypot(x, y)) * 4, 0, 1)
    image = Image.fromarray(np.dstack((pixels, np.rint(alpha * 255).astype(np.uint8))))
    holes = image.convert("RGB").quantize(100)
    holes.info["transparency"] = 3
    return [
        _known("png with alpha", image, "PNG"),
        _known("webp with alpha", image, "WEBP", quality=95),
        _known("grey png with alpha", image.convert("LA"), "PNG"),
        _known("avif with alpha", image, "AVIF", quality=90, speed=9),
        _known("palette png with holes", holes, "PNG", transparency=3),
        _known("gif with holes", holes, "GIF", transparency=3),
    ]


_PHOTO: dict[str, Any] = {"quality": 95, "subsampling": "4:2:0"}  # Any: as Pillow takes it


def _even(number: int) -> dict[str, Any]:
    return {} if number % 2 else {"quality": 95, "subsampling": "4:4:4"}


def _fine(kind: str) -> dict[str, Any]:
    return {} if kind == "PNG" else {"quality": 95}


def _known(name: str, image: Image.Image, kind: str, **options: Any) -> Source:  # noqa: ANN401 - as Pillow takes them
    file = io.BytesIO()
    image.save(file, kind, **options)
    return Source(name=name, data=file.getvalue(), exact=_exact(file.getvalue()))


def _exact(data: bytes) -> Exact:
    """Return what Pillow and LittleCMS make of a file's first frame."""
    with Image.open(io.BytesIO(data)) as image:
        icc = image.info.get("icc_profile")
        clear = image.has_transparency_data
        turned = ImageOps.exif_transpose(image).convert("RGBA" if clear else "RGB")
    if icc is None:
        return np.asarray(turned, np.float32)
    there = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    made = ImageCms.profileToProfile(turned, there, _srgb(), ImageCms.Intent.PERCEPTUAL)
    assert made is not None, "it is not asked to work in place"
    return np.asarray(made, np.float32)


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - Pillow leaves it untyped


def _png(pixels: NDArray[np.uint16]) -> bytes:
    return cv2.imencode(".png", pixels)[1].tobytes()


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def profile(primaries: tuple[tuple[float, float, float], ...], gamma: float = 2.2) -> bytes:
    """Return an ICC profile of version 2 of these primaries and a gamma."""
    curve = b"curv\0\0\0\0" + (1).to_bytes(4, "big") + round(gamma * 256).to_bytes(2, "big") + b"\0\0"
    text = b"desc\0\0\0\0" + (5).to_bytes(4, "big") + b"made\0" + bytes(79)
    tags = {b"desc": text, b"cprt": b"text\0\0\0\0none\0\0\0\0", b"wtpt": _xyz((0.9642, 1.0, 0.8249))}
    tags |= {name + b"XYZ": _xyz(values) for name, values in zip((b"r", b"g", b"b"), primaries, strict=True)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    at = 128 + 4 + 12 * len(tags)
    table, body = len(tags).to_bytes(4, "big"), b""
    for name, value in tags.items():
        table += name + (at + len(body)).to_bytes(4, "big") + len(value).to_bytes(4, "big")
        body += value + bytes(-len(value) % 4)
    head = bytes(8) + b"\x02\x10\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += _xyz((0.9642, 1.0, 0.8249))[8:]
    whole = head + bytes(128 - len(head)) + table + body
    return len(whole).to_bytes(4, "big") + whole[4:]


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(round(value * 65536).to_bytes(4, "big", signed=True) for value in values)
