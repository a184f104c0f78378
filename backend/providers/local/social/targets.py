"""What an order asks of the pipeline: a target for each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.imaging.crop.windows import Focus
from backend.imaging.export.targets import USUAL, Background, Quality, Target
from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from backend.imaging.codec import Encoding
    from backend.imaging.export.targets import Mode
    from backend.providers.local.dress import Dress, Told
    from backend.providers.local.social.orders import Order
    from backend.schemas.specs import ExportSpec, SocialSpec
    from backend.schemas.specs.social import Window


class Targets:
    """The targets of an order, and what each of them is for."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._exports = [order.spec.exports[ordinal] for ordinal in order.ordinals]
        self._dresses = _dresses(order, self._exports)
        dressed = zip(self._exports, self._dresses, strict=True)
        self.wanted = [_target(order, export, dress) for export, dress in dressed]

    def ordinal(self, index: int) -> int:
        """Return the ordinal of a file among all of the spec."""
        return self.order.ordinals[index]

    def notes(self, index: int, made: Encoding) -> tuple[str, ...]:
        """Return what was done otherwise than asked for with a file that was made as this."""
        export, told = self._exports[index], self.told(index)
        most, kind = (export.most_bytes or 0) / 1000, export.encodings[0].upper()
        other = f"As {kind} it would take more than {most:,.0f} KB, so the file is of another type."
        return (*(() if made in export.encodings else (other,)), *(told.notes if told else ()))

    def told(self, index: int) -> Told | None:
        """Return what was laid over a file; of several that look alike only one was dressed."""
        own = self._dresses[index]
        if own is None:
            return None
        alike = (one.told for one in (own, *self._dresses) if one is not None and one == own)
        return next((told for told in alike if told.notes or told.text or told.logo), own.told)


def _target(order: Order, export: ExportSpec, dress: Dress | None) -> Target:
    spec = order.spec
    box = None if order.whole else export.box
    return Target(
        size=Size(export.width, export.height),
        mode=_mode(order),
        box=None if box is None else _boxed(box),
        focus=Focus(export.focus.x, export.focus.y) if export.focus and not order.whole else None,
        safe=export.safe,
        covered=_covered(export),
        background=Background(kind=spec.background.kind, colour=spec.background.colour),
        encodings=export.encodings,
        quality=_quality(spec),
        instead=export.instead,
        most_bytes=export.most_bytes,
        dress=dress,
    )


def _mode(order: Order) -> Mode:
    mode = order.spec.mode
    return "center" if order.whole or mode == "extend" else mode


def _quality(spec: SocialSpec) -> Quality:
    return Quality(fixed=spec.quality or USUAL, min_ssim=spec.min_ssim)


def _boxed(window: Window) -> Box:
    return Box(window.left, window.top, window.left + window.width, window.top + window.height)


def _covered(export: ExportSpec) -> tuple[Box, ...]:
    return tuple(Box(left, top, left + wide, top + high) for left, top, wide, high in export.covered)


def _dresses(order: Order, exports: list[ExportSpec]) -> list[Dress | None]:
    overlay = order.spec.overlay
    if not overlay:
        return [None] * len(exports)
    from backend.providers.local.dress import Place, dress_of, logo_of  # noqa: PLC0415 - most orders load no fonts

    def place(export: ExportSpec) -> Place:
        size = Size(export.width, export.height)
        return Place(size=size, safe=export.safe, covered=_covered(export), circle=export.circle)

    mark = logo_of(order.logo) if order.logo and overlay.logo else None
    return [dress_of(overlay, mark, place(export)) for export in exports]
