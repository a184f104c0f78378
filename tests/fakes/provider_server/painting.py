"""What engines do to pictures that they are sent: real work on real pixels, and nobody's model."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError


def opened(data: bytes, kind: str = "") -> Image.Image:
    """Return the picture of a file; raises ValueError if it is none, or not of the kind that it is said to be."""
    try:
        found = Image.open(io.BytesIO(data))
        found.load()
    except (UnidentifiedImageError, OSError) as error:
        raise ValueError("the media is no picture") from error
    if kind and (found.format or "").casefold() != kind:
        raise ValueError(f"the media is {found.format}, not {kind}")
    return found


def _written(made: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    made.convert("RGB").save(file, kind)
    return file.getvalue()


def tinted(before: Image.Image, size: tuple[int, int], kind: str) -> bytes:
    """Return the picture in another size, darker."""
    return _written(before.convert("RGB").resize(size).point(lambda level: level * 3 // 4), kind)


def erased(before: Image.Image, mask: Image.Image, kind: str) -> bytes:
    """Return the picture, of one colour where the mask is white."""
    plain = before.convert("RGB")
    levels = mask.convert("L").resize(plain.size)
    return _written(Image.composite(plain.resize((1, 1)).resize(plain.size), plain, levels), kind)


def larger(before: Image.Image, longest: int, kind: str) -> bytes:
    """Return the picture with that longest side."""
    factor = longest / max(before.size)
    width, height = (max(1, round(side * factor)) for side in before.size)
    return _written(before.convert("RGB").resize((width, height), Image.Resampling.LANCZOS), kind)
