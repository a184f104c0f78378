"""What an edit must bring along: the spec that comes of a request, or all that is wrong with it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError
from backend.imaging.containers.facts import MAX_PIXELS, MAX_SIDE
from backend.imaging.types import Size
from backend.schemas.specs import Masked, OutpaintSpec, SelectSpec
from backend.services.image_studio.edit_table import FORM_NAMES
from backend.services.image_studio.operations import checked, missing, refuse, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.schemas.edit import EditRequest
    from backend.schemas.specs import EditSpec
    from backend.services.image_studio.edit_table import EditOperation
    from backend.services.image_studio.inputs import Input


def spec_of(operation: EditOperation, request: EditRequest, inputs: Mapping[str, Input], *, seed: int) -> EditSpec:
    """Return the spec of a request; `seed` counts where the request has none.

    Raises:
        InvalidRequest: something is missing, out of range or does not fit the picture; each is named.
    """
    refuse(missing(operation, request, inputs))
    given = {name: request.options[own] for own, name in operation.options.items() if own in request.options}
    values = {**values_of(operation, request, inputs, seed=seed), **given}
    if request.output_format not in operation.formats:
        values["output_format"] = operation.formats[0]
    own = {name: f"options/{option}" for option, name in operation.options.items()}
    spec = checked(operation, values, own)
    refuse(_unfit(spec, inputs))
    return spec


def extended(size: Size, spec: OutpaintSpec) -> Size:
    """Return the size of an extended picture."""
    return Size(spec.left + size.width + spec.right, spec.up + size.height + spec.down)


def _unfit(spec: EditSpec, inputs: Mapping[str, Input]) -> Iterator[FieldError]:
    """Yield what does not go together with the picture, as far as its size is known."""
    size = inputs["image"].size if "image" in inputs else None
    match spec:
        case Masked() if size and "mask" in inputs and inputs["mask"].size not in {None, size}:
            detail = f"The mask measures {inputs['mask'].size} and the picture {size}; make them equal"
            yield FieldError(pointer="/mask_base64", detail=detail)
        case OutpaintSpec() if size:
            yield from _too_large(extended(size, spec), spec)
        case SelectSpec(what="points", points=()):
            yield FieldError(
                pointer="/options/points", detail="Say where: points as fractions, such as {x: 0.5, y: 0.5}"
            )
        case SelectSpec(what="box") if spec.box is None or not _has_area(spec.box):
            detail = "Say which box: left, top, right and bottom as fractions, each smaller than its opposite"
            yield FieldError(pointer="/options/box", detail=detail)
        case _:
            return


def _has_area(box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return left < right and top < bottom


def _too_large(size: Size, spec: OutpaintSpec) -> Iterator[FieldError]:
    if max(size.width, size.height) <= MAX_SIDE and size.pixels <= MAX_PIXELS:
        return
    side = max(FORM_NAMES, key=lambda name: getattr(spec, name))
    detail = (
        f"The extended picture would measure {size}; at most {MAX_SIDE} pixels a side and"
        f" {MAX_PIXELS // 1_000_000} megapixels are possible"
    )
    yield FieldError(pointer=f"/{FORM_NAMES[side]}", detail=detail)
