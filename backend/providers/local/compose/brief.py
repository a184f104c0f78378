"""What comes in through the door, and what goes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from backend.schemas.base import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What to design: a prompt, the exact size in pixels (sides 64..4096) and the seed.

    Quoted parts of the prompt are set in type. `palette`: 1..6 colours as #rrggbb, which win over the prompt's.
    `style`: a family's name, which then is taken, or a style preset, which leans the choice. `style_words` say how it
    should look as the prompt's words do, but are never set.
    """

    prompt: str
    width: int
    height: int
    seed: int
    palette: tuple[str, ...] = ()
    style: str | None = None
    style_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A designed picture: as PNG, as SVG, as the layers that can be laid out again, and facts about it."""

    png: bytes
    svg: str
    layers: dict[str, JsonValue] = field(default_factory=dict[str, "JsonValue"])
    facts: Facts = field(default_factory=dict[str, "JsonValue"])
