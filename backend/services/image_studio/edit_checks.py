"""What an edit must bring along: the spec that comes of a request, or all that is wrong with it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from backend.errors import FieldError, InvalidRequest
from backend.imaging.containers.facts import MAX_PIXELS, MAX_SIDE
from backend.imaging.types import Size
from backend.schemas.edit import INPUTS
from backend.schemas.specs import Masked, OutpaintSpec, SelectSpec
from backend.services.image_studio.edit_table import FORM_NAMES, OPTION_NAMES
from backend.services.image_studio.inputs import ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.schemas.edit import EditRequest
    from backend.schemas.specs import EditSpec
    from backend.services.image_studio.edit_table import EditOperation, Required
    from backend.services.image_studio.inputs import Input


def spec_of(operation: EditOperation, request: EditRequest, inputs: Mapping[str, Input], *, seed: int) -> EditSpec:
    """Return the spec of a request; `seed` counts where the request has none.

    Raises:
        InvalidRequest: something is missing, out of range or does not fit the picture; each is named.
    """
    _refuse(_missing(operation, request, inputs))
    values: dict[str, object] = {
        **{name: getattr(request, own) for own, name in operation.form.items() if request.gives(own)},
        **{name: request.options[own] for own, name in operation.options.items() if own in request.options},
        **ids(inputs),
    }
    if "seed" in operation.spec.model_fields:
        values.setdefault("seed", seed)
    if request.output_format not in operation.formats:
        values["output_format"] = operation.formats[0]
    try:
        spec = operation.spec.model_validate(values)
    except ValidationError as wrong:
        found = wrong.errors(include_url=False, include_input=False, include_context=False)
        _refuse(FieldError(pointer=_pointer(operation, one["loc"]), detail=one["msg"]) for one in found)
        raise
    _refuse(_unfit(spec, inputs))
    return spec


def extended(size: Size, spec: OutpaintSpec) -> Size:
    """Return the size of an extended picture."""
    return Size(spec.left + size.width + spec.right, spec.up + size.height + spec.down)


def _refuse(errors: Iterator[FieldError]) -> None:
    found = tuple(errors)
    if found:
        raise InvalidRequest(detail=" ".join(f"{error.detail.rstrip('.')}." for error in found), errors=found)


def _missing(operation: EditOperation, request: EditRequest, inputs: Mapping[str, Input]) -> Iterator[FieldError]:
    for one in operation.required:
        if not any(_has(name, request, inputs) for name in one.any_of):
            yield FieldError(pointer=_first_pointer(one), detail=one.why)


def _has(name: str, request: EditRequest, inputs: Mapping[str, Input]) -> bool:
    option = name.removeprefix("options.")
    if option != name:
        return request.options.get(option) is not None
    if name in INPUTS:
        return name in inputs
    return bool(getattr(request, name)) if name in FORM_NAMES.values() else request.gives(name)


def _first_pointer(one: Required) -> str:
    name = one.any_of[0]
    return f"/{name}_base64" if name in INPUTS else f"/{name.replace('.', '/')}"


def _pointer(operation: EditOperation, where: tuple[str | int, ...]) -> str:
    """Return where in the request a field of the spec came from."""
    field, *rest = (str(part) for part in where) if where else ("",)
    option = OPTION_NAMES.get(field, field)
    own = f"options/{option}" if option in operation.options else FORM_NAMES.get(field, field)
    return "/" + "/".join([own, *rest])


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
