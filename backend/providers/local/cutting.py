"""The room that cuts out: the subject of a picture on transparency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import RequestRefused
from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.rooms import Room
from backend.schemas.specs import RemoveBackgroundSpec

if TYPE_CHECKING:
    from pathlib import Path

    from backend.providers.local.rooms import Means, Work
    from backend.schemas.specs import OutputFormat

CUT_OUT = Offer(
    provider="local",
    model="u2netp",
    operation="remove_background",
    label="U2Net-p",
    price_key="local.cutout",
    source="docs/explanation/local-engine.md (read 2026-11-22)",
    local=True,
    formats=("png", "webp"),
    seconds=1.5,
)


async def _make(means: Means, work: Work) -> Produced:
    spec, name = work.spec, work.offer.model
    assert isinstance(spec, RemoveBackgroundSpec), "the offer is for this operation alone"
    if "image" not in work.images:
        raise RequestRefused(detail="Taking a background away needs the picture it is in, as `image`.")
    weights = models.path_of(name, means.models_dir)
    data = await means.workbench.run_model(cut_out, work.images["image"], weights, spec.output_format)
    return Produced(data=data, facts={"model": name, "weights_sha256": models.WEIGHTS[name].sha256})


def cut_out(data: bytes, weights: Path, output_format: OutputFormat) -> bytes:
    """Return the picture's subject on transparency, encoded; runs in the child process that keeps the model loaded."""
    from backend.providers.local import cutout  # noqa: PLC0415 - the server never loads the model's runtime

    return cutout.cut_out(data, weights, output_format)


ROOM = Room(offers=(CUT_OUT,), make=_make)
