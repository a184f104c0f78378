"""Operation specs: one class for each operation, with exactly its fields.

A spec is what a request turns into at the door. The same object is planned, priced, stored in the job as JSON and
handed to the provider, so that a parameter is declared once. `parts` is how many pictures it asks for; `part(n)` is the
spec of the n-th alone, which is what one call to a provider gets.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from backend.schemas.base import AssetId, Frozen

Quality = Literal["draft", "standard", "premium"]
OutputFormat = Literal["png", "jpg", "webp"]
Seed = Annotated[int, Field(ge=0, le=4_294_967_294)]
Side = Annotated[int, Field(ge=64, le=4096)]


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
    palette: tuple[str, ...] = ()
    """1-6 colours as `#rrggbb` that win over whatever the prompt suggests; empty: the engine chooses."""
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


class RemoveBackgroundSpec(Frozen):
    """The subject of a picture on transparency."""

    operation: Literal["remove_background"] = "remove_background"
    image: AssetId
    output_format: Literal["png", "webp"] = "png"

    @property
    def parts(self) -> int:
        """Return 1: an edit makes one picture."""
        return 1

    def part(self, ordinal: int) -> RemoveBackgroundSpec:  # noqa: ARG002 - the shape of every spec
        """Return the spec itself."""
        return self

    def inputs(self) -> dict[str, AssetId]:
        """Return the assets this reads, by field."""
        return {"image": self.image}


Spec = Annotated[CreateSpec | RemoveBackgroundSpec, Field(discriminator="operation")]
SPEC: TypeAdapter[Spec] = TypeAdapter(Spec)
