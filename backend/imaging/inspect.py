"""The walk that makes a picture from outside safe: sniffed, cut down, decoded, written anew, thumbnailed.

Runs wherever it is called. Bytes from outside belong in `Workbench.inspect`, which calls this in a child.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from fast_thumbhash import (
    rgba_to_thumb_hash,  # pyright: ignore[reportUnknownVariableType] - compiled, without types
)
from PIL import Image

from backend.imaging.codec import png_level, save
from backend.imaging.colour import is_srgb, with_colour
from backend.imaging.colour_names import colours_of, told
from backend.imaging.provenance.reading import marks_in
from backend.imaging.reading import carried, load, opened, read, reading
from backend.imaging.sniff import sniff, strip, strip_moving
from backend.imaging.types import Inspected, Size

if TYPE_CHECKING:
    from backend.imaging.containers.facts import Bare, Format

THUMBNAIL_SIDE: Final = 512
_HASH_SIDE: Final = 100
_PALETTE_SIDE: Final = 64
_SHADE_BITS: Final = 5
_OPAQUE: Final = 255
_SEEN: Final = 128
"""Alpha from which a pixel counts for the dominant colour."""


@dataclass(frozen=True, slots=True)
class _Rewritten:
    data: bytes
    mime: str
    size: Size
    has_alpha: bool
    small: Image.Image


def inspect(data: bytes) -> Inspected:
    """Return the picture rewritten, with thumbnail, ThumbHash and dominant colour.

    A JPEG that is upright, in sRGB and 8-bit grey or YCbCr, and a still WebP that is upright and in sRGB, keep their
    coded pixels bit for bit; so does an animated GIF, WebP or PNG that is upright, in sRGB and of at most 600 frames
    and 100 megapixels together. Everything else is coded anew, of other animations the first frame: as PNG where the
    source was lossless or is see-through, as JPEG of quality 95 with full colour resolution where it was lossy and
    opaque. Raises what `sniff` raises, and
    InvalidImage where the picture is broken.
    """
    sniffed = sniff(data)
    kind = sniffed.format
    marks = marks_in(data)
    said = told(kind, data)
    moving = _moving(kind, strip_moving(sniffed, data))
    bare = strip(kind, data) if moving is None else moving
    del data  # at 50 MiB worth not holding twice
    carried_along = carried(opened(kind, bare.data)) if kind == "avif" else ()
    done = _kept_moving(kind, bare) if moving else _kept(kind, bare) if _may_be_kept(bare) else _recoded(kind, bare)
    return Inspected(
        data=done.data,
        mime=done.mime,
        size=done.size,
        has_alpha=done.has_alpha,
        thumbnail=save(done.small, "WEBP", quality=80),
        thumbhash=_thumbhash(done.small),
        colour=_dominant(done.small),
        removed=tuple(dict.fromkeys((*carried_along, *bare.removed))),
        colours=colours_of(kind, bare, said),
        marks=marks,
    )


def _may_be_kept(bare: Bare) -> bool:
    return bare.servable and bare.orientation == 1 and is_srgb(bare.icc)


def _kept(kind: Format, bare: Bare) -> _Rewritten:
    """Decode only to see that it can be, and for the thumbnail; JPEG at the smallest scale that serves."""
    image = opened(kind, bare.data)
    size = Size(*image.size)
    with reading(kind):
        image.draft(None, (2 * THUMBNAIL_SIDE, 2 * THUMBNAIL_SIDE))
        whole = read(image)
    has_alpha = _is_see_through(whole)
    return _Rewritten(bare.data, f"image/{kind}", size, has_alpha, _small(whole))


def _moving(kind: Format, bare: Bare | None) -> Bare | None:
    """Return an animation if it can be kept as it is: upright, in sRGB, and of more than one frame that decodes."""
    if bare is None or not _may_be_kept(bare):
        return None
    return bare if getattr(opened(kind, bare.data), "n_frames", 1) > 1 else None


def _kept_moving(kind: Format, bare: Bare) -> _Rewritten:
    """Decode every frame to see that it can be; the first one is shown where pictures stand still."""
    image = opened(kind, bare.data)
    size, has_alpha, small = Size(*image.size), False, None
    with reading(kind):
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            image.load()
            _check_same(image.size, size)
            has_alpha = has_alpha or _is_see_through(image)
            small = small or _small(image.convert("RGBA" if image.has_transparency_data else "RGB"))
    assert small is not None, "there is a frame"
    return _Rewritten(bare.data, f"image/{kind}", size, has_alpha, small)


def _check_same(found: tuple[int, int], size: Size) -> None:
    if found != (size.width, size.height):
        raise ValueError(f"a frame of {found[0]}x{found[1]} in an animation of {size}")


def _recoded(kind: Format, bare: Bare) -> _Rewritten:
    image = load(kind, bare)
    has_alpha = _is_see_through(image)
    if image.mode in ("RGBA", "LA") and not has_alpha:
        image = image.convert(image.mode[:-1])
    small, size = _small(image), Size(*image.size)
    name, options = _encoding(bare, image, has_alpha=has_alpha)
    return _Rewritten(save(image, name, **options), f"image/{name.lower()}", size, has_alpha, small)


def _encoding(bare: Bare, image: Image.Image, *, has_alpha: bool) -> tuple[str, dict[str, int | str]]:
    """Return Pillow's name of the format to write, and its options."""
    if bare.lossless or has_alpha:
        return "PNG", {"compress_level": png_level(image)}
    return "JPEG", {"quality": 95, "subsampling": "4:4:4"}


def _is_see_through(image: Image.Image) -> bool:
    if not image.has_transparency_data:
        return False
    alpha = (image if image.mode in ("RGBA", "LA") else image.convert("RGBA")).getchannel("A")
    return any(alpha.histogram()[:_OPAQUE])


def _small(image: Image.Image) -> Image.Image:
    """Return RGB or RGBA of at most 512 pixels a side; never larger than the picture."""
    scale = min(1.0, THUMBNAIL_SIDE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return with_colour(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _thumbhash(small: Image.Image) -> str:
    tiny = small.convert("RGBA")
    tiny.thumbnail((_HASH_SIDE, _HASH_SIDE))
    thumbhash = rgba_to_thumb_hash(tiny.width, tiny.height, tiny.tobytes())  # pyright: ignore[reportUnknownVariableType] - it says no types
    return base64.b64encode(bytes(thumbhash)).decode()  # pyright: ignore[reportUnknownArgumentType] - a list of int


def _dominant(small: Image.Image) -> str:
    """Return the mean of the most frequent shade among the pixels that can be seen; black where none can."""
    tiny = small.convert("RGBA")
    tiny.thumbnail((_PALETTE_SIDE, _PALETTE_SIDE))
    pixels = np.asarray(tiny).reshape(-1, 4)
    seen = pixels[pixels[:, 3] >= _SEEN][:, :3]
    if not seen.size:
        return "#000000"
    shades = (seen >> _SHADE_BITS) @ np.array((256, 16, 1), np.uint16)
    commonest = np.bincount(shades).argmax()
    return "#" + bytes(seen[shades == commonest].mean(axis=0).round().astype(np.uint8)).hex()
