"""Designed graphics from a prompt: drawn by rules, set in real type, exact to the pixel, repeatable to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest
from backend.providers.local.compose import raster
from backend.providers.local.compose.brief import Brief, Composition
from backend.providers.local.compose.canvas import Canvas
from backend.providers.local.compose.changes import changed
from backend.providers.local.compose.choice import plan_for
from backend.providers.local.compose.contrast import write
from backend.providers.local.compose.families import TABLE, named
from backend.providers.local.compose.layers import facts_of, layers_of, plan_of
from backend.providers.local.compose.scene import Scene
from backend.providers.local.compose.stream import stream
from backend.providers.local.compose.zones import Sheet

if TYPE_CHECKING:
    from pydantic import JsonValue

    from backend.providers.local.compose.scene import Plan
    from backend.schemas.specs import RelayoutSpec

FAMILIES: tuple[str, ...] = tuple(family.name for family in TABLE)
SIDES = range(64, 4097)


def compose(brief: Brief) -> Composition:
    """Return the picture for a brief; the same brief gives the same bytes.

    Raises:
        InvalidRequest: a side is outside 64..4096, or a colour is not `#rrggbb`.
    """
    return _drawn(plan_for(brief), _sheet(brief.width, brief.height))


def lay_out(layers: dict[str, JsonValue], width: int, height: int) -> Composition:
    """Return the composition that `layers` describes, laid out anew at another size.

    Raises:
        InvalidRequest: the layers are not those of a composition, or a side is outside 64..4096.
    """
    return _drawn(plan_of(layers), _sheet(width, height))


def relayout(spec: RelayoutSpec) -> Composition:
    """Return a design laid out again as a spec wants it; the same spec gives the same bytes.

    Raises:
        InvalidRequest: its layers are not those of a design, or its words are none.
    """
    return _drawn(changed(spec), _sheet(spec.width, spec.height))


def _sheet(width: int, height: int) -> Sheet:
    wrong = [name for name, side in (("width", width), ("height", height)) if side not in SIDES]
    if wrong:
        said = f"takes {SIDES.start} to {SIDES.stop - 1} pixels"
        raise InvalidRequest(errors=tuple(FieldError(pointer=f"/{name}", detail=said) for name in wrong))
    return Sheet(w=width, h=height)


def _drawn(plan: Plan, sheet: Sheet) -> Composition:
    family = named()[plan.family]
    canvas = Canvas(sheet.w, sheet.h, plan.palette.paper)
    rng = stream(plan.family, plan.seed)
    writing = family.draw(Scene(plan=plan, sheet=sheet, canvas=canvas, rng=rng))
    reached = write(canvas, plan.palette, writing) if writing else None
    grain = family.grain * (0.5 + 0.5 * min(1.0, sheet.u))
    picture = raster.grained(canvas.pixels(), stream("grain", plan.seed), grain)
    return Composition(
        png=raster.png(picture),
        svg=canvas.document(plan.texts.headline),
        layers=layers_of(plan),
        facts=facts_of(plan, sheet, (writing.block if writing else None, reached)),
    )


__all__ = ["FAMILIES", "Brief", "Composition", "compose", "lay_out", "relayout"]
