"""Judging: every rule of a format, held against what is known of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backend.schemas.checks import Check
from backend.schemas.fields import near
from backend.services.image_studio.checks.verdicts import UNREAD, Case, Verdict, judged, on_limit
from backend.services.image_studio.checks.zones import on_zone
from backend.services.image_studio.formats import ROUNDED, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from backend.imaging.measuring import Measured
    from backend.schemas.checks import Level
    from backend.schemas.social import Grade, Limit
    from backend.services.image_studio.formats import Format, Platform, Rule, Source

_ADVICE: Final = frozenset(("target_bytes", "colour", "w_max"))
"""Limits whose breach a platform mends by itself, for the worse: it converts colours and scales down."""
_SHAPE: Final = frozenset(("ratio_min", "ratio_max", "ratio_tol"))
_AS_DATA: Final = frozenset(("size_exact",))
"""What the data say that is not a check of its own."""
_ZONES: Final = ("safe", "keepout", "circle")
_THINGS: Final = ("faces", "text")
_ENLARGED: Final = 1.02
"""Enlarged by less, a picture has not lost anything that could be seen."""


def checks_of(
    platform: Platform, form: Format, seen: Measured, *, cited: Mapping[str, Source] | None = None
) -> tuple[Check, ...]:
    """Return the verdict on each rule of a format: its limits, its size, its zones, and whether pixels were invented.

    `cited` are the sources by their keys, as `FormatShelf.sources` has them. Where a limit on pixels is broken, the
    size of the format is not held against the file besides.
    """
    rules = {rule.name: rule for rule in platform.rules_of(form)}
    limits = Limits.model_validate({name: rule.limit for name, rule in rules.items()})
    case = Case(seen=seen, format=form, limits=limits)
    desk = _Desk(case, rules, cited or {})
    checks = (*desk.limits(), *desk.zones(), desk.upscaled())
    pixels_are_wrong = any(check.ok is False and check.rule in _ON_PIXELS for check in checks)
    return checks if pixels_are_wrong else (desk.size(), *checks)


def broken(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the rules that a platform refuses a file by."""
    return tuple(check for check in checks if check.ok is False and check.level == "must")


class _Desk:
    """One case and where its rules come from."""

    def __init__(self, case: Case, rules: Mapping[str, Rule], cited: Mapping[str, Source]) -> None:
        self._case = case
        self._rules = rules
        self._cited = cited

    def limits(self) -> Iterator[Check]:
        """Yield the verdict on each limit that is for such a file."""
        for name, rule in self._rules.items():
            found = None if name in _AS_DATA else on_limit(name, self._case)
            if found is not None:
                level: Level = "should" if name in _ADVICE or rule.grade == "E" else "must"
                yield self._check(name, found, rule.limit, level, (rule.grade, rule.sources))

    def zones(self) -> Iterator[Check]:
        """Yield the verdict on faces and words in each kind of zone that the format has."""
        form = self._case.format
        for kind in _ZONES:
            known = form.grade if kind == "circle" else form.grades.get(kind, form.grade)
            for things in _THINGS:
                found = on_zone(kind, things, self._case.seen, form)
                if found is not None:
                    yield self._check(f"{kind}_{things}", found, 0, "should", (known, form.sources))

    def size(self) -> Check:
        """Return the verdict on the size; a must only where the platform takes no other."""
        form, exact = self._case.format, self._rules.get("size_exact")
        found = self._sized()
        if exact is not None:
            level: Level = "should" if exact.grade == "E" else "must"
            return self._check("size", found, str(form.pixels), level, (exact.grade, exact.sources))
        return self._check(
            "size", found, str(form.pixels), "should", (form.grades.get("size", form.grade), form.sources)
        )

    def upscaled(self) -> Check:
        """Return the verdict on how much the picture was enlarged to reach the format's size."""
        factor, form = self._case.seen.upscaled, self._case.format
        if factor is None:
            fix = f"How much it was enlarged can't be told of a finished file; the original should fill {form.pixels}."
            found = Verdict(ok=None, value=None, fix=fix)
        else:
            fix = f"It was enlarged {factor:.3g} times: start from a larger picture, or upscale it first."
            found = judged(factor <= _ENLARGED, round(factor, 3), fix)
        return self._check("upscaled", found, 1, "should", (form.grade, form.sources))

    def _sized(self) -> Verdict:
        form, size = self._case.format, self._case.seen.size
        if size is None:
            return Verdict(ok=None, value=None, fix=UNREAD)
        same_shape = near(size.ratio, form.pixels.ratio, within=ROUNDED)
        how = "Save" if same_shape else f"Crop it to {form.size.ratio} and save"
        return judged(size == form.pixels, str(size), f"{how} it at {form.pixels}.")

    def _check(
        self, rule: str, found: Verdict, limit: Limit, level: Level, known: tuple[Grade, tuple[str, ...]]
    ) -> Check:
        grade, keys = known
        pages = (part for key in keys if key in self._cited for part in _told(self._cited[key]))
        return Check(
            rule=rule,
            ok=found.ok,
            level=level,
            value=found.value,
            limit=limit,
            source=tuple(dict.fromkeys(pages)),
            grade=grade,
            fix=found.fix,
        )


def _told(source: Source) -> tuple[str, ...]:
    return source.pages or (source.says,)


_ON_PIXELS: Final = _SHAPE | {
    "w_min",
    "w_max",
    "h_min",
    "side_min",
    "side_max",
    "short_side_max",
    "sum_sides_max",
    "max_pixels",
}
