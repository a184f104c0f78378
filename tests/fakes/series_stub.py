"""An engine that makes all parts of a create in one call, free of charge."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from backend.providers.base import Handed, Produced
from tests.fakes.stub_provider import StubProvider, picture

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from backend.errors import StudioError
    from backend.providers.base import Offer
    from backend.schemas.specs import Spec


@dataclass
class SeriesStub(StubProvider):
    """Hands a part over every so many seconds."""

    refused: dict[int, StudioError] = field(default_factory=dict)
    """Parts that can't be made, by ordinal."""
    breaks: dict[int, Exception] = field(default_factory=dict)
    """What is raised, once, instead of handing a part over."""
    left_out: frozenset[int] = frozenset()
    calls: list[tuple[int, ...]] = field(default_factory=list)
    closed: int = 0
    """How many calls were given up by whoever made them."""

    @property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(replace(offer, series=True, local=True) for offer in super().offers)

    async def series(
        self, offer: Offer, spec: Spec, images: Mapping[str, bytes], ordinals: tuple[int, ...]
    ) -> AsyncGenerator[Handed]:
        self.calls.append(ordinals)
        try:
            for ordinal in ordinals:
                await asyncio.sleep(self.seconds)
                if ordinal in self.breaks:
                    raise self.breaks.pop(ordinal)
                if ordinal not in self.left_out:
                    yield Handed(ordinal=ordinal, outcome=self.refused.get(ordinal) or self._part(spec, ordinal))
        except (GeneratorExit, asyncio.CancelledError):
            self.closed += 1
            raise

    @staticmethod
    def _part(spec: Spec, ordinal: int) -> Produced:
        return Produced(data=picture(spec.width, spec.height, 20 * ordinal), seed=spec.seeds[ordinal])
