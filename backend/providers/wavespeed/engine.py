"""The engine: hands work in and asks what became of it.

Source: https://wavespeed.ai/docs (read 2026-11-22), and the `wavespeed` package 2.0.5
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, ClassVar, Final

from backend.imaging.progress import Tell, untold
from backend.providers.base import Account
from backend.providers.http import Line, Reach
from backend.providers.limits import only_words
from backend.providers.phrases import Order, said
from backend.providers.registry import models_of
from backend.providers.tickets import read
from backend.providers.wavespeed import answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import SecretStr

    from backend.providers.base import Finished, Offer, Pending
    from backend.schemas.specs import Spec

BASE_URL: Final = "https://api.wavespeed.ai"
HOSTS: Final = (
    ".wavespeed.ai",
    "d1q70pf5vjeyhc.cloudfront.net",
    "d2p7pge43lyniu.cloudfront.net",
    "d2h7xmz5gqybh9.cloudfront.net",
)
"""Where its pictures lie, as its own examples and several users report; the vendor promises none of them. Only
enlargements are fetched: all else comes within the answer."""
_MOST_BYTES: Final = 160 * 1024 * 1024
"""A picture of 8K as PNG, with room to spare."""


class WaveSpeed:
    """The engine. Its models are data: `data/wavespeed_models.yaml`, and what an operator's own file adds."""

    name = "wavespeed"
    label = "WaveSpeed"
    ROUTES: ClassVar[tuple[str, ...]] = ()
    """It runs its models itself."""

    def __init__(
        self,
        *,
        key: SecretStr | None = None,
        base_url: str | None = None,
        hosts: tuple[str, ...] = (),
        models: Path | None = None,
    ) -> None:
        rows = models_of(self.name, models, self.ROUTES)
        self._rows = {(row.model, row.operation): row for row in rows}
        self.offers = tuple(row.offer(self.name, only_words) for row in rows)
        base = (base_url or BASE_URL).rstrip("/")
        reach = Reach(
            provider=self.name,
            label=self.label,
            base_url=base,
            key=key,
            hosts=(*HOSTS, *hosts),
            most_bytes=_MOST_BYTES,
        )
        self._line = Line(reach)

    def missing(self, offer: Offer) -> str | None:  # noqa: ARG002 - one key for all of them
        """Return that there is no key, and how one is given; None if there is one."""
        if self._line.reach.key is None:
            return "No key of WaveSpeed's is configured. Set `IMAGE_STUDIO_PROVIDERS__WAVESPEED__API_KEY`."
        return None

    async def start(
        self,
        offer: Offer,
        spec: Spec,
        images: Mapping[str, bytes],
        tell: Tell = untold,  # noqa: ARG002 - it says nothing on the way
    ) -> Finished | Pending:
        """Hand one part in; the pictures that it reads travel within the request, so that none stay at the vendor's.

        Raises:
            ContentRefused: its policy forbids what is asked for; nothing was charged.
            ProviderFailed: as `Line.begin`, `Line.trouble` and `said` say.
        """
        order = Order(row=self._rows[offer.model, spec.operation], offer=offer, spec=spec, images=images)  # pyright: ignore[reportArgumentType] - offers are made of rows, whose operations these are
        answer = await self._line.begin(f"/api/v3/{offer.model}", body=said(order))
        seed = order.seed if offer.seed else None
        return answers.begun(self._line, answers.task(self._line, answer), seed)

    async def resume(self, ticket: str) -> Finished | Pending:
        """Ask what became of a ticket, and fetch its picture where that lies elsewhere.

        Raises:
            ContentRefused: the picture was held back, or the vendor's check found it indecent.
            ProviderRefused: the vendor no longer knows the ticket.
            ProviderFailed: the work failed, or as `Line.ask` and `Line.fetch` say.
        """
        mine = read(ticket, self.name)
        answer = await self._line.ask(answers.path_of(mine, self.name))
        return await answers.finished(self._line, answers.task(self._line, answer), mine)

    async def cancel(self, ticket: str) -> None:
        """Do nothing: the vendor has no call for that, whatever the ticket."""

    def keyed(self, key: SecretStr) -> WaveSpeed:
        """Return the same engine with another key."""
        other = copy(self)
        other._line = self._line.keyed(key)  # noqa: SLF001 - its own copy
        return other

    async def account(self) -> Account:
        """Return what is left of the account: in USD, and without any cost.

        Raises:
            KeyRefused: the vendor does not accept the key.
            ProviderFailed: as `Line.ask` and `Line.trouble` say.
        """
        answer = await self._line.ask("/api/v3/balance")
        match answer.json():
            case {"data": {"balance": int() | float() as left}} if answer.ok:
                return Account(detail=f"The account has {left:.2f} USD left.", credits=float(left))
            case {"message": str(said)}:
                raise self._line.trouble(answer, said)
            case _:
                raise self._line.trouble(answer, "it does not say what is left")

    async def aclose(self) -> None:
        """Hang up."""
        await self._line.aclose()
