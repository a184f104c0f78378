"""The room that draws: designed graphics from words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from backend.imaging.types import Size
from backend.providers.base import Offer, Produced
from backend.providers.local.rooms import Room
from backend.schemas.specs import CreateSpec

if TYPE_CHECKING:
    from backend.providers.local.rooms import Means, Work

COMPOSE = Offer(
    provider="local",
    model="compose",
    operation="create",
    label="Designed graphics",
    price_key="local.compose",
    source="docs/explanation/local-engine.md (read 2026-11-22)",
    seed=True,
    local=True,
    formats=("png",),
    seconds=1.5,
)


async def _make(means: Means, work: Work) -> Produced:
    spec = work.spec
    assert isinstance(spec, CreateSpec), "the offer is for this operation alone"
    size = Size(spec.width, spec.height)
    return await means.workbench.run(draw, spec.original_prompt, size, spec.seeds[0], spec.palette, spec.style_preset)


def draw(prompt: str, size: Size, seed: int, palette: tuple[str, ...], style: str | None) -> Produced:
    """Return the drawing of a prompt, with its vector form and layers as files; runs in a child process."""
    from backend.providers.local.compose import Brief, compose  # noqa: PLC0415 - the server never loads fonts and renderer

    brief = Brief(prompt=prompt, width=size.width, height=size.height, seed=seed, palette=palette, style=style)
    composition = compose(brief)
    files = {
        "composition.svg": composition.svg.encode(),
        "composition.json": json.dumps(composition.layers, ensure_ascii=False).encode(),
    }
    return Produced(data=composition.png, seed=seed, facts=composition.facts, files=files)


ROOM = Room(offers=(COMPOSE,), make=_make)
