"""Overlays: a logo, words and a price, laid out for each format that a picture is cut for."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from backend.schemas.base import AssetId, Frozen
from backend.schemas.specs.base import Colour, Fraction

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
Seat = Literal["top", "middle", "bottom", "left", "right"]
Ground = Literal["auto", "shade", "plate"]
"""What lies under words: `shade` darkens or lightens the picture softly, `plate` is a plain box of a colour."""
Voice = Literal[
    "grotesk",
    "grotesk-wide",
    "grotesk-narrow",
    "serif",
    "serif-light",
    "serif-italic",
    "friendly",
    "instrument",
    "gloock",
    "playfair",
    "abril",
    "anton",
    "unbounded",
    "syne",
]
"""The faces that words are set in."""


def _one_line(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text can't hold the NUL character")
    return " ".join(text.split())


Phrase = Annotated[str, AfterValidator(_one_line)]


class Logo(Frozen):
    """A picture laid over another, best with a see-through ground."""

    image_asset_id: AssetId
    corner: Corner | None = None
    """Where it is wanted; it goes to another corner where faces or the platform's own buttons are in its way. None:
    whichever corner is calmest."""
    x: Fraction | None = None
    """With `y`: where its middle is wanted instead, in fractions of the format; it stays where it can be seen."""
    y: Fraction | None = None
    share: Annotated[float, Field(ge=0.04, le=0.5)] = 0.16
    """Its size: the side of a square of the same area, as a share of the format's shorter side."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.x is None) != (self.y is None):
            raise ValueError("give x and y together")
        if self.x is not None and self.corner is not None:
            raise ValueError("give corner, or x and y")
        return self


class Lettering(Frozen):
    """Words and a price, set anew for each format."""

    words: Annotated[Phrase, Field(max_length=140)] = ""
    subline: Annotated[Phrase, Field(max_length=160)] = ""
    """Smaller, below the words."""
    price: Annotated[Phrase, Field(max_length=16)] = ""
    """On a tag of its own, such as `€ 49`."""
    position: Seat | None = None
    """Where the words are wanted; None: where faces and fine detail are least in their way."""
    voice: Voice = "grotesk"
    colour: Colour | None = None
    """Of the plate, or of the shade; None: dark or light, as the picture asks for."""
    accent: Colour = "#ffd23f"
    """Of the price's tag."""
    ground: Ground = "auto"
    """`auto`: nothing where words read as they are, a shade where that does, else a plate."""

    @model_validator(mode="after")
    def _something_is_said(self) -> Self:
        if not (self.words or self.price):
            raise ValueError("give words, a price, or both")
        if self.subline and not self.words:
            raise ValueError("a subline stands below words; give words, too")
        return self


class Overlay(Frozen):
    """What is laid over a picture after it was cut."""

    logo: Logo | None = None
    text: Lettering | None = None

    def __bool__(self) -> bool:
        """Return whether there is anything to lay."""
        return self.logo is not None or self.text is not None
