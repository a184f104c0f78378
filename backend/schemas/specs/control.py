"""New pictures that follow a given one: its lines, its build, its style."""

from __future__ import annotations

from typing import ClassVar, Literal

from backend.schemas.base import AssetId
from backend.schemas.specs.base import Change, Fraction, Seed, Side


class Control(Change):
    """What every controlled picture has."""

    READS: ClassVar[tuple[str, ...]] = ("control_image",)

    control_image: AssetId
    prompt: str | None = None
    negative_prompt: str | None = None
    style_preset: str | None = None
    width: Side | None = None
    """Pixels of the result; None on both sides: as the picture that it follows."""
    height: Side | None = None
    seed: Seed = 0


class Guided(Control):
    """A picture from words whose lines or build are given."""

    strength: Fraction = 0.7
    """How closely it follows."""


class SketchSpec(Guided):
    """A drawing filled in."""

    operation: Literal["sketch"] = "sketch"


class StructureSpec(Guided):
    """Something else, built as the picture is."""

    operation: Literal["structure"] = "structure"


class StyleSpec(Control):
    """Something else in the style of the picture; or, by an engine that paints over, the picture in a named style."""

    operation: Literal["style"] = "style"
    fidelity: Fraction = 0.5
    """How closely the style is kept."""


class StyleTransferSpec(Control):
    """The picture in the style of another."""

    READS: ClassVar[tuple[str, ...]] = ("control_image", "style_image")

    operation: Literal["style_transfer"] = "style_transfer"
    style_image: AssetId
    style_strength: Fraction = 1.0
    composition_fidelity: Fraction = 0.9
    change_strength: Fraction = 0.9


ControlSpec = SketchSpec | StructureSpec | StyleSpec | StyleTransferSpec
