"""What specs are made of."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field

from backend.schemas.base import AssetId, Frozen

Quality = Literal["draft", "standard", "premium"]
OutputFormat = Literal["png", "jpg", "webp"]
Seed = Annotated[int, Field(ge=0, le=4_294_967_294)]
Side = Annotated[int, Field(ge=64, le=4096)]
Fraction = Annotated[float, Field(ge=0, le=1)]
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$"), AfterValidator(str.lower)]
"""`#rrggbb`, in small letters."""
Palette = Annotated[tuple[Colour, ...], Field(max_length=6)]
"""A brand's one to six colours; empty: none are given."""


class Single(Frozen):
    """What every operation has that makes one file of others."""

    READS: ClassVar[tuple[str, ...]] = ("image",)
    """The fields that hold the assets it reads; the first is the picture that is changed."""

    @property
    def parts(self) -> int:
        """Return 1: there is one file."""
        return 1

    def part(self, ordinal: int) -> Self:  # noqa: ARG002 - the shape of every spec
        """Return the spec itself."""
        return self

    def inputs(self) -> dict[str, AssetId]:
        """Return the assets this reads, by field."""
        named = {name: getattr(self, name) for name in self.READS}
        return {name: asset for name, asset in named.items() if asset is not None}


class Change(Single):
    """What every operation has that makes one picture of others."""

    output_format: OutputFormat = "png"
