"""What backgrounds and light may be called, as `data/backdrops.yaml` lists it, with the colours of `colours.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from backend.providers.local.recolour import vocabulary as recolour
from backend.schemas.base import Frozen

_DATA = Path(__file__).parents[3] / "data" / "backdrops.yaml"

Run = Literal["down", "up", "right", "left", "across", "out"]
Direction = Literal["left", "right", "above", "below"]
Fraction = Annotated[float, Field(ge=0, le=1)]
Words = tuple[str, ...]


class Shade(Frozen):
    """What a word such as `dark` does to a colour: added OKLab lightness, factor of chroma, added warmth."""

    words: Words
    lightness: float
    chroma: float
    warmth: float


class Glow(Frozen):
    """A soft light; `at`, `reach` and `squash` (height to width) in fractions of the longer side."""

    at: tuple[float, float]
    reach: float
    squash: float
    colour: str
    strength: float


class Discs(Frozen):
    """Lights out of focus: how many, between which heights, how large, in which colours."""

    count: int
    least: float
    most: float
    colours: Words
    strength: float
    top: Fraction = Field(alias="from", default=0)
    until: Fraction = 1


class Patches(Frozen):
    """Soft noise in the lightness, down to the height `until`."""

    scale: float
    wide: float
    octaves: int
    amount: float
    until: Fraction = 1


class Clouds(Frozen):
    """Clouds of a colour, `scale` waves to the short side and `wide` times as wide as high."""

    scale: float
    wide: float
    amount: float
    colour: str


class SceneRow(Frozen):
    """How a scene is called and painted."""

    words: Words
    says: str
    colour: bool
    ramp: tuple[tuple[float, str], ...]
    glows: tuple[Glow, ...] = ()
    discs: Discs | None = None
    patches: Patches | None = None
    clouds: Clouds | None = None
    ridges: tuple[tuple[float, float, str], ...] = ()
    vignette: Fraction = 0


class Strength(Frozen):
    """A word for how strong the light is."""

    words: Words
    factor: float


class Warmth(Frozen):
    """A word for how warm the light is, -1 cold to 1 warm."""

    words: Words
    warmth: float


class Vocabulary(Frozen):
    """Everything that is understood."""

    fillers: frozenset[str]
    colours: dict[str, Words]
    shades: dict[str, Shade]
    gradients: dict[Run, Words]
    gradient: Words
    directions: dict[Direction, Words]
    strengths: dict[str, Strength]
    warmths: dict[str, Warmth]
    scenes: dict[str, SceneRow]
    designs: dict[str, Words]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary; its colours are those that recolouring knows."""
    named = recolour.vocabulary().colours.items()
    colours = {row.hex: (name, *row.also) for name, row in named}
    return Vocabulary.model_validate({**yaml.safe_load(_DATA.read_text("utf-8")), "colours": colours})
