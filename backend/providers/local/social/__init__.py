"""The room that exports: one picture as the files that networks want, decoded once for all of them."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from backend.errors import RequestRefused, StudioError
from backend.providers.base import Handed, Offer
from backend.providers.local import models
from backend.providers.local.rooms import Room
from backend.providers.local.social.orders import Order
from backend.providers.local.social.sources import sources
from backend.schemas.specs import SocialSpec

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from backend.providers.base import Produced
    from backend.providers.local.rooms import Means, Work

_FINDER = "blazeface"
_AT_LEAST_S, _PER_FILE_S = 60.0, 2.0
"""How long files may take: far more than they do, for machines that have more to do."""

EXPORT = Offer(
    provider="local",
    model="export",
    operation="social",
    label="Crops and files",
    price_key="local.export",
    source="docs/explanation/exporting.md (read 2026-11-23)",
    variants=("smart", "center", "fit", "extend"),
    local=True,
    series=True,
    formats=("png", "jpg", "webp"),
    seconds=0.05,
)


async def _make(means: Means, work: Work) -> Produced:
    """Return the first file of a spec."""
    async with aclosing(_series(means, work, (0,))) as files:
        async for handed in files:
            if isinstance(handed.outcome, StudioError):
                raise handed.outcome
            return handed.outcome
    raise RequestRefused(detail="Exporting needs at least one format.")


async def _series(means: Means, work: Work, ordinals: tuple[int, ...]) -> AsyncGenerator[Handed]:
    """Yield the files, each as it is ready; what can't be made is yielded as the reason why."""
    spec = work.spec
    assert isinstance(spec, SocialSpec), "the offer is for this operation alone"
    if "image" not in work.images:
        raise RequestRefused(detail="Exporting needs the picture, as `image`.")
    faces = models.path_of(_FINDER, means.models_dir) if models.is_installed(_FINDER, means.models_dir) else None
    async with aclosing(sources(means, spec, work.images["image"], ordinals)) as found:
        async for source in found:
            if isinstance(source.picture, StudioError):
                for ordinal in source.ordinals:
                    yield Handed(ordinal=ordinal, outcome=source.picture)
                continue
            order = Order(
                spec=spec, ordinals=source.ordinals, whole=source.whole, logo=work.images.get("logo"), faces=faces
            )
            patience = _AT_LEAST_S + _PER_FILE_S * len(source.ordinals)
            files = means.workbench.stream(export, source.picture, order, timeout_s=patience)
            async with aclosing(files) as handed:
                async for one in handed:
                    yield one


def export(source: bytes, order: Order) -> None:
    """Hand over each file of an order as it is ready; runs in a child process."""
    from backend.providers.local.social import exporting  # noqa: PLC0415 - the server never loads the arithmetic

    exporting.export(source, order)


ROOM = Room(offers=(EXPORT,), make=_make, series=_series)
