"""The answer of `GET /providers`."""

from __future__ import annotations

from typing import Literal

from backend.schemas.base import Frozen


class OfferView(Frozen):
    """One model doing one operation."""

    model: str
    operation: str
    label: str
    cost_range: str
    seconds: float
    """Typical time for one picture."""
    local: bool
    """True if it runs on this machine."""
    generative: bool
    """True if a trained model invents the picture from the words."""
    available: bool
    reason: str | None = None


class ProviderView(Frozen):
    """One engine: what it can do, what that costs, and whether it is ready."""

    name: str
    models: tuple[str, ...]
    capabilities: tuple[str, ...]
    """The operations it offers."""
    max_resolution: str
    """`WxH` in pixels of the largest picture it makes; empty if it makes none from words."""
    cost_range: str
    """In credits for one picture, such as `3-8 credits`."""
    available: bool
    reason: str | None = None
    """Why it is not ready, and what to do about it."""
    health: Literal["well", "paused", "failing", "refused"] = "well"
    """Whether it is left alone at the moment: it asked for a pause, failed again and again, or refuses the key."""
    health_detail: str | None = None
    """Why, and for how long."""
    offers: tuple[OfferView, ...] = ()


class ProvidersAnswer(Frozen):
    """Every engine the studio knows, by key."""

    providers: dict[str, ProviderView]
