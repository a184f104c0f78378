"""The answers of `/templates`, `/templates/search` and `/templates/recommend`."""

from __future__ import annotations

from typing import Literal

from backend.schemas.base import Frozen
from backend.schemas.specs import Quality

HeadlineZone = Literal["left", "right", "top", "bottom", "centre", "none"]


class RatioView(Frozen):
    """A shape with its size in pixels."""

    ratio: str
    """`W:H`."""
    width: int
    height: int
    label: str


class SafeInsets(Frozen):
    """Pixels from each edge that the platform covers or cuts off."""

    top: int = 0
    right: int = 0
    bottom: int = 0
    left: int = 0


class TemplateView(Frozen):
    """One format with everything that suits it."""

    id: str
    name: str
    category: str
    platform: str
    aspect_ratio: RatioView
    description: str
    recommended_provider: str
    style_preset: str
    quality: Quality
    use_cases: tuple[str, ...]
    headline: HeadlineZone
    """Where words are best read."""
    safe: SafeInsets


class RecommendedTemplate(TemplateView):
    """A template with the reason why it is recommended."""

    reason: str


class TemplatesAnswer(Frozen):
    """A list of templates."""

    templates: tuple[TemplateView, ...]
    total: int


class TemplateSearchAnswer(TemplatesAnswer):
    """What was found, best match first."""

    query: str


class TemplateRecommendAnswer(Frozen):
    """What is recommended, best first."""

    templates: tuple[RecommendedTemplate, ...]
    total: int
    use_case: str
