"""OpenAI: pictures from words, one call for each.

Source: https://developers.openai.com/api/docs/guides/image-generation (read 2026-11-22)
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final, cast

from backend.errors import ContentRefused, ProviderMisbehaved
from backend.imaging.progress import Tell, untold
from backend.imaging.types import Size
from backend.providers.base import Finished, Offer, Produced
from backend.providers.http import Line, Reach
from backend.providers.sizes import native_size
from backend.schemas.specs import CreateSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

    from backend.errors import StudioError
    from backend.providers.base import Pending
    from backend.providers.http import Answer
    from backend.schemas.base import Facts
    from backend.schemas.specs import Quality, Spec

BASE_URL: Final = "https://api.openai.com/v1"
SOURCE: Final = "https://developers.openai.com/api/docs/guides/image-generation (read 2026-11-22)"
_MODELS: Final = {"gpt-image-2": "GPT Image 2", "gpt-image-2.5-flare": "GPT Image 2.5 Flare"}
_SIZES: Final = (
    *((1024, 1024), (1152, 896), (896, 1152), (1216, 832), (832, 1216)),
    *((1344, 768), (768, 1344), (1536, 640), (640, 1536), (1728, 576), (576, 1728)),
)
"""Sides in multiples of 16, at most 3:1, and no more pixels than the prices that are known are for."""
_EFFORT: Final[Mapping[Quality, str]] = {"draft": "low", "standard": "medium", "premium": "high"}
_FORBIDDEN: Final = frozenset({"moderation_blocked", "content_policy_violation"})
_OFFERS: Final = tuple(
    Offer(
        provider="openai",
        model=model,
        operation="create",
        label=label,
        price_key=f"openai.{model}",
        source=SOURCE,
        sizes=_SIZES,
        words="free",
        generative=True,
        formats=("png",),
        seconds=25.0,
    )
    for model, label in _MODELS.items()
)


class OpenAI:
    """The engine; without a key it says so, and everything else is as with one."""

    name = "openai"
    label = "OpenAI"
    offers = _OFFERS

    def __init__(self, *, key: SecretStr | None = None, base_url: str | None = None) -> None:
        base = (base_url or BASE_URL).rstrip("/")
        self._line = Line(Reach(provider=self.name, label=self.label, base_url=base, key=key))

    def missing(self, offer: Offer) -> str | None:  # noqa: ARG002 - one key for all of them
        """Return that there is no key, and how one is given; None if there is one."""
        if self._line.reach.key is None:
            return "No key of OpenAI's is configured. Set `IMAGE_STUDIO_PROVIDERS__OPENAI__API_KEY`."
        return None

    async def start(
        self,
        offer: Offer,
        spec: Spec,
        images: Mapping[str, bytes],  # noqa: ARG002 - creating reads none
        tell: Tell = untold,  # noqa: ARG002 - it says nothing on the way
    ) -> Finished | Pending:
        """Return the picture: at the offer's size that is nearest in shape.

        Raises:
            ContentRefused: its policy forbids what the words ask for; nothing was charged.
            ProviderFailed: as `Line.begin` and `Line.trouble` say.
        """
        assert isinstance(spec, CreateSpec), "the offers are for this operation alone"
        size = native_size(offer, Size(spec.width, spec.height))
        body = {
            "model": offer.model,
            "prompt": spec.prompt,
            "n": 1,
            "size": f"{size.width}x{size.height}",
            "quality": _EFFORT[spec.quality],
            "output_format": "png",
        }
        answer = await self._line.begin("/images/generations", body=body)
        if not answer.ok:
            raise self._refusal(answer, offer)
        return Finished(images=(self._produced(answer),), request_id=answer.headers.get("x-request-id", ""))

    def _produced(self, answer: Answer) -> Produced:
        match answer.json():
            case {"data": [{"b64_json": str(encoded)}, *_], **more}:
                try:
                    data = base64.b64decode(encoded, validate=True)
                except binascii.Error as error:
                    raise self._line.misbehaved("its picture is no base64") from error
                return Produced(data=data, facts=_usage(more.get("usage")))
            case _:
                raise self._line.misbehaved("its answer holds no picture")

    def _refusal(self, answer: Answer, offer: Offer) -> StudioError:
        """Return what an error means: `{"error": {"message", "type", "param", "code"}}`."""
        match answer.json():
            case {"error": {"message": str(said), **more}}:
                code = more.get("code")
            case _:
                said, code = "it gave no reason", None
        if code in _FORBIDDEN:
            return ContentRefused(detail=f"OpenAI's policy forbids this. {said}")
        error = self._line.trouble(answer, said)
        error.model = offer.model  # pyright: ignore[reportAttributeAccessIssue] - all of `trouble` are ProviderFailed
        return error

    async def resume(self, ticket: str) -> Finished | Pending:
        """Refuse: this engine finishes within `start` and gives no tickets."""
        raise ProviderMisbehaved(
            provider=self.name, detail=f"OpenAI gives no tickets, so it knows nothing of {ticket!r}."
        )

    async def cancel(self, ticket: str) -> None:
        """Do nothing: nothing is ever pending, whatever the ticket."""

    async def aclose(self) -> None:
        """Hang up."""
        await self._line.aclose()


def _usage(told: object) -> Facts:
    """Return the tokens that the call was billed for, by their names."""
    if not isinstance(told, dict):
        return {}
    counted = cast("dict[str, object]", told)
    tokens: Facts = {name: number for name, number in counted.items() if isinstance(number, int)}
    return {"usage": tokens} if tokens else {}
