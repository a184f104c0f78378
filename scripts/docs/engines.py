"""The table of engines: every offer that an engine makes, with the page that states its limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from backend.providers.local import LocalProvider
from backend.providers.vendors import EXTENDABLE, VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.providers.base import Offer, Provider

PAGE = """\
# Engines

<!-- Made by `make docs` from backend/providers. Change the engine's table, not this page. -->

What each engine can do, as the studio knows it: routing, prices, the forms and the errors all read these rows.
`image-studio providers` says which of them can be used now, and what is missing for the others.

{engines}
"""


def page() -> str:
    """Return the reference page of the engines."""
    found = sorted(_engines(), key=lambda engine: engine.name)
    return PAGE.format(engines="\n\n".join(_engine(engine) for engine in found))


def _engines() -> Iterator[Provider]:
    """Yield this machine's engine and the vendors'; of those whose table is fixed the class will do."""
    yield from (cast("Provider", kind) for kind in (LocalProvider, *VENDORS))  # only their tables are read
    yield from (kind() for kind in EXTENDABLE)


def _engine(engine: Provider) -> str:
    head = [
        f"## {engine.label}",
        "",
        f"`{engine.name}`",
        "",
        "| model | operation | sizes | takes | gives | limits from |",
    ]
    return "\n".join([*head, "|---|---|---|---|---|---|", *(_row(offer) for offer in engine.offers)])


def _row(offer: Offer) -> str:
    sizes = (
        ", ".join(f"{width}x{height}" for width, height in offer.sizes) or f"{offer.min_side}..{offer.max_side} a side"
    )
    takes = [name for name, can in (("seed", offer.seed), ("negative prompt", offer.negative_prompt)) if can]
    cells = (
        f"`{offer.model}`: {offer.label}",
        f"`{offer.operation}`",
        sizes,
        ", ".join(takes),
        ", ".join(offer.formats),
    )
    return f"| {' | '.join(cells)} | {_source(offer.source)} |"


def _source(source: str) -> str:
    """Return the source as a link: a page of ours, or an address."""
    return re.sub(
        r"^(?:docs/(?P<ours>\S+)|(?P<theirs>https?://\S+))",
        lambda found: (
            f"[{found['ours'] or found['theirs']}]({'../' + found['ours'] if found['ours'] else found['theirs']})"
        ),
        source,
    )
