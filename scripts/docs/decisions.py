"""The list of decisions, from the pages themselves."""

from __future__ import annotations

from scripts.lint.source import ROOT

HEAD = """\
# Decisions

<!-- Made by `make docs` from the pages beside it. -->

One page for each decision that would surprise a good colleague in a year: what was decided, what follows from it, and
what was not chosen. A decision is changed by a new page that names the old one.

"""


def index() -> str:
    """Return the list of decisions, in their order, by the titles that they have."""
    pages = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    return HEAD + "".join(f"{_title(page.read_text(encoding='utf-8'), page.name)}\n" for page in pages)


def _title(text: str, name: str) -> str:
    number, _, title = text.splitlines()[0].removeprefix("# ").partition(". ")
    return f"{number}. [{title}]({name})"
