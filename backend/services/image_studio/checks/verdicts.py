"""Verdicts on limits: for each that the data know, what a file has of it, whether that is enough, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.imaging.measuring import SRGB
from backend.schemas.fields import near

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.imaging.measuring import Measured
    from backend.imaging.types import Size
    from backend.schemas.social import Limit
    from backend.services.image_studio.formats import Format, Limits

_NAMES: Final = {"jpeg": "JPEG", "png": "PNG", "webp": "WebP", "gif": "GIF"}
UNREAD: Final = "The picture could not be read, so this was not checked. Save it as JPEG or PNG, then check that."


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file that is judged for a format, by the limits that hold for it."""

    seen: Measured
    format: Format
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a rule is kept (None: can't be told), what the file has, and what to do unless it is kept."""

    ok: bool | None
    value: Limit | None
    fix: str = ""


def judged(ok: bool | None, value: Limit | None, fix: str) -> Verdict:  # noqa: FBT001 - it is what the verdict says
    """Return a verdict that gives its advice only where there is something to do."""
    return Verdict(ok=ok, value=value, fix="" if ok else fix)


def on_limit(name: str, case: Case) -> Verdict | None:
    """Return the verdict on a limit of the data, or None where that limit is not for such a file."""
    if name in _PIXELS:
        return _pixels(name, case)
    return _VERDICTS[name](case)


def _types(case: Case) -> Verdict:
    taken = case.limits.types or ()
    return judged(case.seen.type in taken, case.seen.type, f"Save it as {_either(taken)}.")


def _max_bytes(case: Case) -> Verdict | None:
    if _is_moving_gif(case) and case.limits.gif_max_bytes:
        return None
    return _at_most(case, case.limits.max_bytes or 0)


def _gif_max_bytes(case: Case) -> Verdict | None:
    return _at_most(case, case.limits.gif_max_bytes or 0) if _is_moving_gif(case) else None


def _target_bytes(case: Case) -> Verdict:
    return _at_most(case, case.limits.target_bytes or 0)


def _is_moving_gif(case: Case) -> bool:
    return case.seen.type == "gif" and case.seen.frames > 1


def _at_most(case: Case, most: int) -> Verdict:
    if _is_moving_gif(case):
        how = "use fewer frames, or fewer colours"
    elif case.seen.type in ("png", "gif") and "jpeg" in (case.limits.types or ()):
        how = "save it as JPEG"
    else:
        how = "save it with fewer colours" if case.seen.type in ("png", "gif") else "save it with a lower quality"
    return judged(
        case.seen.bytes <= most, case.seen.bytes, f"Bring it from {_weight(case.seen.bytes)} to {_weight(most)}: {how}."
    )


def _min_bytes(case: Case) -> Verdict:
    least = case.limits.min_bytes or 0
    fix = f"Save it with a higher quality, or larger: it has to have {_weight(least)} at least."
    return judged(case.seen.bytes >= least, case.seen.bytes, fix)


def _ratio_tol(case: Case) -> Verdict:
    if case.seen.size is None:
        return Verdict(ok=None, value=None, fix=UNREAD)
    ratio, wanted = case.seen.size.ratio, case.format.pixels.ratio
    off = round(abs(ratio / wanted - 1), 4)
    return judged(near(ratio, wanted, within=case.limits.ratio_tol or 0), off, _crop_to(case.format))


def _transparency(case: Case) -> Verdict:
    least, found = case.limits.transparency_min or 0, case.seen.see_through
    if found is None:
        return Verdict(ok=None, value=None, fix=UNREAD)
    fix = f"Make at least {least:.0%} of it transparent; {found:.0%} is."
    return judged(found >= least, round(found, 4), fix)


def _items(case: Case) -> Verdict:
    most, found = case.limits.max_items or 0, case.seen.items
    if found is None:
        return Verdict(ok=None, value=None, fix=f"Say how many pictures the post has; it takes {most} at most.")
    return judged(found <= most, found, f"Leave out {found - most} of the {found} pictures, or make two posts.")


def _alt_required(case: Case) -> Verdict | None:
    if not case.limits.alt_required:
        return None
    text = case.seen.alt_text
    if text is None:
        return Verdict(ok=None, value=None, fix="Give its alternative text as well: one is asked for.")
    return judged(bool(text.strip()), bool(text.strip()), "Describe the picture in a sentence of alternative text.")


def _alt_length(case: Case) -> Verdict:
    most, text = case.limits.alt_max_chars or 0, case.seen.alt_text
    if text is None:
        fix = f"Give its alternative text to have the length checked: {most} characters at most."
        return Verdict(ok=None, value=None, fix=fix)
    return judged(len(text) <= most, len(text), f"Shorten the alternative text by {len(text) - most} characters.")


def _colour(case: Case) -> Verdict:
    if case.seen.colours is None:
        return Verdict(ok=None, value=None, fix=UNREAD)
    fix = "Convert its colours to sRGB: left as they are, they will look different."
    return judged(case.seen.colours == SRGB, case.seen.colours, fix)


def _pixels(name: str, case: Case) -> Verdict:
    if case.seen.size is None:
        return Verdict(ok=None, value=None, fix=UNREAD)
    measure, words = _PIXELS[name]
    limit = getattr(case.limits, name)
    fix = f"{words.format(limit)} {case.format.pixels} ({case.format.size.ratio}) is right for this format."
    return judged(name not in case.limits.broken_by(case.seen.size), measure(case.seen.size), fix)


def _crop_to(form: Format) -> str:
    return f"Crop it to {form.size.ratio} and save it at {form.pixels}."


def _either(kinds: tuple[str, ...]) -> str:
    names = [_NAMES[kind] for kind in kinds]
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _weight(size: int) -> str:
    """Return bytes in words, rounded so that a file just above a limit does not read like the limit."""
    for unit, count in (("MB", 1_000_000), ("KB", 1000)):
        if size >= count:
            return f"{size / count:.6g} {unit}"
    return f"{size} bytes"


def _ratio(size: Size) -> float:
    return round(size.ratio, 4)


_PIXELS: Final[Mapping[str, tuple[Callable[[Size], float], str]]] = {
    "w_min": (lambda size: size.width, "Make it at least {} pixels wide."),
    "w_max": (lambda size: size.width, "Make it at most {} pixels wide."),
    "h_min": (lambda size: size.height, "Make it at least {} pixels high."),
    "side_min": (lambda size: min(size.width, size.height), "Make its shorter side at least {} pixels long."),
    "side_max": (lambda size: max(size.width, size.height), "Make its longer side at most {} pixels long."),
    "short_side_max": (lambda size: min(size.width, size.height), "Make its shorter side at most {} pixels long."),
    "sum_sides_max": (lambda size: size.width + size.height, "Make width and height together at most {} pixels."),
    "max_pixels": (lambda size: size.pixels, "Scale it down to at most {} pixels in all."),
    "ratio_min": (_ratio, "Crop it: it is too tall, width by height has to be {} at least."),
    "ratio_max": (_ratio, "Crop it: it is too wide, width by height may be {} at most."),
}
_VERDICTS: Final[Mapping[str, Callable[[Case], Verdict | None]]] = {
    "types": _types,
    "max_bytes": _max_bytes,
    "min_bytes": _min_bytes,
    "target_bytes": _target_bytes,
    "gif_max_bytes": _gif_max_bytes,
    "ratio_tol": _ratio_tol,
    "transparency_min": _transparency,
    "max_items": _items,
    "alt_required": _alt_required,
    "alt_max_chars": _alt_length,
    "colour": _colour,
}
