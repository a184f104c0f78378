"""What the clients' flat forms have in common: absent values, words, ratios, and the price of an answer."""

from __future__ import annotations

import math
import re
from typing import Annotated, ClassVar, Literal, Self, cast

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from backend.schemas.base import AssetId, Frozen

ResponseFormat = Literal["base64", "url"]
"""What comes back besides `asset_id` and `url`: the bytes as base64, or nothing more."""

_RATIO = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)\s*:\s*(\d{1,5}(?:\.\d{1,4})?)")
_WIDEST = 10.0


def ratio_of(text: str) -> float:
    """Return width divided by height of `W:H`, such as `16:9` or `1.91:1`.

    Raises:
        ValueError: it is not of that form, or more extreme than 1:10 or 10:1.
    """
    found = _RATIO.fullmatch(text.strip())
    if found is None:
        raise ValueError("an aspect ratio reads W:H, such as 16:9 or 1.91:1")
    width, height = float(found[1]), float(found[2])
    if min(width, height) <= 0 or not 1 / _WIDEST <= width / height <= _WIDEST:
        raise ValueError("an aspect ratio lies between 1:10 and 10:1")
    return width / height


def _ratio(text: str) -> str:
    ratio_of(text)
    return text.replace(" ", "")


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text can't hold the NUL character")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("say at least one word")
    return text


def _jpg(value: object) -> object:
    return "jpg" if value == "jpeg" else value


JPEG = BeforeValidator(_jpg)
"""Lets a type of file be called `jpeg`, too."""
Words = Annotated[str, Field(max_length=10_000), AfterValidator(_storable)]
"""Free text, at most 10 000 characters."""
Prompt = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(_storable), AfterValidator(_not_blank)]
"""Free text with at least one word, kept exactly as written."""
Name = Annotated[str, Field(max_length=200), AfterValidator(_storable)]
"""A short key or id."""
AspectRatio = Annotated[str, Field(max_length=24), AfterValidator(_ratio)]
"""`W:H`, decimals allowed, from 1:10 to 10:1."""
Base64 = str
"""A picture's bytes in base64, with or without a `data:` prefix."""
GuidanceScale = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Steps = Annotated[int, Field(ge=1, le=1000)]


class FlatForm(Frozen):
    """A request as clients send it: the whole form, where null and blank text mean "not given"."""

    MAY_BE_BLANK: ClassVar[frozenset[str]] = frozenset()
    """Fields in which blank text is said to be blank."""

    @model_validator(mode="before")
    @classmethod
    def _absent_is_absent(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        form = cast("dict[str, object]", data)  # JSON objects have string keys
        known = {name for name, field in cls.model_fields.items() if not field.is_required()} - cls.MAY_BE_BLANK
        return {k: v for k, v in form.items() if k not in known or not _absent(v)}

    def gives(self, name: str) -> bool:
        """Return whether the caller sent a value for this field, be it the default."""
        return name in self.model_fields_set


MaxCredits = Annotated[float | None, Field(ge=0, le=1_000_000, allow_inf_nan=False, exclude_if=lambda cap: cap is None)]
"""The most that all of a request may cost, in credits; null for no limit but the workspace's."""


def milli_of(cap: float | None) -> int | None:
    """Return a cap in milli-credits."""
    return None if cap is None else math.floor(cap * 1000 + 1e-6)


class OnePictureForm(FlatForm):
    """A form with one picture, which is sent or named."""

    image_base64: Base64 | None = Field(default=None, repr=False)
    image_asset_id: AssetId | None = None

    @model_validator(mode="after")
    def _the_picture_comes_once(self) -> Self:
        if self.gives("image_base64") and self.gives("image_asset_id"):
            raise ValueError("give image_base64 or image_asset_id, not both")
        if not (self.gives("image_base64") or self.gives("image_asset_id")):
            raise ValueError("give the picture as image_base64 or image_asset_id")
        return self


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class Cost(Frozen):
    """What was charged for an answer."""

    credits: float
    currency: str = "credits"
    usd: float
    """The same amount at list price: 1 credit is 0.01 USD."""

    @classmethod
    def of(cls, milli_credits: int) -> Cost:
        """Return the cost for an amount in milli-credits."""
        return cls(credits=milli_credits / 1000, usd=usd(milli_credits))


def usd(milli_credits: int) -> float:
    """Return an amount in US dollars: 1 credit, which is 1000 milli-credits, is 0.01 USD."""
    return round(milli_credits / 100_000, 6)


def near(ratio: float, other: float, *, within: float = 0.02) -> bool:
    """Return whether two ratios name the same shape, as 1.91:1 does for 1200x628."""
    return math.isclose(ratio, other, rel_tol=within)
