"""What goes to the child that exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.types import Box, Size
    from backend.schemas.specs import SocialSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which files of a spec are to be made of a picture that comes with it.

    `whole` is the size of the picture that was asked about where another one is exported in its stead: that one is
    shown as a whole, it was continued or laid out again. `logo` is encoded. `faces` are the weights that find some;
    where it is `known` where they are, in pixels of the picture, nobody looks.
    """

    spec: SocialSpec
    ordinals: tuple[int, ...]
    whole: Size | None = None
    logo: bytes | None = None
    faces: Path | None = None
    known: tuple[Box, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacesFound:
    """What the child says before the first file: where faces are, in pixels of the picture."""

    boxes: tuple[Box, ...]
