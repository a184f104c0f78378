"""Colours that mean the same everywhere: whatever profile a picture comes with, sRGB leaves this room.

Conversion is LittleCMS's, perceptual intent. Untagged CMYK has no right answer; it is converted without a profile.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Final

from PIL import Image, ImageCms

_TOLERANCE: Final = 2
"""Levels by which a profile may differ from sRGB and still pass for it: the rounding of its tables."""
_STEPS: Final = 17
_INTENT: Final = ImageCms.Intent.PERCEPTUAL


def is_srgb(icc: bytes | None) -> bool:
    """Say whether a profile leaves every colour of a grid through the cube where sRGB has it; no profile counts."""
    if icc is None:
        return True
    profile = profile_of(icc)
    if profile is None or space_of(profile) != "RGB":
        return profile is None
    grid = _grid()
    moved = _applied(grid.copy(), profile, "RGB")
    return moved is None or all(abs(a - b) <= _TOLERANCE for a, b in zip(grid.tobytes(), moved.tobytes(), strict=True))


def to_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Return the picture in sRGB (L, LA, P, RGB or RGBA); a profile that is broken or of another kind is ignored."""
    if icc is None or is_srgb(icc) or (profile := profile_of(icc)) is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    converted = _converted(image, profile)
    if converted is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    return converted


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image | None:
    """Return the picture through its profile, or None where the two don't belong together."""
    match space_of(profile):
        case "RGB" if image.mode != "CMYK":
            return _applied(with_colour(image), profile, "")
        case "CMYK" if image.mode == "CMYK":
            return _applied(image, profile, "RGB")
        case "GRAY" if image.mode in ("L", "LA"):
            return _grey_converted(image, profile)
        case _:
            return None


def _grey_converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image | None:
    colours = _applied(image.getchannel("L"), profile, "RGB")
    if colours is not None and image.mode == "LA":
        colours.putalpha(image.getchannel("A"))
    return colours


def with_colour(image: Image.Image) -> Image.Image:
    """Return the picture as RGB, or as RGBA where any kind of transparency comes with it."""
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _applied(image: Image.Image, profile: ImageCms.ImageCmsProfile, mode: str) -> Image.Image | None:
    """Return the picture in sRGB and `mode`, its own when empty; None where LittleCMS refuses the profile."""
    output = mode or image.mode
    try:
        transform = ImageCms.buildTransform(profile, _srgb(), image.mode, output, _INTENT)
    except ImageCms.PyCMSError:
        return None
    if output != image.mode:
        return transform.apply(image)
    return transform.apply_in_place(image)


def profile_of(icc: bytes) -> ImageCms.ImageCmsProfile | None:
    """Return a profile, or None where it is broken."""
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(icc))
    except (OSError, ImageCms.PyCMSError):
        return None


def space_of(profile: ImageCms.ImageCmsProfile) -> str:
    """Return the colour space that a profile is for, such as RGB, CMYK or GRAY."""
    return str(profile.profile.xcolor_space).strip()  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType, reportAttributeAccessIssue] - Pillow types the file it came from


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - Pillow leaves it untyped


def _grid() -> Image.Image:
    levels = [round(step * 255 / (_STEPS - 1)) for step in range(_STEPS)]
    cube = bytes(value for r in levels for g in levels for b in levels for value in (r, g, b))
    return Image.frombytes("RGB", (_STEPS * _STEPS, _STEPS), cube)
