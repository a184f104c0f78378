"""What is told of each exported file: how it was cut, encoded and dressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.imaging import codec

if TYPE_CHECKING:
    from pydantic import JsonValue

    from backend.imaging.export.targets import Export
    from backend.imaging.types import Box
    from backend.providers.local.social.targets import Targets
    from backend.schemas.base import Facts

_WHOLE = {
    False: "The whole picture is kept; it was continued beyond its borders.",
    True: "The design was laid out again for this format; nothing is cropped.",
}
_UNSEEN = "Faces were not looked for: `image-studio models pull` installs what finds them."


def facts_of(targets: Targets, index: int, export: Export) -> Facts:
    """Return the facts of a file."""
    told = targets.told(index)
    faces: list[JsonValue] = [_edges(face) for face in export.faces]
    text: list[JsonValue] = [_edges(box) for box in told.text] if told else []
    return {
        **_cut(targets, index, export),
        "encoding": export.encoding,
        "quality": export.quality,
        "ssim": None if export.ssim is None else round(export.ssim, 4),
        "upscaled": export.upscaled,
        "faces": None if targets.order.faces is None else faces,
        "text": text,
        "see_through": _see_through(export),
        "notes": [*targets.notes(index, export.encoding), *_unseen(targets)],
    }


def _cut(targets: Targets, index: int, export: Export) -> Facts:
    whole = targets.order.whole
    if whole is not None:
        says = _WHOLE[targets.order.spec.layers is not None]
        return {
            "crop": {"left": 0, "top": 0, "width": whole.width, "height": whole.height},
            "score": 1.0,
            "reasons": [_reason("whole", says)],
        }
    box = export.crop
    found: list[JsonValue] = [{"kind": one.kind, "says": one.says, "value": one.value} for one in export.reasons]
    return {
        "crop": {"left": box.left, "top": box.top, "width": box.size.width, "height": box.size.height},
        "score": export.score,
        "reasons": found or [_said(targets, index)],
    }


def _said(targets: Targets, index: int) -> JsonValue:
    """Return the reason of a crop that nobody searched."""
    if targets.order.spec.exports[targets.ordinal(index)].box is not None:
        return _reason("window", "The window that was chosen.")
    if targets.order.spec.mode == "fit":
        return _reason("whole", "The whole picture is kept.")
    return _reason("middle", "Placed around the middle, as asked for.")


def _reason(kind: str, says: str) -> JsonValue:
    return {"kind": kind, "says": says, "value": 1.0}


def _unseen(targets: Targets) -> tuple[str, ...]:
    """Return that faces were not looked for, where that would have mattered."""
    order = targets.order
    mattered = order.spec.mode == "smart" and order.whole is None
    return (_UNSEEN,) if order.faces is None and mattered else ()


def _edges(box: Box) -> JsonValue:
    return [box.left, box.top, box.right, box.bottom]


def _see_through(export: Export) -> float:
    """Return the share of pixels that are more than half transparent."""
    if not export.has_alpha:
        return 0.0
    return round(float((codec.decode(export.data).pixels[..., 3] < 128).mean()), 4)  # noqa: PLR2004 - half
