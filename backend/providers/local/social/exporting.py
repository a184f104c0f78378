"""Exporting in the child: an order becomes targets of the pipeline, and its files are handed over one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from backend.errors import StudioError
from backend.imaging import codec, progress
from backend.imaging.crop.faces import FaceFinder
from backend.imaging.export.aiming import aimed
from backend.imaging.export.pipeline import exports
from backend.imaging.types import Box, Inspected
from backend.providers.base import Handed, Produced
from backend.providers.local import models
from backend.providers.local.social.aiming import Aims, Cut
from backend.providers.local.social.orders import FacesFound
from backend.providers.local.social.targets import Targets
from backend.providers.local.social.telling import facts_of
from backend.schemas.social_request import ReasonView
from backend.schemas.specs.overlays import Overlay

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.export.framing import Framed
    from backend.imaging.export.targets import Export
    from backend.imaging.types import Size
    from backend.providers.local.social.orders import Order

_THREADS: Final = 2
_MIMES: Final = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_finders: dict[Path, FaceFinder] = {}


def export(source: bytes, order: Order) -> None:
    """Hand over each file of an order as it is ready.

    Raises:
        InvalidImage: the picture is broken.
        RequestRefused: there is nothing to be seen in the logo.
        MachineTrouble: the weights that find faces are damaged.
    """
    targets = Targets(order)

    def hand(index: int, outcome: Export | StudioError) -> None:
        progress.hand(_handed(targets, index, outcome))

    faces = _finder(order.faces) if order.known is None else order.known
    found = _tell if isinstance(faces, FaceFinder) else None
    exports(source, targets.wanted, faces=faces, hand=hand, found=found, threads=_THREADS)


def _tell(faces: tuple[Box, ...]) -> None:
    progress.hand(FacesFound(boxes=faces))


def aims(source: bytes, order: Order) -> Aims:
    """Return what each file of an order would show; without what is laid over it, which moves no window.

    Raises as `export` does.
    """
    bare = replace(order, spec=order.spec.model_copy(update={"overlay": Overlay()}))
    faces = _finder(order.faces) if order.known is None else order.known
    found = aimed(source, Targets(bare).wanted, faces=faces, threads=_THREADS)
    whole = Box(0, 0, found.size.width, found.size.height)
    keeps_all = order.spec.mode == "extend" or order.spec.layers is not None
    exports = zip(order.spec.exports, found.framed, strict=True)
    return Aims(
        size=found.size,
        cuts=tuple(
            _cut(framed, whole if keeps_all and export.box is None else framed.box) for export, framed in exports
        ),
        faces=None if faces is None else found.faces,
    )


def _cut(framed: Framed, box: Box) -> Cut:
    reasons = (ReasonView(kind=one.kind, says=one.says, value=one.value) for one in framed.reasons)
    return Cut(box=box, score=framed.score, reasons=tuple(reasons))


def resized(image: bytes, size: Size) -> bytes:
    """Return a picture at another size, as PNG."""
    pixels = codec.decode(image).pixels
    small = cv2.resize(pixels, (size.width, size.height), interpolation=cv2.INTER_AREA)
    return codec.encode(np.asarray(small, np.uint8), "png")


def _handed(targets: Targets, index: int, outcome: Export | StudioError) -> Handed:
    ordinal = targets.ordinal(index)
    if isinstance(outcome, StudioError):
        return Handed(ordinal=ordinal, outcome=outcome)
    seen = Inspected(
        data=outcome.data,
        mime=_MIMES[outcome.encoding],
        size=outcome.size,
        has_alpha=outcome.has_alpha,
        thumbnail=outcome.thumbnail,
        thumbhash=outcome.thumbhash,
        colour=outcome.colour,
    )
    facts = facts_of(targets, index, outcome)
    return Handed(ordinal=ordinal, outcome=Produced(data=outcome.data, facts=facts, seen=seen))


def _finder(weights: Path | None) -> FaceFinder | None:
    """Return what finds faces, loaded once in this process; None where its weights are not installed."""
    if weights is None:
        return None
    if weights not in _finders:
        _finders[weights] = FaceFinder(models.read(weights))
    return _finders[weights]
