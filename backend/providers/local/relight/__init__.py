"""The room that relights: a subject before another background, in its light; or another light in the same place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.relight import words
from backend.providers.local.rooms import Room
from backend.schemas.specs import RelightSpec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backend.providers.local.rooms import Means, Work
    from backend.schemas.specs import Spec


def _check(spec: Spec) -> None:
    if isinstance(spec, RelightSpec):
        words.asked(spec)


RELIGHT = Offer(
    provider="local",
    model="u2netp",
    operation="relight",
    label="Cut out and relit",
    price_key="local.relight",
    source="docs/explanation/relighting.md (read 2026-11-22)",
    words="vocabulary",
    seed=True,
    local=True,
    formats=("png", "jpg", "webp"),
    seconds=2.5,
    check=_check,
)


async def _make(means: Means, work: Work) -> Produced:
    spec, name = work.spec, work.offer.model
    assert isinstance(spec, RelightSpec), "the offer is for this operation alone"
    made = await means.workbench.run_model(relit, dict(work.images), spec, models.path_of(name, means.models_dir))
    return replace(made, facts={**made.facts, "model": name, "weights_sha256": models.WEIGHTS[name].sha256})


def relit(images: Mapping[str, bytes], spec: RelightSpec, weights: Path) -> Produced:
    """Return the picture in its new light; runs in the child process that keeps the model loaded."""
    from backend.providers.local.relight import relighting  # noqa: PLC0415 - the server never loads the model's runtime

    return relighting.relight(images, spec, weights)


ROOM = Room(offers=(RELIGHT,), make=_make)
