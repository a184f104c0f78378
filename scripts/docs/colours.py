"""The table of colour words, from the data file that recolouring reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.providers.local.recolour.vocabulary import vocabulary

if TYPE_CHECKING:
    from backend.providers.local.recolour.vocabulary import Modifier, Named

BEGIN = "<!-- colours: made by `make docs` from backend/data/colours.yaml -->"
END = "<!-- end of colours -->"
ACROSS = 4


def with_colours(page: str) -> str:
    """Return the page with the current words between its two marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{_words()}\n\n{END}{after}"


def _words() -> str:
    words = vocabulary()
    count = f"{len(words.colours)} names; besides them any `#rgb` or `#rrggbb`, also as *like #1f5fd0*. Those in"
    names = [f"{count} italics name a hue and leave a region some of its own lightness.", "", *_table()]
    changes = ["Before a colour:", "", "| word | also | does |", "|---|---|---|"]
    changes += [f"| {name} | {', '.join(row.also)} | {_does(row)} |" for name, row in words.modifiers.items()]
    places = {**words.places, **{name: thing.words for name, thing in words.things.items()}, **words.sides}
    said = ["Places and sides:", "", "| what | words |", "|---|---|"]
    said += [f"| {name} | {', '.join(meant)} |" for name, meant in places.items()]
    return "\n".join([*names, "", *changes, "", *said])


def _table() -> list[str]:
    cells = [_cell(name, row) for name, row in vocabulary().colours.items()]
    cells += [""] * (-len(cells) % ACROSS)
    rows = [f"| {' | '.join(cells[at : at + ACROSS])} |" for at in range(0, len(cells), ACROSS)]
    return [f"|{' |' * ACROSS}", f"|{'---|' * ACROSS}", *rows]


def _cell(name: str, row: Named) -> str:
    said = f"*{name}*" if row.loose else name
    also = f" ({', '.join(row.also)})" if row.also else ""
    return f"{said}{also} `{row.hex}`"


def _does(row: Modifier) -> str:
    told = (
        (f"{abs(row.light):.0%} of the way to {'white' if row.light > 0 else 'black'}", row.light),
        (f"chroma times {row.vivid:g}", row.vivid != 1),
        (f"hue {abs(row.turn):g}° {'towards' if row.turn > 0 else 'away from'} the warmest", row.turn),
    )
    return "; ".join(words for words, counts in told if counts)
