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
from backend.schemas.specs import CreateSpec, InpaintSpec, SearchReplaceSpec, StyleTransferSpec, UpscaleSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue

    from backend.providers.base import Offer
    from backend.providers.registry import ModelRow
    from backend.schemas.specs import Spec

Phrase = Literal[
    "prompt",
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
_WORDED: Final = frozenset({"general_edit", "search_replace"})
_CHANGING: Final = _MASKED | _WORDED | {"remove_background", "style_transfer"}
_SIZED: Final = _MAKING | _WORDED | {"style_transfer"}
_READING: Final = _CHANGING | {"upscale"}
_LEVELS: Final = ((2048, "2k"), (3840, "4k"), (7680, "8k"))
"""The longest side that each level of an enlarger makes at least, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One part of a request, on its way to a model."""

    row: ModelRow
    offer: Offer
    spec: Spec
    images: Mapping[str, bytes]

    @property
    def size(self) -> Size:
        """Return the size at which the model is to make it: that of the picture it changes, or what it can of it."""
        if isinstance(self.spec, CreateSpec):
            return native_size(self.offer, Size(self.spec.width, self.spec.height))
        return stepped_size(self.offer, measure(self.picture).size)

    @property
    def picture(self) -> bytes:
        """Return the picture that is changed."""
        return self.images[_FIRST.get(self.spec.operation, "image")]

    @property
    def seed(self) -> int:
        """Return the seed, folded into what the model takes."""
        seeds = self.spec.seeds if isinstance(self.spec, CreateSpec) else (int(getattr(self.spec, "seed", 0)),)
        return seeds[0] % (self.row.most_seed + 1)


_FIRST: Final = {"style_transfer": "control_image"}


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
    prompt = instruction(order.spec)
    most = order.row.max_prompt
    if most is not None and prompt is not None and len(prompt) > most:
        about = {"provider": order.offer.provider, "model": order.offer.model}
        detail = f"{order.offer.label} takes prompts of at most {most} characters, and this one has {len(prompt)}."
        raise ProviderRefused(detail=detail, **about)
    fields = {field: PHRASES[phrase].of(order) for field, phrase in order.row.send.items()}
    return {**{field: value for field, value in fields.items() if value is not None}, **order.row.always}


def instruction(spec: Spec) -> str | None:
    """Return the words for a model: of a change what is to be done, since these models take nothing but words."""
    match spec:
        case SearchReplaceSpec(search_prompt=str(thing)):
            return _styled(f"Replace {thing} with {spec.prompt}. Keep everything else exactly as it is.", spec)
        case StyleTransferSpec():
            wish = f" {spec.prompt}" if spec.prompt else ""
            return f"Redraw the first picture in the style of the second one; keep its composition.{wish}"
        case CreateSpec():
            return spec.prompt
        case InpaintSpec(prompt=None):
            return "Continue the surroundings naturally"
        case _:
            prompt = getattr(spec, "prompt", None)
            return None if prompt is None else _styled(prompt, spec)


def _styled(prompt: str, spec: Spec) -> str:
    style = getattr(spec, "style_preset", None)
    return f"{prompt} Style: {str(style).replace('-', ' ')}." if style else prompt


def address(data: bytes) -> str:
    """Return a picture as an address that holds it.

    Source: https://www.rfc-editor.org/rfc/rfc2397 (read 2026-11-23)
    """
    return f"data:{measure(data).mime};base64,{base64.b64encode(data).decode()}"


def _ratio(order: Order) -> str | None:
    own = (order.size.width, order.size.height)
    return next((name for name, sides in order.row.ratios.items() if sides == own), None)


def _pictures(order: Order) -> JsonValue:
    """Return every picture that is read, the changed one first; a mask is none."""
    others = [data for field, data in order.images.items() if data is not order.picture and field != "mask"]
    return [address(data) for data in (order.picture, *others)]


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
        operations=_SIZED | {"inpaint", "upscale"},
        of=lambda order: instruction(order.spec),
    ),
    "negative_prompt": _Phrase(
        operations=_SIZED | {"inpaint"}, of=lambda order: getattr(order.spec, "negative_prompt", None)
    ),
    "seed": _Phrase(operations=_SIZED | {"inpaint", "erase", "upscale"}, of=lambda order: order.seed),
    "guidance": _Phrase(
        operations=_MAKING | _WORDED | {"inpaint"},
        of=lambda order: _number(order, "guidance_scale", order.row.guidance),
    ),
    "steps": _Phrase(operations=_MAKING | _WORDED | {"inpaint"}, of=_steps),
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
