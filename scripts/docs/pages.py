"""All generated pages: what `make docs` writes and what the tests hold the committed ones against."""

from __future__ import annotations

import json

from scripts.docs import (
    adjustments,
    api,
    cli,
    colours,
    decisions,
    engines,
    metrics,
    platforms,
    problems,
    settings,
    templates,
    timeouts,
)
from scripts.lint.source import ROOT

API = ROOT / "frontend" / "openapi.json"
"""What the app says of itself, written by `scripts/openapi.py`."""
RECOLOURING = "docs/explanation/recolouring.md"
BEGIN = "<!-- settings: made by `make docs` -->"
END = "<!-- end of settings -->"


def all_pages() -> dict[str, str]:
    """Return the text of every generated page, by its path in the project."""
    return {
        **problems.pages(),
        "docs/explanation/adjustments.md": adjustments.page(),
        "docs/decisions/index.md": decisions.index(),
        RECOLOURING: colours.with_colours((ROOT / RECOLOURING).read_text(encoding="utf-8")),
        "docs/reference/api.md": api.page(json.loads(API.read_text(encoding="utf-8"))),
        "docs/reference/cli.md": cli.page(),
        "docs/reference/engines.md": engines.page(),
        "docs/reference/metrics.md": metrics.page(),
        "docs/reference/platforms.md": platforms.page(),
        "docs/reference/settings.md": settings.page(),
        "docs/reference/templates.md": templates.page(),
        "docs/reference/timeouts.md": timeouts.page(),
        "README.md": with_settings((ROOT / "README.md").read_text(encoding="utf-8")),
    }


def with_settings(readme: str) -> str:
    """Return the text with the current table of settings between its two marks."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{settings.short_table()}\n\n{END}{after}"
