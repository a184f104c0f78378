"""The request and the answer of `/social/optimize`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from backend.schemas.base import AssetId, Facts, Frozen, JobId
from backend.schemas.checks import Check
from backend.schemas.exports import NamePattern
from backend.schemas.fields import JPEG, Cost, FlatForm, Name, OnePictureForm, ResponseFormat, Words
from backend.schemas.social import SafeZone
from backend.schemas.specs.base import OutputFormat
from backend.schemas.specs.overlays import Lettering, Logo
from backend.schemas.specs.social import Background, CropMode, FileQuality, Likeness, Spot, Window

INPUTS = ("image",)
"""The picture; it is sent as `…_base64` or as `…_asset_id`. A logo is always one of the library."""
FormatNames = str | Annotated[tuple[Name, ...], Field(min_length=1, max_length=60)]
Key = Annotated[str, Field(max_length=120)]
"""`<platform>.<format id>`; names and aliases of formats are understood, too."""
LEAST_BYTES = 10_240
"""A file is never to be smaller than this: marks of where it comes from need room in it."""


class ExportChoices(FlatForm):
    """How files are made, and of which formats; an export set keeps just this, and the platforms."""

    format_names: Mapping[Name, FormatNames] = {}
    """By platform: a format's name, alias or id, several of them, or `all`."""
    crop_mode: CropMode = "smart"
    background: Background = Background()
    """With `fit`."""
    output_format: Annotated[Literal["png", "jpg", "webp", "auto"], JPEG] = "png"
    """A network that doesn't take it gets what it does take; `auto` is whatever looks as good with fewest bytes."""
    quality: FileQuality | None = None
    """Of JPEG and WebP; 85 unless said otherwise."""
    min_ssim: Likeness | None = None
    """Instead of `quality`: as few bytes as keep the file so like the picture."""
    max_bytes: Annotated[int, Field(ge=LEAST_BYTES)] | None = None
    """Of each file; where a network takes less, that counts."""
    name_pattern: NamePattern | None = None
    """How the files are called; an extension is put behind it."""
    logo: Logo | None = None
    """Laid over every file, where the platform covers nothing and no face is."""
    text: Lettering | None = None
    """Words and a price on every file, set anew for each format."""

    @property
    def logo_asset_id(self) -> AssetId | None:
        """Return the picture that is laid over every file."""
        return self.logo.image_asset_id if self.logo else None

    @model_validator(mode="after")
    def _quality_is_said_once(self) -> Self:
        if self.quality is not None and self.min_ssim is not None:
            raise ValueError("give quality or min_ssim, not both")
        return self


class SocialRequest(ExportChoices, OnePictureForm):
    """Ask for one picture as the files that networks want."""

    export_set_id: Annotated[str, Field(max_length=64)] | None = None
    """An export set of the workspace: what is not said here is taken from it."""
    platforms: Annotated[tuple[Name, ...], Field(max_length=60)] = ()
    """Keys or aliases; a platform without `format_names` means its default format."""
    focal_point: Spot | None = None
    """The point that every crop lies around."""
    focal_points: Annotated[Mapping[Key, Spot], Field(max_length=120)] = {}
    """The same for single formats; wins over `focal_point`."""
    crops: Annotated[Mapping[Key, Window], Field(max_length=120)] = {}
    """Windows for single formats, in pixels of the picture as it stands upright; each wins over points and modes."""
    alt_text: Words | None = None
    """What the picture shows, in words, for those who can't see it."""
    show_safe_zones: bool = False
    """True for previews that show what platforms cover, in the answer that is waited for; files never show it."""
    response_format: ResponseFormat = "base64"

    @model_validator(mode="after")
    def _something_is_wanted(self) -> Self:
        if not (self.platforms or self.export_set_id):
            raise ValueError("name at least one of the platforms, or an export set")
        return self


class ReasonView(Frozen):
    """Why a crop lies where it does: in words, and as a share 0..1 of what could be kept."""

    kind: str
    says: str
    value: float


class Shown(Frozen):
    """What the engine says about a file that it made."""

    crop: Window
    """In pixels of the picture as it stands upright."""
    score: float | None = None
    """How well the crop keeps what matters, 0..1; null where nobody searched."""
    reasons: tuple[ReasonView, ...] = ()
    encoding: OutputFormat
    quality: int | None = None
    ssim: float | None = None
    upscaled: float = 1
    """By how much it was enlarged; 1 where no pixel was invented."""
    notes: tuple[str, ...] = ()
    """What was done otherwise than asked for, or not looked for, in sentences."""


class Seen(Shown):
    """The same, with what the file is checked by."""

    faces: tuple[tuple[int, int, int, int], ...] | None = None
    """Left, top, right, bottom in pixels of the file; None where nobody looked."""
    text: tuple[tuple[int, int, int, int], ...] | None = None
    see_through: float | None = 0
    """Share 0..1 of pixels that are more than half transparent."""


class Exported(Shown):
    """What is known of an exported file and kept beside it."""

    platform: str
    format: str
    format_id: str
    ratio: str
    safe_zone: SafeZone
    mode: CropMode
    laid_out: bool
    """True where a design was laid out again, not cropped."""
    checks: tuple[Check, ...]
    alt_text: str | None


class SocialResult(Exported):
    """One exported file."""

    width: int
    height: int
    bytes: int
    mime: str
    filename: str
    image_base64: str | None = Field(default=None, repr=False)
    """The bytes as a data URL; null where the caller asked for URLs."""
    preview_base64: str | None = Field(default=None, repr=False)
    """With `show_safe_zones`: a smaller picture that shows what the platform covers, as a data URL."""
    asset_id: AssetId
    url: str
    thumbnail_url: str | None


class SocialError(Frozen):
    """A file that could not be made."""

    platform: str
    format: str
    format_id: str
    problem: Facts


class SocialAnswer(Frozen):
    """The files, in the order that they were asked for, and those that could not be made."""

    success: bool
    results: tuple[SocialResult, ...]
    total_optimized: int
    errors: tuple[SocialError, ...]
    source: AssetId
    """The picture that they were made from."""
    job_id: JobId
    cost: Cost
