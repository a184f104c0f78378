"""Zones: whether faces and words lie where a platform covers or cuts a picture."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Final

from backend.imaging.measuring import boxes_in
from backend.imaging.types import Box, Size
from backend.schemas.fields import near
from backend.services.image_studio.checks.verdicts import UNREAD, Verdict, judged
from backend.services.image_studio.formats import ROUNDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from backend.imaging.measuring import Measured
    from backend.services.image_studio.formats import Format

COVERED: Final = 0.1
"""The share of a face or of words from which on it counts as covered: boxes are drawn a little wide."""
_ROUND: Final = 0.06
"""How far a corner of a face's box may stand out of a circle, as a share of its radius: heads are round, too."""


def on_zone(kind: str, things: str, seen: Measured, form: Format) -> Verdict | None:
    """Return the verdict on `safe`, `keepout` or `circle` for `faces` or `text`; None where the format has no such."""
    if not _HAS[kind](form):
        return None
    boxes = seen.faces if things == "faces" else seen.text
    if seen.size is None:
        return Verdict(ok=None, value=None, fix=UNREAD)
    if boxes is None:
        return Verdict(ok=None, value=None, fix=_UNSEEN[things])
    if boxes and not near(seen.size.ratio, form.pixels.ratio, within=ROUNDED):
        fix = f"Crop it to {form.size.ratio} first: what {form.pixels} will cover of another shape can't be told."
        return Verdict(ok=None, value=None, fix=fix)
    placed = boxes_in(Box(0, 0, seen.size.width, seen.size.height), form.pixels, boxes)
    hidden = [box for box in placed if _HIDES[kind](box, form)]
    return judged(not hidden, len(hidden), _advice(kind, things, len(hidden), form) if hidden else "")


def _beyond(box: Box, form: Format) -> bool:
    """Return whether a box reaches into the insets."""
    safe, size = form.safe, form.pixels
    inner = Box(safe.left, safe.top, size.width - safe.right, size.height - safe.bottom)
    return 1 - _share(box, inner) > COVERED


def _under(box: Box, form: Format) -> bool:
    """Return whether a box lies under what the platform puts there."""
    return sum(_share(box, Box(x, y, x + wide, y + high)) for x, y, wide, high in form.keepout) > COVERED


def _out_of_circle(box: Box, form: Format) -> bool:
    """Return whether a corner of a box lies outside of the ellipse that fills the format."""
    x, y = form.pixels.width / 2, form.pixels.height / 2
    corners = ((across, down) for across in (box.left, box.right) for down in (box.top, box.bottom))
    return any(hypot((across - x) / x, (down - y) / y) > 1 + _ROUND for across, down in corners)


def _share(box: Box, other: Box) -> float:
    """Return the share of a box that lies in another one."""
    wide = min(box.right, other.right) - max(box.left, other.left)
    high = min(box.bottom, other.bottom) - max(box.top, other.top)
    return max(0, wide) * max(0, high) / box.size.pixels


def _advice(kind: str, things: str, count: int, form: Format) -> str:
    what = _COUNTED[things][0] if count == 1 else _COUNTED[things][1].format(count)
    where = {
        "safe": f"into the middle: {_insets(form)} may be covered or cut.",
        "keepout": f"away from {_places(form.keepout, form.pixels)}, which is covered.",
        "circle": "nearer to the middle: the picture is shown as a circle, its corners are cut.",
    }[kind]
    return f"Move {what} {where}"


def _insets(form: Format) -> str:
    safe = dict(form.safe)
    return ", ".join(f"{pixels} px at the {edge}" for edge, pixels in safe.items() if pixels)


def _places(boxes: Iterable[tuple[int, int, int, int]], size: Size) -> str:
    return ", ".join(_place(box, size) for box in boxes)


def _place(box: tuple[int, int, int, int], size: Size) -> str:
    left, top, wide, high = box
    across = ("left", "middle", "right")[min(2, int(3 * (left + wide / 2) / size.width))]
    down = ("upper", "middle", "lower")[min(2, int(3 * (top + high / 2) / size.height))]
    return f"the {down} {across} ({wide}x{high} px)"


_HAS: Final[Mapping[str, Callable[[Format], bool]]] = {
    "safe": lambda form: any(dict(form.safe).values()),
    "keepout": lambda form: bool(form.keepout),
    "circle": lambda form: form.shape == "circle",
}
_HIDES: Final[Mapping[str, Callable[[Box, Format], bool]]] = {
    "safe": _beyond,
    "keepout": _under,
    "circle": _out_of_circle,
}
_COUNTED: Final = {"faces": ("a face", "{} faces"), "text": ("a line of words", "{} lines of words")}
_UNSEEN: Final = {
    "faces": "Faces were not looked for: `image-studio models pull` installs what finds them.",
    "text": "Words were not looked for. Preflight does, once `image-studio models pull` installed what finds them.",
}
