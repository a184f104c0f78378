"""Whether each adjustment does what its word says, and nothing else, on ten real photographs.

    python -m bench.adjustments [--write]

For each adjustment, and for its opposite: on how many photographs its own measure moved the right way, and how far
other measures moved, in per cent of its own movement. A movement is counted in plain words: 1 is what the plain word of
that measure moves it by on average. Ends with 1 where a target is missed: the right way on every photograph, no other
measure by more than 10 %, but for those that it moves by its nature (`shares` in the data). `--write` puts the figures
where the page on adjustments is made from.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from backend.errors import RequestRefused
from backend.providers.local import cutout, matte, models
from backend.providers.local.adjust import frame
from backend.providers.local.adjust.applying import applied
from backend.providers.local.adjust.asking import understood
from backend.providers.local.adjust.order import Order
from backend.providers.local.adjust.vocabulary import vocabulary
from bench.adjustment_measures import MEASURES, View, sharpness
from bench.photographs import HELD_OUT, photographs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = dict[str, object]
    Photographs = list[tuple[str, NDArray[np.uint8]]]

FIGURES = Path(__file__).with_name("adjustments.json")
COUNT, LONGEST = 10, 512
MOST_OTHER = 10.0
SETTLED = {"lightness": "brightness", "saturation": "saturation", "warmth": "warmth", "detail": "sharpen"}
"""Which word says how far a measure is moved by a plain word, where several move it."""
APART = frozenset({"background_blur", "straighten", "rotate"})
"""What is measured by tests of its own."""
DOWN = frozenset({"denoise", "black_and_white", "blur"})
"""What lowers its measure."""
TURNS = (-8.0, -4.0, -2.0, -1.0, 1.0, 3.0, 6.0)
NEAR_DEGREES, WRONG_DEGREES = 0.5, 1.0


def main() -> int:
    """Measure, print, write what was asked for; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the figures for the page on adjustments")
    options = parser.parse_args()
    pictures = photographs(COUNT, longest=LONGEST)
    rows = _rows(pictures)
    figures = {
        "photographs": [name for name, _ in pictures],
        "words": rows,
        "background": _background(pictures),
        "straighten": _straightened(photographs(longest=1024)),
        "straighten_held_out": _straightened(photographs(longest=1024, of=HELD_OUT)),
        "cpu_s": _seconds(),
    }
    print(
        json.dumps(
            {name: figures[name] for name in ("background", "straighten", "straighten_held_out", "cpu_s")}, indent=1
        )
    )
    if options.write:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0 if all(row["holds"] for row in rows) else 1


def phrase(name: str, sign: int) -> str:
    """Return the words that ask for an adjustment, or its opposite, in English."""
    forms = vocabulary().adjustments[name].words["en"]
    if not forms.quantity:
        return forms.more[0] if sign > 0 else forms.less[0]
    words = f"{'more' if sign > 0 else 'less'} {forms.quantity[0]}"
    return words if understood(words)[0].amount * sign > 0 else (forms.more if sign > 0 else forms.less)[0]


def changed(pixels: NDArray[np.uint8], words: str) -> NDArray[np.uint8]:
    """Return the photograph as the words ask for it."""
    weights = models.path_of("u2netp", models.default_folder())
    return applied(pixels, None, Order(steps=understood(words), seed=1, output_format="png", weights=weights))[0]


def _rows(pictures: Photographs) -> list[Row]:
    moved = {
        (name, sign): _movements(pictures, phrase(name, sign))
        for name, one in vocabulary().adjustments.items()
        if name not in APART
        for sign in ((1, -1) if one.both else (1,))
    }
    units = {measure: float(np.abs(moved[_settles(measure), 1][measure]).mean()) for measure in MEASURES}
    rows = [_row(name, sign, movements, units) for (name, sign), movements in moved.items()]
    for row in rows:
        print(
            f"{row['words']!s:24}{row['right']!s:>3}  {row['own']!s:>8} {row['measure']!s:16}{row['others']}",
            flush=True,
        )
    return rows


def _settles(measure: str) -> str:
    first = next(name for name, one in vocabulary().adjustments.items() if one.measure == measure)
    return SETTLED.get(measure, first)


def _movements(pictures: Photographs, words: str) -> dict[str, NDArray[np.float64]]:
    """Return how far each measure moved, on each photograph."""
    views = [(View(pixels), View(changed(pixels, words))) for _, pixels in pictures]
    return {name: np.array([measure(*pair) for pair in views]) for name, measure in MEASURES.items()}


def _row(name: str, sign: int, movements: dict[str, NDArray[np.float64]], units: dict[str, float]) -> Row:
    one = vocabulary().adjustments[name]
    own = movements[one.measure] * (sign * (-1 if name in DOWN else 1))
    mine = float(np.abs(own).mean()) / units[one.measure]
    shares = {*one.shares, one.measure}
    others = {
        measure: round(100 * float(np.abs(found).mean()) / units[measure] / mine, 1)
        for measure, found in movements.items()
        if measure not in shares
    }
    worst = max(others, key=lambda measure: others[measure])
    return {
        "name": name,
        "words": phrase(name, sign),
        "measure": one.measure,
        "own": round(float(movements[one.measure].mean()), 4),
        "right": int((own > 0).sum()),
        "other": worst,
        "other_percent": others[worst],
        "others": {measure: value for measure, value in others.items() if value > MOST_OTHER / 2},
        "holds": bool((own > 0).all()) and others[worst] <= MOST_OTHER,
    }


def _background(pictures: Photographs) -> Row:
    """Return what part of the fine drawing is left, in subjects and in the backgrounds that were blurred."""
    weights = models.path_of("u2netp", models.default_folder())
    inside: list[float] = []
    outside: list[float] = []
    for _, pixels in pictures:
        try:
            subject = matte.refine(cutout.saliency(pixels, weights), pixels)
        except RequestRefused:
            continue
        before, after = View(pixels), View(changed(pixels, "blur the background"))
        for found, part in ((inside, subject > 0.99), (outside, subject < 0.01)):
            found.append(
                sharpness(after, part.astype(np.float64)) / max(sharpness(before, part.astype(np.float64)), 1e-6)
            )
    return {
        "with_subject": len(inside),
        "subject": round(float(np.median(inside)), 3),
        "background": round(float(np.median(outside)), 3),
    }


def _straightened(pictures: Photographs) -> Row:
    """Return how far off the tilts are that are found in photographs after known turns.

    A photograph's own tilt is what is found in it unturned; where that is refused, it is taken for level.
    """
    off: list[float] = []
    for _, pixels in pictures:
        own = _tilt(pixels) or 0.0
        found = [(_tilt(frame.turned(pixels, turn)), turn) for turn in TURNS]
        off.extend(abs(tilt - turn - own) for tilt, turn in found if tilt is not None)
    turned = len(pictures) * len(TURNS)
    return {
        "turned": turned,
        "refused": turned - len(off),
        "straightened": len(off),
        "within_half_a_degree": sum(one <= NEAR_DEGREES for one in off),
        "more_than_one_off": sum(one > WRONG_DEGREES for one in off),
        "median_degrees": round(float(np.median(off)), 2),
    }


def _tilt(pixels: NDArray[np.uint8]) -> float | None:
    try:
        return frame.tilt(pixels)
    except RequestRefused:
        return None


def _seconds() -> dict[str, float]:
    """Return the CPU seconds that some sentences take for four megapixels, without reading and writing the file."""
    ((_, pixels),) = photographs(1)
    large = np.ascontiguousarray(np.tile(pixels, (5, 5, 1))[:2048, :2048])
    found: dict[str, float] = {}
    for words in ("warmer", "more contrast", "vintage", "noir", "denoise"):
        start = time.process_time()
        changed(large, words)
        found[words] = round(time.process_time() - start, 2)
    return found


if __name__ == "__main__":
    sys.exit(main())
