"""The table of platforms and formats, from the data file that the studio reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.image_studio.formats import FormatBook

if TYPE_CHECKING:
    from backend.schemas.social import Limit
    from backend.services.image_studio.formats import Format, Platform, Rule, Source

PAGE = """\
# Platforms and formats

<!-- Made by `make docs` from backend/data/platforms.yaml. Change the data, not this page. -->

What each place takes, in pixels and bytes (1 MB is 1 000 000 bytes unless the source counts bytes), read {checked}.
The first format of a platform is what its name alone means; *kept* marks formats that existing clients know where a
newer one is preferred. Insets (top, right, bottom, left) stay clear of words, logos and faces; boxes are left, top,
width, height.

Every figure has a grade. **A**: an official page, schema or answer was read. **B**: two or more independent vendors
agree, or one quotes the official text. **C**: one vendor. **D**: arithmetic from such figures. **E**: unconfirmed.
Platforms change without notice: what matters is checked there before it is relied on.

{platforms}

## Where the figures come from

{sources}
"""


def page() -> str:
    """Return the reference page of the platforms."""
    book = FormatBook.load()
    return PAGE.format(
        checked=book.checked,
        platforms="\n\n".join(_platform(platform) for platform in book.platforms),
        sources="\n".join(_source(key, source) for key, source in book.sources.items()),
    )


def _platform(platform: Platform) -> str:
    lines = [f"## {platform.name}", "", f"`{platform.key}`" + "".join(f", `{name}`" for name in platform.aliases)]
    if platform.rules:
        shared = platform.rules
        limits = "; ".join(_limit(name, limit) for name, limit in shared.limits.known.items())
        lines += [
            "",
            f"All formats unless they say otherwise: {limits}. Grade {shared.grade} ({_cited(shared.sources)}).",
        ]
        lines += [shared.note] if shared.note else []
    lines += ["", "| name | id | size | insets and boxes | own limits | grade | |", "|---|---|---|---|---|---|---|"]
    return "\n".join([*lines, *(_row(platform, one) for one in platform.formats)])


def _row(platform: Platform, one: Format) -> str:
    own = [rule for rule in platform.rules_of(one) if rule.name in one.limits.known]
    names = " / ".join((one.name, *one.aliases)) + (" *(kept)*" if one.legacy else "")
    cells = (names, f"`{one.id}`", f"{one.pixels} ({one.size.ratio}){_round(one)}", _zones(one), _own(one, own))
    told = " ".join(part for part in (one.note, f"({_cited(one.sources)})" if one.sources else "") if part)
    return f"| {' | '.join(cells)} | {_grades(one)} | {told} |"


def _round(one: Format) -> str:
    return ", shown as a circle" if one.shape == "circle" else ""


def _zones(one: Format) -> str:
    safe = one.safe
    parts = [f"{safe.top} {safe.right} {safe.bottom} {safe.left}"] if any(dict(safe).values()) else []
    parts += [f"covered: {' '.join(map(str, box))}" for box in one.keepout]
    parts += [f"{name.replace('_', ' ')}: {' '.join(map(str, box))}" for name, box in one.crops.items()]
    return "; ".join(parts)


def _own(one: Format, own: list[Rule]) -> str:
    return "; ".join([*(_limit(rule.name, rule.limit) for rule in own), *(f"no {name}" for name in one.without)])


def _limit(name: str, limit: Limit) -> str:
    if isinstance(limit, tuple):
        return f"{name} {', '.join(map(str, limit))}"
    return name if limit is True else f"{name} {limit}"


def _grades(one: Format) -> str:
    return "; ".join([one.grade, *(f"{name}: {grade}" for name, grade in one.grades.items())])


def _cited(keys: tuple[str, ...]) -> str:
    return ", ".join(keys)


def _source(key: str, source: Source) -> str:
    said = ", ".join(f"<{page}>" for page in source.pages) or source.says
    return f"- `{key}`: {said} ({source.kind}, dated {source.dated})"
