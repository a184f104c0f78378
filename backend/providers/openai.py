"""OpenAI: pictures from words, and changes to pictures, with a mask or without; one call for each.

Source: https://developers.openai.com/api/docs/guides/image-generation (read 2026-11-22)
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backend.imaging.progress import Tell, untold
from backend.imaging.sniff import measure
from backend.imaging.types import Size
from backend.providers.base import Offer
from backend.providers.http import Line, Reach
from backend.providers.openai_wire import EDITS, GENERATIONS, fetched, outcome_of, parts_of
from backend.providers.sizes import native_size, same_shape
from backend.providers.wording import CONTROLS, pictures_of, sayable, words_of
from backend.providers.wording import EDITS as CHANGES
from backend.schemas.specs import CreateSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

    from backend.providers.base import Finished, Pending
    from backend.providers.wording import Sayable
    from backend.schemas.specs import Quality, Spec

BASE_URL: Final = "https://api.openai.com/v1"
SOURCE: Final = "https://developers.openai.com/api/docs/guides/image-generation (read 2026-11-22)"
_MODELS: Final[Mapping[str, tuple[str, tuple[Quality, ...]]]] = {
    "gpt-image-2": ("GPT Image 2", ("standard", "premium", "draft")),
    "gpt-image-2.5-flare": ("GPT Image 2.5 Flare", ("draft", "standard", "premium")),
    "gpt-image-2.5-sunburst": ("GPT Image 2.5 Sunburst", ("premium",)),
    "gpt-image-2.6-flare": ("GPT Image 2.6 Flare", ("draft", "standard", "premium")),
    "gpt-image-2.6-sunburst": ("GPT Image 2.6 Sunburst", ("premium",)),
}
"""Names and what each is for. What a picture of the 2.6 models costs is not known: the price book has no row for them,
so they are told of and not offered."""
_CHANGES_WITH: Final = "gpt-image-2"
"""What the pictures cost that a change is made from is known of this one alone."""
_SIZES: Final = (
    *((1024, 1024), (1152, 896), (896, 1152), (1216, 832), (832, 1216)),
    *((1344, 768), (768, 1344), (1536, 640), (640, 1536), (1728, 576), (576, 1728)),
)
"""Sides in multiples of 16, at most 3:1, and no more pixels than the prices that are known are for."""
_STEP, _LEAST_SIDE, _MOST_SIDE, _MOST_PIXELS, _FLATTEST = 16, 496, 1760, 1024 * 1024, 3.0
_MOST_BYTES: Final = 50_000_000
_EFFORT: Final[Mapping[Quality, str]] = {"draft": "low", "standard": "medium", "premium": "high"}
_READ: Final[Mapping[str, int]] = {"sketch": 1, "structure": 1, "style": 1, "relight": 3}
"""How many pictures a change is made from at most, a mask being one, where that is not two: each is billed."""
_MAKE: Final = tuple(
    Offer(
        provider="openai",
        model=model,
        operation="create",
        label=label,
        price_key=f"openai.{model}",
        source=SOURCE,
        qualities=qualities,
        sizes=_SIZES,
        words="free",
        negative_prompt=True,
        generative=True,
        formats=("png",),
        seconds=25.0,
    )
    for model, (label, qualities) in _MODELS.items()
)
_CHANGE: Final = tuple(
    replace(
        offer,
        operation=operation,
        price_key=f"{offer.price_key}.edit-{_READ.get(operation, 2)}",
        sizes=(),
        step=_STEP,
        min_side=_LEAST_SIDE,
        max_side=_MOST_SIDE,
        max_pixels=_MOST_PIXELS,
        max_input_ratio=_FLATTEST,
        max_input_bytes=_MOST_BYTES,
        formats=("png", "jpg", "webp"),
        seconds=35.0,
    )
    for offer in _MAKE
    if offer.model == _CHANGES_WITH
    for operation in (*CHANGES, *CONTROLS)
)


class OpenAI:
    """The engine; without a key it says so, and everything else is as with one."""

    name = "openai"
    label = "OpenAI"
    offers = _MAKE + _CHANGE

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
        images: Mapping[str, bytes],
        tell: Tell = untold,  # noqa: ARG002 - it says nothing on the way
    ) -> Finished | Pending:
        """Return the picture: of one that is changed at its own shape, of others at the offer's that is nearest.

        Raises:
            ContentRefused: its policy forbids what the words ask for; nothing was charged.
            ProviderFailed: as `Line.begin` and `Line.trouble` say.
        """
        asked = sayable(spec)
        pictures = pictures_of(asked, images)
        size = _size_of(offer, asked, pictures)
        fields: dict[str, str | int] = {
            "model": offer.model,
            "prompt": words_of(asked),
            "n": 1,
            "size": f"{size.width}x{size.height}",
            "quality": _EFFORT[asked.quality if isinstance(asked, CreateSpec) else "standard"],
            "output_format": "png",
        }
        if pictures:
            parts = await parts_of(fields, pictures, images.get("mask"))
            answer = await self._line.begin(EDITS, parts=parts)
        else:
            answer = await self._line.begin(GENERATIONS, body=fields)
        return outcome_of(answer, self._line, offer)

    async def resume(self, ticket: str) -> Finished | Pending:
        """Return the picture that lies at an address; today's models send it at once instead."""
        return await fetched(ticket, self._line)

    async def cancel(self, ticket: str) -> None:
        """Do nothing: nothing is ever pending, whatever the ticket."""

    async def aclose(self) -> None:
        """Hang up."""
        await self._line.aclose()


def _size_of(offer: Offer, spec: Sayable, pictures: list[bytes]) -> Size:
    """Return the size that is asked for: nearest in shape to the wanted one, or to the picture that is changed."""
    if isinstance(spec, CreateSpec):
        return native_size(offer, Size(spec.width, spec.height))
    width, height = getattr(spec, "width", None), getattr(spec, "height", None)
    return same_shape(offer, Size(width, height) if width and height else measure(pictures[0]).size)
