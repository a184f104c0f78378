"""Control: pictures that follow a given one, as a table; the plan of each, and the promise that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from backend.errors import ProviderMisbehaved
from backend.schemas.control import (
    ControlFields,
    ControlOperationsAnswer,
    ControlOperationView,
    ControlRequest,
    NamedStyle,
)
from backend.schemas.specs import ControlSpec, SketchSpec, StructureSpec, StyleSpec, StyleTransferSpec
from backend.services.image_studio.free_words import rank_by_words
from backend.services.image_studio.operations import (
    Operation,
    Required,
    checked,
    facts_of,
    missing,
    refuse,
    row_of,
    unusable,
    unused,
    values_of,
    view_of,
)
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need
from backend.services.image_studio.shapes import of_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.imaging.types import Size
    from backend.schemas.base import Facts
    from backend.schemas.fields import FlatForm
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlOperation(Operation[ControlSpec]):
    """One row of the table behind `/control/operations`. Its shape stands in the form as a ratio."""

    FORM: ClassVar[type[FlatForm]] = ControlRequest
    NAMES: ClassVar[Mapping[str, str]] = {"strength": "control_strength", "width": "aspect_ratio"}

    @property
    def fields(self) -> ControlFields:
        """Return which parts of the form it uses."""
        used = {*self.inputs, *self.form}
        return ControlFields(**{name: name in used for name in ControlFields.model_fields})


_WORDS = Required(any_of=("prompt",), why="Say in words what you want to see, as `prompt`")

OPERATIONS: Mapping[str, ControlOperation] = {
    "sketch": ControlOperation(
        label="Sketch to picture",
        description="Fills in a drawing: a new picture from your words that keeps to its lines.",
        spec=SketchSpec,
        required=(_WORDS,),
        free_words=True,
    ),
    "structure": ControlOperation(
        label="Keep the structure",
        description="Makes something else from your words, built and lit as the picture is.",
        spec=StructureSpec,
        required=(_WORDS,),
        free_words=True,
    ),
    "style": ControlOperation(
        label="Style",
        description="The picture painted over in a named style; or, with an engine that invents pictures, something"
        " new from your words in the style of the picture.",
        spec=StyleSpec,
        required=(_WORDS,),
    ),
    "style_transfer": ControlOperation(
        label="Style of another picture",
        description="The picture in the style of another one: its colours, strokes and texture.",
        spec=StyleTransferSpec,
        required=(Required(any_of=("style_image",), why="Send the picture whose style is to be taken"),),
        without=frozenset({"style_preset", "width", "height"}),
    ),
}


class ControlStudioService:
    """Decides about pictures that follow a given one. `first_seed` gives the seed where the request names none."""

    def __init__(self, *, quality: QualityTable, first_seed: Callable[[], int]) -> None:
        self._quality = quality
        self._first_seed = first_seed

    def inputs(self, request: ControlRequest) -> tuple[str, ...]:
        """Return the pictures that the operation reads, by field: only these need to be stored.

        Raises:
            UnsupportedOperation: there is no such operation.
        """
        return row_of(OPERATIONS, request.operation, "control").inputs

    def plan(self, request: ControlRequest, inputs: Mapping[str, Input], market: Market) -> Plan:
        """Return what will be done with the stored pictures, which are given by field.

        Raises:
            UnsupportedOperation: there is no such operation.
            InvalidRequest: something it needs is missing, or there is no such engine or model.
            NoProvider: no engine can do it now.
        """
        operation = row_of(OPERATIONS, request.operation, "control")
        spec = _spec(operation, request, inputs, seed=self._first_seed())
        need = Need(
            operation=spec.operation,
            output_format=spec.output_format,
            provider=request.provider.casefold(),
            model=request.model,
            input_size=inputs["control_image"].size if "control_image" in inputs else None,
            free_words=operation.free_words,
            spec=spec,
        )
        told = Told(ignored=unused(request, operation), unusable=lambda offer: unusable(request, operation, offer))
        return plan_of(spec, rank_by_words(need, market, self._quality), market, told)

    def finish(self, plan: Plan, choice: Choice, before: Mapping[str, Size], after: Made) -> Facts:
        """Return what is to be remembered of the new picture.

        Raises:
            ProviderMisbehaved: an engine that paints over the picture changed its size.
        """
        if not choice.generative and after.size != before["control_image"]:
            detail = f"The picture measured {before['control_image']} and came back as {after.size}."
            raise ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
        return facts_of(plan, choice, after)

    def operations(self, market: Market) -> ControlOperationsAnswer:
        """Return every operation with who would serve it now, or why nobody can."""
        return ControlOperationsAnswer(
            operations={key: self._view(key, row, market) for key, row in OPERATIONS.items()}
        )

    def _view(self, key: str, row: ControlOperation, market: Market) -> ControlOperationView:
        common = view_of(key, row, market, self._quality)
        own = {
            "fields": row.fields,
            "required": ("control_image", *(name for one in row.required for name in one.any_of)),
            "styles": _styles(key, str(common["provider"]), market),
        }
        return ControlOperationView.model_validate({**common, **own})


def _styles(key: str, provider: str, market: Market) -> tuple[NamedStyle, ...]:
    """Return the styles that an engine knows by name for an operation."""
    known = (offer.styles for offer in market.offers if (offer.provider, offer.operation) == (provider, key))
    return tuple(NamedStyle(name=name, looks=looks) for styles in known for name, looks in styles)


def _spec(
    operation: ControlOperation, request: ControlRequest, inputs: Mapping[str, Input], *, seed: int
) -> ControlSpec:
    """Return the spec of a request; the shape only where a new picture may take it."""
    refuse(missing(operation, request, inputs))
    values = values_of(operation, request, inputs, seed=seed)
    if values.pop("width", None) and request.aspect_ratio:
        shape = of_shape(request.aspect_ratio)
        values |= {"width": shape.width, "height": shape.height}
    return checked(operation, values, {})
