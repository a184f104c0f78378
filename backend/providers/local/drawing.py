"""The room that draws: designed graphics from words, and the same laid out again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.providers.base import Offer, Produced
from backend.providers.local.rooms import Room
from backend.schemas.specs import CreateSpec, RelayoutSpec

if TYPE_CHECKING:
    from backend.providers.local.compose import Composition
    from backend.providers.local.rooms import Means, Work

COMPOSE = Offer(
    provider="local",
    model="compose",
    operation="create",
    label="Designed graphics",
    price_key="local.compose",
    source="docs/explanation/local-engine.md (read 2026-11-22)",
    seed=True,
    palette=True,
    local=True,
    formats=("png",),
    seconds=1.5,
)
AGAIN = replace(COMPOSE, operation="relayout")


async def _make(means: Means, work: Work) -> Produced:
    if isinstance(work.spec, RelayoutSpec):
        return await means.workbench.run(draw_again, work.spec)
    assert isinstance(work.spec, CreateSpec), "the offers are for these two operations alone"
    return await means.workbench.run(draw, work.spec)


def draw(spec: CreateSpec) -> Produced:
    """Return the drawing of a prompt, with its vector form and layers as files; runs in a child process."""
    from backend.providers.local.compose import Brief, compose  # noqa: PLC0415 - the server never loads fonts and renderer

    brief = Brief(
        prompt=spec.original_prompt,
        width=spec.width,
        height=spec.height,
        seed=spec.seeds[0],
        palette=spec.palette,
        style=spec.style_preset,
        style_words=spec.style_words,
    )
    return _produced(compose(brief), spec.seeds[0])


def draw_again(spec: RelayoutSpec) -> Produced:
    """Return a drawing laid out again, with the same files beside it; runs in a child process."""
    from backend.providers.local.compose import relayout  # noqa: PLC0415 - as above

    return _produced(relayout(spec), spec.layers.seed if spec.seed is None else spec.seed)


def _produced(composition: Composition, seed: int) -> Produced:
    files = {
        "composition.svg": composition.svg.encode(),
        "composition.json": json.dumps(composition.layers, ensure_ascii=False).encode(),
    }
    return Produced(data=composition.png, seed=seed, facts=composition.facts, files=files)


ROOM = Room(offers=(COMPOSE, AGAIN), make=_make)
