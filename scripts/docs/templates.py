"""The table of templates, from the data file that the studio reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.image_studio.tables import read_table
from backend.services.image_studio.templates import Platform, TemplateBook

if TYPE_CHECKING:
    from backend.services.image_studio.templates import ImageTemplate

PAGE = """\
# Templates

<!-- Made by `make docs` from backend/data/templates.yaml. Change the data, not this page. -->

A template is a format with everything that suits it: its exact size, and what fills in whatever a request leaves open.
Insets, in pixels, are what the platform covers or cuts off: words and faces stay clear of them.

{platforms}
"""
NAMES = {"twitter": "X", "linkedin": "LinkedIn", "youtube": "YouTube", "tiktok": "TikTok"}
"""Platforms that do not write themselves as their key reads."""
EMAIL = """\
Newsletters have no maker who states sizes. These follow their common column of 600 pixels, doubled where a picture is
meant for dense screens."""


def page() -> str:
    """Return the reference page of the templates, by platform, with the pages that sizes were read from."""
    book = TemplateBook.model_validate(read_table("templates"))
    return PAGE.format(platforms="\n\n".join(_platform(book, platform) for platform in Platform))


def _platform(book: TemplateBook, platform: Platform) -> str:
    rows = [_row(template) for template in book.templates if template.platform is platform]
    sources = [source for source in book.sources.get(platform, ()) if source.startswith("https://")]
    cited = "Read from " + ", ".join(f"<{source}>" for source in sources) + "." if sources else EMAIL
    name = NAMES.get(platform, platform.replace("_", " ").title())
    head = [f"## {name}", "", "| id | | size | insets: top right bottom left | for |"]
    return "\n".join([*head, "|---|---|---|---|---|", *rows, "", cited])


def _row(template: ImageTemplate) -> str:
    safe = template.safe
    insets = f"{safe.top} {safe.right} {safe.bottom} {safe.left}" if any(dict(safe).values()) else ""
    uses = ", ".join(template.use_cases)
    return f"| `{template.id}` | {template.name} | {template.size} ({template.shape.ratio}) | {insets} | {uses} |"
