"""The request of `POST /assets/{id}/relayout`. It is answered as an edit is."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from backend.schemas.fields import FlatForm, Name, ResponseFormat, Words
from backend.schemas.specs import Palette, Seed, Side, Wording

COMPOSITION = "composition.json"
"""The file beside a designed graphic that says how it was laid out."""


class RelayoutRequest(FlatForm):
    """Ask for a designed graphic to be laid out again. What is not said stays as it is."""

    width: Side | None = None
    """Pixels; both sides, or a template's, or those that it has."""
    height: Side | None = None
    template_id: Name | None = None
    """The format whose size is meant."""
    prompt: Words | None = None
    """Its quoted parts replace all the words that are set."""
    words: Wording | None = None
    """Replaces the words part by part; an empty text takes a part away, and the next one moves up."""
    palette: Palette = ()
    """Colours that replace those of the design."""
    seed: Seed | None = None
    """Another arrangement of the same family. 0 is a seed."""
    response_format: ResponseFormat = "base64"

    @model_validator(mode="after")
    def _size_is_determined(self) -> Self:
        if (self.width is None) != (self.height is None):
            raise ValueError("give both width and height, or a template_id")
        return self
