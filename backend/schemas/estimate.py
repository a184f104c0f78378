"""The request and the answer of `POST /estimate-cost`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from backend.schemas.base import Frozen
from backend.schemas.fields import FlatForm, Name
from backend.schemas.specs import Quality, Side


class EstimateRequest(FlatForm):
    """Ask what something costs, by its outline or by the very request that would be sent."""

    provider: Name = "auto"
    model: Name | None = None
    operation: Name = "generate"
    num_images: Annotated[int, Field(ge=1, le=500)] = 1
    width: Side | None = None
    height: Side | None = None
    quality: Quality = "standard"
    request: dict[str, JsonValue] | None = Field(default=None, repr=False)
    """The full body of an operation; then the answer is for exactly that plan."""


class EstimateLine(Frozen):
    """Pictures at one price."""

    provider: str
    model: str
    operation: str
    count: int
    credits_each: float
    credits: float


class Alternative(Frozen):
    """Another engine that could do it."""

    provider: str
    model: str
    label: str
    credits: float
    """For the whole request."""
    seconds: float
    reason: str


class EstimateAnswer(Frozen):
    """What it costs: `cost_per_image` and `total_cost` in USD, every other amount in credits."""

    provider: str
    model: str
    operation: str
    num_images: int
    resolution: str
    """`WxH` in pixels; empty where the input decides."""
    cost_per_image: float
    total_cost: float
    currency: Literal["USD"] = "USD"
    estimated_cost: float
    estimated: Literal[True] = True
    lines: tuple[EstimateLine, ...]
    min: float
    max: float
    alternatives: tuple[Alternative, ...]
    price_book_version: str
    seconds: float
    """How long it will take, roughly."""
    reason: str
    """Why this engine."""
    available: bool
    """False if the engine is priced here but not ready to work."""
