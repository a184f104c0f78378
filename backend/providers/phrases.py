"""What a vendor's field may get of a request: each a phrase with one meaning, the same for every vendor."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from backend.errors import ProviderRefused
from backend.imaging.sniff import measure
from backend.imaging.types import Size
from backend.providers.sizes import native_size, stepped_size
from backend.providers.wording import CONTROLS, pictures_of, sayable, words_of
from backend.schemas.specs import CreateSpec, UpscaleSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue

    from backend.providers.base import Offer
    from backend.providers.registry import ModelRow
    from backend.schemas.specs import Spec

Phrase = Literal[
    "prompt",
    "instruction",
    "negative_prompt",
    "seed",
    "guidance",
    "steps",
    "width",
    "height",
    "size",
    "size_starred",
    "box",
    "ratio",
    "image",
    "image_base64",
    "images",
    "mask",
    "resolution",
]
_MAKING: Final = frozenset({"create"})
_MASKED: Final = frozenset({"inpaint", "erase"})
_SAID: Final = frozenset({"general_edit", "search_replace", "search_recolor", "relight", *CONTROLS})
_SIZED: Final = _MAKING | _SAID
_READING: Final = _SAID | _MASKED | {"remove_background", "upscale"}
_SEEDED: Final = _SIZED | _MASKED | {"upscale"}
_LEVELS: Final = ((2048, "2k"), (3840, "4k"), (7680, "8k"))
"""The longest side that each level of an enlarger makes at least, in pixels."""

_UNSAID: Final = {"inpaint": "The surroundings, continued naturally"}
"""What is said where words are needed and none were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One part of a request, on its way to a model."""

    row: ModelRow
    offer: Offer
    spec: Spec
    images: Mapping[str, bytes]

    @property
    def size(self) -> Size:
        """Return the size at which the model is to make it: as it was asked for, or that of the picture it changes."""
        width, height = getattr(self.spec, "width", None), getattr(self.spec, "height", None)
        if width and height:
            return native_size(self.offer, Size(width, height))
        return stepped_size(self.offer, measure(self.picture).size)

    @property
    def picture(self) -> bytes:
        """Return the picture that is changed."""
        return self.images["control_image" if "control_image" in self.images else "image"]

    @property
    def seed(self) -> int:
        """Return the seed, folded into what the model takes."""
        seed = self.spec.seeds[0] if isinstance(self.spec, CreateSpec) else int(getattr(self.spec, "seed", 0))
        return seed % (self.row.most_seed + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """The operations that have it, and what it says of an order; None: the field is left out."""

    operations: frozenset[str]
    of: Callable[[Order], JsonValue]


def said(order: Order) -> dict[str, JsonValue]:
    """Return the fields of a request, and what they get.

    Raises:
        ProviderRefused: the model takes no prompt as long as this.
    """
    fields = {field: PHRASES[phrase].of(order) for field, phrase in order.row.send.items()}
    most = order.row.max_prompt
    longest = max((len(told) for name in ("prompt", "instruction") if (told := _words(order, fields, name))), default=0)
    if most is not None and longest > most:
        detail = f"{order.offer.label} takes at most {most} characters of words, and here are {longest}."
        raise ProviderRefused(detail=detail, provider=order.offer.provider, model=order.offer.model)
    return {**{field: value for field, value in fields.items() if value is not None}, **order.row.always}


def _words(order: Order, fields: Mapping[str, JsonValue], phrase: Phrase) -> str:
    return next((str(fields[field]) for field, own in order.row.send.items() if own == phrase), "")


def address(data: bytes) -> str:
    """Return a picture as an address that holds it.

    Source: https://www.rfc-editor.org/rfc/rfc2397 (read 2026-11-23)
    """
    return f"data:{measure(data).mime};base64,{base64.b64encode(data).decode()}"


def _ratio(order: Order) -> str | None:
    own = (order.size.width, order.size.height)
    return next((name for name, sides in order.row.ratios.items() if sides == own), None)


def _pictures(order: Order) -> JsonValue:
    """Return every picture that the words speak of, the changed one first."""
    return [address(data) for data in pictures_of(sayable(order.spec), order.images)]


def _level(order: Order) -> str:
    """Return the least level that is as large as the target: more is made smaller, less would have to be blown up."""
    assert isinstance(order.spec, UpscaleSpec), "phrases are checked against the operation when the models are read"
    longest = max(order.spec.width, order.spec.height)
    return next((name for side, name in _LEVELS if side >= longest), _LEVELS[-1][1])


def _number(order: Order, name: str, limits: tuple[float, float] | None) -> float | None:
    """Return a number that was asked for, taken into the model's range; None if none was."""
    asked = getattr(order.spec, name, None)
    least, most = limits or (-math.inf, math.inf)
    return None if asked is None else min(most, max(least, asked))


def _steps(order: Order) -> int | None:
    found = _number(order, "steps", order.row.steps)
    return None if found is None else int(found)


PHRASES: Final[Mapping[Phrase, _Phrase]] = {
    "prompt": _Phrase(
        operations=_MAKING | {"inpaint", "upscale"},
        of=lambda order: getattr(order.spec, "prompt", None) or _UNSAID.get(order.spec.operation),
    ),
    "instruction": _Phrase(operations=_SAID, of=lambda order: words_of(sayable(order.spec))),
    "negative_prompt": _Phrase(
        operations=_MAKING | {"inpaint"}, of=lambda order: getattr(order.spec, "negative_prompt", None)
    ),
    "seed": _Phrase(operations=_SEEDED, of=lambda order: order.seed),
    "guidance": _Phrase(
        operations=_MAKING | {"general_edit", "inpaint"},
        of=lambda order: _number(order, "guidance_scale", order.row.guidance),
    ),
    "steps": _Phrase(operations=_MAKING | {"general_edit", "inpaint"}, of=_steps),
    "width": _Phrase(operations=_SIZED, of=lambda order: order.size.width),
    "height": _Phrase(operations=_SIZED, of=lambda order: order.size.height),
    "size": _Phrase(operations=_SIZED, of=lambda order: f"{order.size.width}x{order.size.height}"),
    "size_starred": _Phrase(operations=_SIZED, of=lambda order: f"{order.size.width}*{order.size.height}"),
    "box": _Phrase(operations=_SIZED, of=lambda order: {"width": order.size.width, "height": order.size.height}),
    "ratio": _Phrase(operations=_MAKING, of=_ratio),
    "image": _Phrase(operations=_READING, of=lambda order: address(order.picture)),
    "image_base64": _Phrase(operations=_READING, of=lambda order: base64.b64encode(order.picture).decode()),
    "images": _Phrase(operations=_READING, of=_pictures),
    "mask": _Phrase(
        operations=_MASKED,
        of=lambda order: address(order.images["mask"]) if "mask" in order.images else None,
    ),
    "resolution": _Phrase(operations=frozenset({"upscale"}), of=_level),
}
"""What each means. `size_starred` is `W*H`, `size` is `WxH`; `box` is an object with both sides."""
