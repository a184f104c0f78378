"""What the colours of a file are called, as far as it says: by its profile, or by numbers for its primaries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PIL import ImageCms

from backend.imaging.colour import is_srgb, profile_of, space_of
from backend.imaging.containers import avif, png
from backend.imaging.measuring import SRGB
from backend.imaging.reading import opened

if TYPE_CHECKING:
    from backend.imaging.containers.facts import Bare, Format

_PRIMARIES: Final = {1: SRGB, 2: SRGB, 9: "BT.2020", 11: "DCI-P3", 12: "Display P3"}
"""By the numbers of ITU-T H.273, table 2 (read 2026-11-23); 2 says that nothing is said."""
_BRIGHT: Final = {16: " PQ", 18: " HLG"}
"""Transfer functions of pictures that are brighter than a screen's white, by the same page's table 3."""
_ODD: Final = re.compile(r"[^ -~]+")
LONGEST: Final = 60


def told(kind: Format, data: bytes) -> str | None:
    """Return what a PNG or AVIF file says of its colours by numbers; None where it says nothing."""
    numbers = png.cicp(data) if kind == "png" else avif.cicp(data) if kind == "avif" else None
    if numbers is None:
        return None
    primaries, transfer = numbers
    return _PRIMARIES.get(primaries, f"primaries {primaries}") + _BRIGHT.get(transfer, "")


def colours_of(kind: Format, bare: Bare, said: str | None) -> str:
    """Return `sRGB`, or what else the colours of a file are; `said` is what `told` returned.

    Numbers stand before profiles where there are both, as they do in browsers. What says nothing is sRGB, or CMYK.
    """
    if said is not None and (kind == "png" or said != SRGB):
        return said
    if bare.icc is None and (bare.servable or kind in ("gif", "webp")):
        return SRGB
    image = opened(kind, bare.data)
    icc = image.info.get("icc_profile") if kind == "avif" else bare.icc
    return _named(icc, "CMYK" if image.mode == "CMYK" else SRGB)


def _named(icc: bytes | None, otherwise: str) -> str:
    profile = profile_of(icc) if icc else None
    if icc is None or profile is None:
        return otherwise
    if is_srgb(icc) and otherwise == SRGB:
        return SRGB
    words = " ".join(_ODD.sub(" ", _description(profile)).split())[:LONGEST].strip()
    return words or f"{space_of(profile)} by a nameless profile"


def _description(profile: ImageCms.ImageCmsProfile) -> str:
    try:
        return str(ImageCms.getProfileDescription(profile))
    except ImageCms.PyCMSError:
        return ""
