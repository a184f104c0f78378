"""The local engine as a provider: rooms whose offers are done at once, in the studio's own child processes."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from backend.errors import ProviderMisbehaved, ProviderUnavailable
from backend.imaging.progress import Tell, untold
from backend.providers.base import Finished
from backend.providers.local import (
    adjust,
    cutting,
    drawing,
    fill,
    models,
    recode,
    recolour,
    relight,
    select,
    social,
    style,
    upscale,
)
from backend.providers.local.rooms import Means, Work

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping
    from pathlib import Path

    from backend.imaging.workbench import Workbench
    from backend.providers.base import Handed, Offer, Pending
    from backend.providers.local.rooms import Room
    from backend.schemas.specs import Spec

ROOMS = (
    drawing.ROOM,
    cutting.ROOM,
    select.ROOM,
    recolour.ROOM,
    style.ROOM,
    adjust.ROOM,
    relight.ROOM,
    upscale.ROOM,
    recode.ROOM,
    fill.ROOM,
    social.ROOM,
)
"""All that this engine can do. Where two rooms offer the same operation, the order of their offers says nothing."""
_WHERE = {(offer.model, offer.operation): room for room in ROOMS for offer in room.offers}


class LocalProvider:
    """Pictures made and changed on this machine; `models_dir` is the folder of the weights."""

    name = "local"
    label = "Local engine"
    offers = tuple(offer for room in ROOMS for offer in room.offers)

    def __init__(self, *, workbench: Workbench, models_dir: Path) -> None:
        self._means = Means(workbench=workbench, models_dir=models_dir)

    def missing(self, offer: Offer) -> str | None:
        """Return that the offer's weights are not installed and what installs them; None if it can work."""
        own = (offer.model,) if offer.model in models.WEIGHTS else ()
        for name in _WHERE[offer.model, offer.operation].needs.get(offer.model, own):
            if not models.is_installed(name, self._means.models_dir):
                return f"Weights of {models.WEIGHTS[name].label} are not installed. Run `{models.how_to_pull(name)}`."
        return None

    async def start(
        self, offer: Offer, spec: Spec, images: Mapping[str, bytes], tell: Tell = untold
    ) -> Finished | Pending:
        """Return the finished picture.

        Raises:
            ProviderUnavailable: the offer's weights are not installed.
            RequestRefused: the pictures or the words don't allow it.
            MachineTrouble: the weights are damaged, or the work took more than it may.
        """
        room = self._room(offer)
        work = Work(offer=offer, spec=spec, images=images, tell=tell)
        return Finished(images=(await room.make(self._means, work),))

    async def series(
        self, offer: Offer, spec: Spec, images: Mapping[str, bytes], ordinals: tuple[int, ...]
    ) -> AsyncGenerator[Handed]:
        """Yield the parts of a spec as they are ready; raises as `start` does."""
        make = self._room(offer).series
        assert make is not None, "only rooms that make series have offers that say so"
        async with aclosing(make(self._means, Work(offer=offer, spec=spec, images=images), ordinals)) as handed:
            async for one in handed:
                yield one

    def _room(self, offer: Offer) -> Room:
        if reason := self.missing(offer):
            raise ProviderUnavailable(provider=self.name, model=offer.model, detail=reason)
        return _WHERE[offer.model, offer.operation]

    async def resume(self, ticket: str) -> Finished | Pending:
        """Refuse: this engine finishes within `start` and gives no tickets."""
        raise ProviderMisbehaved(
            provider=self.name, detail=f"The local engine gives no tickets, so it knows nothing of {ticket!r}."
        )

    async def cancel(self, ticket: str) -> None:
        """Do nothing: nothing is ever pending here, whatever the ticket."""

    async def aclose(self) -> None:
        """Do nothing: the child processes are the studio's."""
