"""Templates: formats with everything that suits them, listed and kept by id."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from pydantic import Field, model_validator

from backend.errors import FieldError, InvalidRequest
from backend.imaging.types import Size
from backend.schemas.base import Frozen
from backend.schemas.fields import near, ratio_of
from backend.schemas.specs import Quality, Side
from backend.schemas.templates import (
    HeadlineZone,
    RatioView,
    RecommendedTemplate,
    SafeInsets,
    TemplateView,
)
from backend.services.image_studio.search import Index, closest, folded
from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = TypeVar("Kind", bound=StrEnum)


class Platform(StrEnum):
    """Where a picture will be seen."""

    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    TWITTER = "twitter"
    LINKEDIN = "linkedin"
    YOUTUBE = "youtube"
    PINTEREST = "pinterest"
    TIKTOK = "tiktok"
    BLOG = "blog"
    EMAIL = "email"
    WEBSITE = "website"
    THREADS = "threads"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    REDDIT = "reddit"
    SNAPCHAT = "snapchat"
    GOOGLE_ADS = "google_ads"
    GOOGLE_BUSINESS = "google_business"


class TemplateCategory(StrEnum):
    """What a picture is for."""

    SOCIAL_MEDIA = "social_media"
    BLOG_CONTENT = "blog_content"
    AD_CREATIVE = "ad_creative"
    PRODUCT = "product"
    BRAND_ASSETS = "brand_assets"
    EMAIL_MARKETING = "email_marketing"


ALSO_CALLED = {"x": "twitter"}
"""Other names of platforms."""


class Shape(Frozen):
    """A size with the name of its shape."""

    ratio: str
    width: Side
    height: Side
    label: str

    @model_validator(mode="after")
    def _ratio_is_the_size(self) -> Self:
        if not near(ratio_of(self.ratio), self.width / self.height):
            raise ValueError(f"{self.width}x{self.height} is not {self.ratio}")
        return self


class ImageTemplate(Frozen):
    """One format: its size, and what fills in whatever a request leaves open."""

    id: str = Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
    name: str
    platform: Platform
    category: TemplateCategory
    shape: Shape
    description: str
    use_cases: tuple[str, ...] = Field(min_length=1)
    style_preset: str
    quality: Quality
    recommended_provider: str
    headline: HeadlineZone
    safe: SafeInsets = SafeInsets()
    aliases: tuple[str, ...] = ()
    """Other ids under which clients ask for it."""
    words: tuple[str, ...] = ()
    """Other words under which people look for it."""

    @model_validator(mode="after")
    def _something_is_safe(self) -> Self:
        safe, size = self.safe, self.size
        if safe.left + safe.right >= size.width or safe.top + safe.bottom >= size.height:
            raise ValueError(f"nothing of {self.id} is safe")
        return self

    @property
    def size(self) -> Size:
        """Return its size in pixels."""
        return Size(self.shape.width, self.shape.height)

    @property
    def view(self) -> TemplateView:
        """Return it as clients see it."""
        return TemplateView(
            aspect_ratio=RatioView(**self.shape.model_dump()),
            **self.model_dump(exclude={"shape", "aliases", "words"}),
        )


class TemplateBook(Frozen):
    """The data file: templates, words that mean the same, and the pages that sizes were read from."""

    templates: tuple[ImageTemplate, ...]
    synonyms: tuple[tuple[str, ...], ...]
    sources: Mapping[Platform, tuple[str, ...]]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        names = [name for t in self.templates for name in (t.id, *t.aliases)]
        if len(set(names)) != len(names):
            raise ValueError("two templates go by the same id")
        return self

    @cached_property
    def by_name(self) -> dict[str, ImageTemplate]:
        """Return the templates by id and by alias."""
        return {name: template for template in self.templates for name in (template.id, *template.aliases)}


class TemplateManager:
    """The shelf of templates."""

    def __init__(self, book: TemplateBook) -> None:
        self._book = book
        self._index = Index(book.templates, book.synonyms)

    @classmethod
    def load(cls) -> TemplateManager:
        """Return the shelf as it stands in the data folder."""
        return cls(TemplateBook.model_validate(read_table("templates")))

    def get(self, template_id: str) -> ImageTemplate:
        """Return the template that goes by this id or one of its aliases.

        Raises:
            InvalidRequest: there is none; the detail names the nearest ids.
        """
        key = "_".join(folded(template_id))
        for name in (key, key.replace("x_", "twitter_", 1) if key.startswith("x_") else key):
            if name in self._book.by_name:
                return self._book.by_name[name]
        nearest = ", ".join(closest(key, [t.id for t in self._book.templates]))
        detail = f'there is no template "{template_id}"' + (f"; nearest: {nearest}" if nearest else "")
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer="/template_id", detail=detail),))

    def list(self, platform: str | None = None, category: str | None = None) -> tuple[ImageTemplate, ...]:
        """Return the templates of a platform and a category, both together, in the order of the file.

        Raises:
            InvalidRequest: there is no such platform or category.
        """
        on = _named(Platform, "platform", platform)
        of = _named(TemplateCategory, "category", category)
        return tuple(t for t in self._book.templates if on in (None, t.platform) and of in (None, t.category))

    def search(self, query: str) -> tuple[ImageTemplate, ...]:
        """Return what matches the words, sizes and shapes of a query, best first; nothing for no words."""
        return tuple(found.template for found in self._index.find(query))

    def recommend(self, use_case: str, platform: str | None = None) -> tuple[RecommendedTemplate, ...]:
        """Return what suits a use, best first, each with its reason; where nothing does, all that the platform has.

        Raises:
            InvalidRequest: there is no such platform.
        """
        shelf = self.list(platform)
        found = [entry for entry in self._index.find(use_case, strict=False) if entry.template in shelf]
        if found:
            return tuple(_recommended(entry.template, entry.reason) for entry in found)
        if platform is None:
            return ()
        words = f'Nothing here is made for "{use_case.strip()}" in particular; this is a usual format of its platform.'
        return tuple(_recommended(template, words) for template in shelf)


def views(templates: Iterable[ImageTemplate]) -> tuple[TemplateView, ...]:
    """Return templates as clients see them."""
    return tuple(template.view for template in templates)


def _recommended(template: ImageTemplate, reason: str) -> RecommendedTemplate:
    return RecommendedTemplate(**template.view.model_dump(), reason=reason)


def _named(kind: type[Kind], field: str, name: str | None) -> Kind | None:
    if name is None or not name.strip():
        return None
    key = "_".join(folded(name))
    try:
        return kind(ALSO_CALLED.get(key, key))
    except ValueError:
        detail = f'there is no {field} "{name}"; known: {", ".join(kind)}'
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer=f"/{field}", detail=detail),)) from None
