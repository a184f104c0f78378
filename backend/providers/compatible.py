"""Servers of an operator's own that speak as OpenAI does: only what their settings say they know is sent to them.

Source: https://developers.openai.com/api/docs/api-reference/images (read 2026-11-22); of that everybody leaves out
something, so that no field but model, prompt and size is taken for granted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from backend.imaging.progress import Tell, untold
from backend.imaging.sniff import measure
from backend.imaging.types import Size
from backend.providers.base import Offer
from backend.providers.http import Line, Reach
from backend.providers.openai_wire import EDITS, GENERATIONS, fetched, outcome_of, parts_of
from backend.providers.sizes import kept_size, native_size
from backend.providers.wording import pictures_of, sayable, words_of
from backend.schemas.specs import CreateSpec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import JsonValue

    from backend.providers.base import Finished, Pending
    from backend.providers.wording import Sayable
    from backend.schemas.servers import Said, ServerModel, ServerSettings
    from backend.schemas.specs import Quality, Spec

SOURCE: Final = "docs/how-to/local-model-server.md (read 2026-11-23)"
_EFFORT: Final[Mapping[Quality, str]] = {"draft": "low", "standard": "medium", "premium": "high"}
_FORMATS: Final = ("png", "jpg", "webp")


class OpenAICompatible:
    """One such server, by the name that its settings give it."""

    def __init__(self, name: str, given: ServerSettings) -> None:
        self.name = name
        self.label = given.label or name
        self._models = {model.name: model for model in given.models}
        self.offers = tuple(offer for model in given.models for offer in self._offers(model))
        reach = Reach(
            provider=name,
            label=self.label,
            base_url=given.base_url.rstrip("/"),
            key=given.api_key,
            hosts=given.hosts,
            answer_s=given.answer_s,
        )
        self._line = Line(reach)

    def _offers(self, model: ServerModel) -> Iterator[Offer]:
        said = set(model.send.values())
        for operation in ("create", *model.changes):
            yield Offer(
                provider=self.name,
                model=model.name,
                operation=operation,
                label=model.label or model.name,
                price_key="",
                own_price=model.milli_credits,
                source=SOURCE,
                sizes=tuple(_sides(size) for size in model.sizes),
                words="free",
                seed="seed" in said,
                negative_prompt="negative_prompt" in said,
                guidance="guidance" in said,
                steps="steps" in said,
                generative=True,
                formats=("png",) if operation == "create" else _FORMATS,
                seconds=model.seconds,
            )

    def missing(self, offer: Offer) -> str | None:  # noqa: ARG002 - whoever has an address is asked
        """Return None: whether somebody answers at the address shows when a picture is asked for."""
        return None

    async def start(
        self,
        offer: Offer,
        spec: Spec,
        images: Mapping[str, bytes],
        tell: Tell = untold,  # noqa: ARG002 - it says nothing on the way
    ) -> Finished | Pending:
        """Return the picture, or its address as a ticket.

        Raises:
            ContentRefused: its policy forbids what the words ask for.
            ProviderRefused: it makes no picture of the shape of the one that is to be changed.
            ProviderFailed: as `Line.begin` and `Line.trouble` say.
        """
        asked = sayable(spec)
        pictures = pictures_of(asked, images)
        fields = self._fields(offer, asked, pictures)
        if pictures:
            text = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
            answer = await self._line.begin(EDITS, parts=await parts_of(text, pictures, images.get("mask")))
        else:
            answer = await self._line.begin(GENERATIONS, body=fields)
        return outcome_of(answer, self._line, offer)

    def _fields(self, offer: Offer, spec: Sayable, pictures: list[bytes]) -> dict[str, JsonValue]:
        model = self._models[offer.model]
        if isinstance(spec, CreateSpec):
            size = native_size(offer, Size(spec.width, spec.height))
        else:
            size = kept_size(offer, measure(pictures[0]).size)
        told = {field: _said(said, spec) for field, said in model.send.items()}
        return {
            "model": model.name,
            "prompt": words_of(_without_what_is_sent(spec)),
            "size": f"{size.width}x{size.height}",
            **model.always,
            **{field: value for field, value in told.items() if value is not None},
        }

    async def resume(self, ticket: str) -> Finished | Pending:
        """Return the picture that lies at an address."""
        return await fetched(ticket, self._line)

    async def cancel(self, ticket: str) -> None:
        """Do nothing: what has an address is finished."""

    async def aclose(self) -> None:
        """Hang up."""
        await self._line.aclose()


def _without_what_is_sent(spec: Sayable) -> Sayable:
    """Return a spec whose words leave out what is unwanted: models of this kind paint whatever is named."""
    return spec.model_copy(update={"negative_prompt": None}) if hasattr(spec, "negative_prompt") else spec


def _said(said: Said, spec: Sayable) -> JsonValue:
    match said:
        case "seed":
            return spec.seeds[0] if isinstance(spec, CreateSpec) else int(getattr(spec, "seed", 0))
        case "quality":
            return _EFFORT[spec.quality if isinstance(spec, CreateSpec) else "standard"]
        case "guidance":
            return getattr(spec, "guidance_scale", None)
        case "steps" | "negative_prompt":
            return getattr(spec, said, None)


def _sides(size: str) -> tuple[int, int]:
    width, _, height = size.partition("x")
    return int(width), int(height)
