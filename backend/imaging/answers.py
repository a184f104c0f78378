"""How a child that decodes foreign bytes answers: as plain data, never as a pickle.

A decoder taken over by a hostile file could send anything. So its answer is read as JSON and two blobs, each field is
checked, and the rewritten file and thumbnail are sniffed like any other bytes from outside.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from backend.errors import InvalidImage, RequestRefused, StudioError, TooLarge, UnsupportedFormat, WorkerOverrun
from backend.imaging.provenance.told import report_of
from backend.imaging.provenance.told import told as told_of
from backend.imaging.sniff import measure
from backend.imaging.types import Inspected
from backend.imaging.wire import OUT_OF_MEMORY, Blob, Ended, Frame, Tag

if TYPE_CHECKING:
    from backend.imaging.provenance.types import Report

_REFUSALS: Final = {kind.slug: kind for kind in (InvalidImage, TooLarge, UnsupportedFormat)}
_THUMBHASH: Final = re.compile(r"[A-Za-z0-9+/]{4,60}={0,2}")
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_NAME: Final = re.compile(r"[ -~]{1,60}")
_WORD: Final = re.compile(r"[a-z ]{1,20}")
_PARTS: Final = 3
CRASHED: Final = "the picture breaks the decoder"
OVERRUN: Final = "decoding the picture takes more time or memory than it may"
_LONGEST_TEXT: Final = 500


def inspected_frame(found: Inspected) -> Frame:
    """Return the answer of a child that succeeded."""
    told = {
        "has_alpha": found.has_alpha,
        "thumbhash": found.thumbhash,
        "colour": found.colour,
        "removed": found.removed,
        "colours": found.colours,
        "marks": told_of(found.marks) if found.marks else None,
    }
    return Frame(Tag.DONE, (json.dumps(told).encode(), found.data, found.thumbnail))


def report_frame(found: Report) -> Frame:
    """Return the answer of a child that read a file's marks."""
    return Frame(Tag.DONE, (json.dumps(told_of(found)).encode(),))


def refusal_frame(error: RequestRefused) -> Frame:
    """Return the answer of a child that found the picture wanting."""
    return Frame(Tag.REFUSED, (json.dumps({"slug": error.slug, **asdict(error)}).encode(),))


def read_inspected(frame: Frame) -> Inspected:
    """Return what the child found, or raise what it refused with; raises Ended where the answer is not a proper one."""
    if frame.tag == Tag.DONE and len(frame.blobs) == _PARTS:
        return _inspected(_told(frame.blobs[0]), bytes(frame.blobs[1]), bytes(frame.blobs[2]))
    raise _trouble(frame)


def read_report(frame: Frame) -> Report:
    """Return what a child read of a file's marks, or raise as `read_inspected` does."""
    if frame.tag == Tag.DONE and len(frame.blobs) == 1:
        return report_of(_told(frame.blobs[0]))
    raise _trouble(frame)


def _trouble(frame: Frame) -> Exception:
    match frame.tag:
        case Tag.REFUSED if frame.blobs:
            return _refusal(_told(frame.blobs[0]))
        case Tag.OVERRUN:
            return WorkerOverrun(detail=OVERRUN)
        case Tag.FAILED if frame.blobs:
            return _failure(bytes(frame.blobs[0]).decode("latin-1"))
        case _:
            return Ended()


def _inspected(told: dict[str, Any], data: bytes, thumbnail: bytes) -> Inspected:
    sniffed = measure(data)
    removed = told.get("removed")
    if measure(thumbnail).format != "webp" or not isinstance(removed, list):
        raise Ended
    return Inspected(
        data=data,
        mime=sniffed.mime,
        size=sniffed.size,
        has_alpha=told.get("has_alpha") is True,
        thumbnail=thumbnail,
        thumbhash=_matching(_THUMBHASH, told.get("thumbhash")),
        colour=_matching(_COLOUR, told.get("colour")),
        colours=_matching(_NAME, told.get("colours")),
        marks=report_of(told["marks"]) if told.get("marks") else None,
        removed=tuple(_matching(_WORD, word) for word in removed),  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    )


def _failure(text: str) -> StudioError:
    error = (
        WorkerOverrun(detail=OVERRUN) if OUT_OF_MEMORY.search(text) else InvalidImage(detail=CRASHED, found="broken")
    )
    error.__cause__ = RuntimeError(text)
    return error


def _refusal(told: dict[str, Any]) -> RequestRefused:
    kind = _REFUSALS.get(str(told.get("slug")))
    if kind is None:
        raise Ended
    texts = {name: str(told.get(name, ""))[:_LONGEST_TEXT] for name in ("detail", "found")}
    if kind is TooLarge:
        texts["limit"] = str(told.get("limit", ""))[:_LONGEST_TEXT]
    return kind(**texts)  # pyright: ignore[reportArgumentType] - `errors` is not among the texts


def _told(blob: Blob) -> dict[str, Any]:  # Any: JSON from a child that may lie; each field is checked where it is read
    try:
        told: object = json.loads(bytes(blob))
    except (ValueError, RecursionError) as error:
        raise Ended from error
    if not isinstance(told, dict):
        raise Ended
    return told  # pyright: ignore[reportUnknownVariableType] - see above


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Ended
    return value
