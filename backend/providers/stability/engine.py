"""The engine: one request for each picture, or a ticket to ask for."""

from __future__ import annotations

from copy import copy
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from backend.errors import ProviderFailed
from backend.imaging.progress import Tell, untold
from backend.providers.base import Account, Pending
from backend.providers.http import Line, Reach
from backend.providers.stability import answers
from backend.providers.stability.offers import OFFERS
from backend.providers.stability.requests import form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

    from backend.errors import StudioError
    from backend.providers.base import Finished, Offer
    from backend.schemas.specs import Spec

BASE_URL: Final = "https://api.stability.ai"


class Stability:
    """The engine; without a key it says so, and everything else is as with one."""

    name = "stability"
    label = "Stability AI"
    offers = OFFERS

    def __init__(self, *, key: SecretStr | None = None, base_url: str | None = None) -> None:
        base = (base_url or BASE_URL).rstrip("/")
        self._line = Line(Reach(provider=self.name, label=self.label, base_url=base, key=key))

    def missing(self, offer: Offer) -> str | None:  # noqa: ARG002 - one key for all of them
        """Return that there is no key, and how one is given; None if there is one."""
        if self._line.reach.key is None:
            return "No key of Stability AI's is configured. Set `IMAGE_STUDIO_PROVIDERS__STABILITY__API_KEY`."
        return None

    async def start(
        self,
        offer: Offer,
        spec: Spec,
        images: Mapping[str, bytes],
        tell: Tell = untold,  # noqa: ARG002 - it says nothing on the way
    ) -> Finished | Pending:
        """Return the picture, or a ticket for what takes longer; in a size of the vendor's own.

        Raises:
            ContentRefused: its policy forbids what was asked for or what came of it; blurred pictures are none.
            ProviderFailed: as `Line.begin` and `Line.trouble` say.
        """
        form = form_of(offer, spec, images)
        accept = {} if form.is_later else {"accept": "image/*"}
        answer = await self._line.begin(form.path, parts=form.parts, headers=accept)
        if not answer.ok:
            raise self._of(offer, answers.refusal(self._line, answer))
        if form.is_later:
            return answers.ticket(self._line, answer)
        return answers.finished(self._line, answer, form.facts)

    async def resume(self, ticket: str) -> Finished | Pending:
        """Ask for a ticket's picture, which is kept for 24 hours.

        Raises:
            ContentRefused: as `start`.
            ProviderFailed: as `Line.ask` and `Line.trouble` say; ProviderRefused where the ticket is no longer known.
        """
        answer = await self._line.ask(f"/v2beta/results/{ticket}", {"accept": "*/*"})
        if answer.status == HTTPStatus.ACCEPTED:
            return Pending(ticket=ticket, after_s=answers.EVERY_S, request_id=answers.request_of(answer))
        if not answer.ok:
            raise answers.refusal(self._line, answer)
        return answers.finished(self._line, answer, {})

    def keyed(self, key: SecretStr) -> Stability:
        """Return the same engine with another key."""
        other = copy(self)
        other._line = self._line.keyed(key)  # noqa: SLF001 - its own copy
        return other

    async def account(self) -> Account:
        """Return how many credits the key's account has left, 0.01 USD each; asking costs nothing.

        Raises:
            KeyRefused: the vendor does not accept the key.
            ProviderFailed: as `Line.ask` and `Line.trouble` say.
        """
        answer = await self._line.ask("/v1/user/balance")
        if not answer.ok:
            raise answers.refusal(self._line, answer)
        match answer.json():
            case {"credits": int() | float() as left}:
                return Account(detail=f"The account has {left:g} credits left.", credits=float(left))
            case _:
                raise self._line.misbehaved("its answer holds no balance")

    async def cancel(self, ticket: str) -> None:
        """Do nothing: the vendor has no call for that, and bills what it took in."""

    async def aclose(self) -> None:
        """Hang up."""
        await self._line.aclose()

    def _of(self, offer: Offer, error: StudioError) -> StudioError:
        """Return the error with the name of the model that it is about."""
        if isinstance(error, ProviderFailed):
            error.model = offer.model
        return error
