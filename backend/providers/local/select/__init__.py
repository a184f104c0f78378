"""The room that selects: a mask of what is meant, as large as the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, RequestRefused
from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.rooms import Room
from backend.schemas.specs import SelectSpec

if TYPE_CHECKING:
    from pathlib import Path

    from backend.providers.local.rooms import Means, Work

_SOURCE = "docs/explanation/local-engine.md (read 2026-11-22)"

SUBJECT = Offer(
    provider="local",
    model="u2netp",
    operation="select",
    label="Subject finder",
    price_key="local.select",
    source=_SOURCE,
    variants=("subject", "background"),
    local=True,
    formats=("png", "webp"),
    seconds=1.0,
)
POINTED = Offer(
    provider="local",
    model="grabcut",
    operation="select",
    label="Clicks and boxes",
    price_key="local.select",
    source=_SOURCE,
    variants=("points", "box"),
    local=True,
    formats=("png", "webp"),
    seconds=0.7,
)


async def _make(means: Means, work: Work) -> Produced:
    spec = work.spec
    assert isinstance(spec, SelectSpec), "the offers are for this operation alone"
    if "image" not in work.images:
        raise RequestRefused(detail="Selecting needs the picture, as `image`.")
    _must_be_told(spec)
    data = work.images["image"]
    if spec.what in ("subject", "background"):
        weights = models.path_of(SUBJECT.model, means.models_dir)
        mask, share = await means.workbench.run_model(salient, data, weights, spec)
    else:
        mask, share = await means.workbench.run(pointed_at, data, spec)
    return Produced(data=mask, facts={"model": work.offer.model, "what": spec.what, "share": share})


def _must_be_told(spec: SelectSpec) -> None:
    if spec.what == "points" and not any(point.keep for point in spec.points):
        detail = "Selecting by points needs at least one point to keep: {x, y} in fractions of the picture's sides."
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer="/options/points", detail=detail),))
    if spec.what == "box" and spec.box is None:
        detail = "Selecting in a box needs the box: left, top, right and bottom in fractions of the picture's sides."
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer="/options/box", detail=detail),))


def salient(data: bytes, weights: Path, spec: SelectSpec) -> tuple[bytes, float]:
    """Return the mask of subject or background and its share; runs in the child that keeps the model loaded."""
    from backend.providers.local.select import work  # noqa: PLC0415 - the server never loads the model's runtime

    return work.salient(data, weights, spec)


def pointed_at(data: bytes, spec: SelectSpec) -> tuple[bytes, float]:
    """Return the mask of what clicks or a box point at and its share; runs in a child process."""
    from backend.providers.local.select import work  # noqa: PLC0415 - the server never loads the arithmetic

    return work.pointed_at(data, spec)


ROOM = Room(offers=(SUBJECT, POINTED), make=_make)
