"""One picture made into the files that networks want."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from backend.schemas.base import AssetId, Frozen
from backend.schemas.specs.base import Colour, Fraction, OutputFormat
from backend.schemas.specs.overlays import Overlay
from backend.schemas.specs.relayout import Layers

MOST_EXPORTS = 120
"""Files that one job makes at most."""
CropMode = Literal["smart", "center", "fit", "extend"]
"""How a picture gets another shape.

`smart`: a window around faces and whatever else stands out. `center`: a window around the middle. `fit`: the whole
picture before a background. `extend`: the whole picture, continued beyond its borders.
"""
Pixels = Annotated[int, Field(ge=0, le=65_535)]
FileQuality = Annotated[int, Field(ge=1, le=100)]
Likeness = Annotated[float, Field(ge=0.8, le=0.999)]
"""Structural similarity (SSIM) to the picture as it was before it was encoded."""


class Spot(Frozen):
    """The point of a picture that matters, in fractions of its sides from the top left."""

    x: Fraction
    y: Fraction


class Window(Frozen):
    """A part of a picture, in its pixels."""

    left: Pixels
    top: Pixels
    width: Annotated[int, Field(ge=1, le=65_535)]
    height: Annotated[int, Field(ge=1, le=65_535)]


class Background(Frozen):
    """What stands where a whole picture does not fill a format."""

    kind: Literal["blur", "mirror", "colour", "transparent"] = "blur"
    colour: Colour | None = None
    """With `colour` alone."""

    @model_validator(mode="after")
    def _a_colour_is_said_where_it_counts(self) -> Self:
        if (self.kind == "colour") != (self.colour is not None):
            raise ValueError('give colour, such as "#102030", with kind "colour" and with no other')
        return self


class ExportSpec(Frozen):
    """One file: a format of a platform, and what was decided for it."""

    platform: str
    platform_name: str
    format_id: str
    format: str
    width: Annotated[int, Field(ge=1)]
    height: Annotated[int, Field(ge=1)]
    safe: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Pixels of the format that are kept free at the top, right, bottom and left."""
    covered: tuple[tuple[int, int, int, int], ...] = ()
    """What the platform's own buttons and pictures cover: left, top, width and height."""
    circle: bool = False
    """True where the platform shows it round."""
    box: Window | None = None
    """A person's own window, in pixels of the picture."""
    focus: Spot | None = None
    encodings: Annotated[tuple[OutputFormat, ...], Field(min_length=1)]
    """The types that it may be written in, the wished one first; several: whichever looks as good with fewest bytes."""
    instead: tuple[OutputFormat, ...] = ()
    """Types to fall back on where none of `encodings` is small enough."""
    most_bytes: int | None = None
    name: str
    """Of the file, without its extension."""
    notes: tuple[str, ...] = ()
    """What was decided otherwise than asked for, in sentences."""


class SocialSpec(Frozen):
    """Files for networks, all from one picture."""

    operation: Literal["social"] = "social"
    image: AssetId
    exports: Annotated[tuple[ExportSpec, ...], Field(min_length=1, max_length=MOST_EXPORTS)]
    mode: CropMode = "smart"
    background: Background = Background()
    """With `fit`."""
    quality: FileQuality | None = None
    """None: 85, or what `min_ssim` asks for."""
    min_ssim: Likeness | None = None
    overlay: Overlay = Overlay()
    layers: Layers | None = None
    """Of a designed graphic: it is laid out again for each format, not cropped."""
    alt_text: str | None = None

    @property
    def parts(self) -> int:
        """Return how many files are asked for."""
        return len(self.exports)

    def part(self, ordinal: int) -> SocialSpec:
        """Return the spec of one file."""
        return self.model_copy(update={"exports": (self.exports[ordinal],)})

    def inputs(self) -> dict[str, AssetId]:
        """Return the assets this reads, by field."""
        logo = self.overlay.logo
        return {"image": self.image} if logo is None else {"image": self.image, "logo": logo.image_asset_id}
