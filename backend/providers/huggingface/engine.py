"""The engine: one router in front of everybody who runs models.

Source: https://huggingface.co/docs/inference-providers (read 2026-11-22), and the `huggingface_hub` package 2.4.0
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, ClassVar, Final

from backend.errors import ProviderRefused
from backend.imaging.progress import Tell, untold
from backend.providers.base import Account
from backend.providers.http import Line, Reach
from backend.providers.huggingface.answers import refusal, trouble
from backend.providers.huggingface.mapping import Names
from backend.providers.huggingface.routes import ROUTES, Sent, way_of
from backend.providers.limits import only_words
from backend.providers.phrases import Order, said
from backend.providers.registry import models_of
from backend.providers.tickets import read
from backend.providers.wavespeed.engine import HOSTS as WAVESPEED_HOSTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import SecretStr

    from backend.providers.base import Finished, Offer, Pending
    from backend.schemas.specs import Spec

BASE_URL: Final = "https://router.huggingface.co"
HUB_URL: Final = "https://huggingface.co"
HOSTS: Final = ("fal.media", ".fal.media", "replicate.delivery", ".replicate.delivery", *WAVESPEED_HOSTS)
"""Where those who run models put their pictures, as their documents' examples show."""


class HuggingFace:
    """The engine. Its models are data: `data/huggingface_models.yaml`, and what an operator's own file adds."""

    name = "huggingface"
    label = "Hugging Face"
    ROUTES: ClassVar[tuple[str, ...]] = tuple(ROUTES)
    """Who runs models for it."""

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
        self._line = Line(Reach(provider=self.name, label=self.label, base_url=base, key=key, hosts=(*HOSTS, *hosts)))
        self._hub = Line(
            Reach(
                provider=self.name,
                label=self.label,
                base_url=base if base_url else HUB_URL,
                key=key,
                connect_s=3.0,
                answer_s=5.0,
                most_bytes=1024 * 1024,
            )
        )
        self._names = Names(self._hub)

    def missing(self, offer: Offer) -> str | None:  # noqa: ARG002 - one key for all of them
        """Return that there is no key, and how one is given; None if there is one."""
        if self._line.reach.key is None:
            return "No key of Hugging Face's is configured. Set `IMAGE_STUDIO_PROVIDERS__HUGGINGFACE__API_KEY`."
        return None

    async def start(
        self,
        offer: Offer,
        spec: Spec,
        images: Mapping[str, bytes],
        tell: Tell = untold,  # noqa: ARG002 - it says nothing on the way
    ) -> Finished | Pending:
        """Hand one part to whoever runs the offer's model, under the name that it has there today.

        Raises:
            ContentRefused: whoever runs it forbids the content.
            ProviderFailed: as `Names.of`, `Line.begin`, `Line.trouble` and `said` say.
        """
        row = self._rows[offer.model, spec.operation]  # pyright: ignore[reportArgumentType] - offers are made of rows, whose operations these are
        order = Order(row=row, offer=offer, spec=spec, images=images)
        fields, route = said(order), ROUTES[str(row.route)]
        sent = Sent(name=await self._names.of(row), fields=fields, changes=bool(images))
        answer = await self._line.begin(route.path(sent), body=route.body(sent), headers=route.headers)
        if not answer.ok:
            raise refusal(self._line, answer, offer)
        return await route.begun(self._line, answer, order.seed if offer.seed else None)

    async def resume(self, ticket: str) -> Finished | Pending:
        """Ask what became of a ticket, and fetch its picture.

        Raises:
            ContentRefused: the picture was held back.
            ProviderRefused: whoever had the ticket no longer knows it.
            ProviderFailed: the work failed, or as `Line.ask` and `Line.fetch` say.
        """
        mine = read(ticket, self.name)
        way = way_of(mine.way)
        if way is None:
            raise ProviderRefused(detail="This ticket is none of Hugging Face's.", provider=self.name)
        return await way(self._line, mine)

    async def cancel(self, ticket: str) -> None:
        """Do nothing: the router has no call for that, whatever the ticket."""

    def keyed(self, key: SecretStr) -> HuggingFace:
        """Return the same engine with another key."""
        other = copy(self)
        other._line, other._hub = self._line.keyed(key), self._hub.keyed(key)  # noqa: SLF001 - its own copy
        return other

    async def account(self) -> Account:
        """Return whose key it is: the Hub does not say what is left, and asking costs nothing.

        Raises:
            KeyRefused: the vendor does not accept the key.
            ProviderFailed: as `Line.ask` and `Line.trouble` say.
        """
        answer = await self._hub.ask("/api/whoami-v2")
        match answer.json():
            case {"name": str(name), **more} if answer.ok:
                plan = "may be billed" if more.get("canPay") else "pays nothing beyond what is included"
                return Account(detail=f"The key is {name}'s, whose account {plan}.")
            case _:
                raise trouble(self._hub, answer)

    async def aclose(self) -> None:
        """Hang up."""
        await self._line.aclose()
        await self._hub.aclose()
