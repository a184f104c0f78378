"""A designed graphic laid out again: at another size, with other words, in other colours."""

from __future__ import annotations

from typing import ClassVar, Literal

from backend.schemas.base import AssetId, Frozen
from backend.schemas.fields import Words
from backend.schemas.specs.base import Change, Palette, Seed, Side


class Layers(Frozen):
    """What was decided about a designed graphic before its first stroke: kept beside it as `composition.json`."""

    family: str
    kind: str
    palette: str
    colours: tuple[str, ...]
    dark: bool
    voice: str
    headline: str
    subline: str
    kicker: str
    seed: int


class Wording(Frozen):
    """The words set in type, part by part: None leaves a part as it is, an empty text takes it away."""

    headline: Words | None = None
    subline: Words | None = None
    kicker: Words | None = None


class RelayoutSpec(Change):
    """The same design on another sheet. What is not said stays: family, colours, words, arrangement."""

    READS: ClassVar[tuple[str, ...]] = ("image",)

    operation: Literal["relayout"] = "relayout"
    image: AssetId
    layers: Layers
    width: Side
    height: Side
    prompt: str | None = None
    """Its quoted parts replace all the words; None: they stay, but for `words`."""
    words: Wording = Wording()
    palette: Palette = ()
    """Colours that replace those of the design; empty: they stay."""
    seed: Seed | None = None
    """Another arrangement of the same family; None: the same."""
    original_prompt: str | None = None
    """The prompt that the design was made from."""
    template_id: str | None = None
