"""Pictures from words."""

from __future__ import annotations

from typing import Literal

from backend.schemas.base import AssetId, Frozen
from backend.schemas.specs.base import Palette, Quality, Seed, Side


class CreateSpec(Frozen):
    """Pictures from a prompt: size resolved, a seed for every variation."""

    operation: Literal["create"] = "create"
    prompt: str
    """What the engine gets: enhanced, if that was asked for."""
    original_prompt: str
    """What the person wrote."""
    negative_prompt: str | None = None
    width: Side
    height: Side
    quality: Quality = "standard"
    style_preset: str | None = None
    guidance_scale: float | None = None
    steps: int | None = None
    palette: Palette = ()
    """1-6 colours that win over whatever the prompt suggests; empty: the engine chooses."""
    style_words: tuple[str, ...] = ()
    """How it should look, for engines that design: they choose by these words too, and set none of them."""
    template_id: str | None = None
    seeds: tuple[Seed, ...]

    @property
    def parts(self) -> int:
        """Return how many pictures are asked for."""
        return len(self.seeds)

    def part(self, ordinal: int) -> CreateSpec:
        """Return the spec of one variation."""
        return self.model_copy(update={"seeds": (self.seeds[ordinal],)})

    def inputs(self) -> dict[str, AssetId]:
        """Return the assets this reads, by field."""
        return {}
