"""The room that exports: one picture as the files that networks want, decoded once for all of them."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.errors import RequestRefused, StudioError
from backend.imaging.sniff import sniff
from backend.providers.base import Handed, Offer
from backend.providers.local import models
from backend.providers.local.finding import FACES
from backend.providers.local.rooms import Room
from backend.providers.local.social.child import exported
from backend.providers.local.social.orders import Order
from backend.providers.local.social.sources import sources
from backend.providers.local.social.words import with_words, words_in
from backend.schemas.specs import SocialSpec

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from backend.imaging.types import Box
    from backend.providers.base import Produced
    from backend.providers.local.rooms import Means, Work

WORDS_S = 3.0
"""So long files wait to know where words are: the child that looks may be busy with something larger."""
_AT_LEAST_S, _PER_FILE_S = 60.0, 2.0
"""How long files may take: far more than they do, for machines that have more to do."""

EXPORT = Offer(
    provider="local",
    model="export",
    operation="social",
    label="Crops and files",
    price_key="local.export",
    source="docs/explanation/exporting.md (read 2026-11-23)",
    variants=("smart", "center", "fit"),
    local=True,
    series=True,
    formats=("png", "jpg", "webp"),
    seconds=0.05,
)
EXTEND = replace(EXPORT, model="extend", label="Files with more around", variants=("extend",), seconds=3.0)
"""The same of a picture that is continued first, which takes some seconds for each shape."""


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
    image = work.images["image"]
    size, looking = sniff(image).size, asyncio.create_task(words_in(means, spec, image))
    until = time.monotonic() + WORDS_S
    try:
        async with aclosing(_files(means, work, spec, ordinals)) as files:
            async for one in files:
                if isinstance(one.outcome, StudioError):
                    yield one
                    continue
                told = with_words(spec, one.ordinal, one.outcome, (size, await _soon(looking, until)))
                yield Handed(ordinal=one.ordinal, outcome=told)
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def _soon(looking: asyncio.Task[tuple[Box, ...] | None], until: float) -> tuple[Box, ...] | None:
    """Return where words are if that is known in time; None otherwise, as the check will say."""
    await asyncio.wait((looking,), timeout=max(0.0, until - time.monotonic()))
    return looking.result() if looking.done() else None


async def _files(means: Means, work: Work, spec: SocialSpec, ordinals: tuple[int, ...]) -> AsyncGenerator[Handed]:
    """Yield the files, without where words are in them."""
    faces = models.path_of(FACES, means.models_dir) if models.is_installed(FACES, means.models_dir) else None
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
            async with aclosing(exported(means.workbench, source.picture, order, patience)) as handed:
                async for one in handed:
                    yield one


ROOM = Room(offers=(EXPORT, EXTEND), make=_make, series=_series)
