"""Control: pictures that follow a given one, as a table; the plan of each, and the promise that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, ProviderMisbehaved, UnsupportedOperation
from backend.schemas.control import INPUTS, ControlFields, ControlOperationsAnswer, ControlOperationView, NamedStyle
from backend.schemas.specs import ControlSpec, SketchSpec, StructureSpec, StyleSpec, StyleTransferSpec
from backend.services.image_studio.free_words import rank_by_words, who_serves
from backend.services.image_studio.inputs import ids
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need
from backend.services.image_studio.shapes import of_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.imaging.types import Size
    from backend.providers.base import Offer
    from backend.schemas.base import Facts
    from backend.schemas.control import ControlRequest
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable

_ALWAYS_USED = frozenset(
    {
        *("operation", "provider", "model", "response_format", "output_format", "seed", "negative_prompt"),
        *("control_image_base64", "control_image_asset_id"),
    }
)
_SEEN = {"prompt": "prompt", "style_image": "style_image_base64"}
"""Where a field of the table stands in the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlOperation:
    """One row of the table behind `/control/operations`."""

    label: str
    description: str
    fields: ControlFields
    required: tuple[str, ...]
    """Fields that must be given besides the picture to follow."""
    invents: bool
    """True if only an engine will do that paints from free words."""
    is_async: bool = False
    """True if engines usually take longer than a caller waits."""
    spec: Callable[[ControlRequest, Mapping[str, object]], ControlSpec]
    """Gives the spec; what every spec has is passed beside the request."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the pictures it reads, by field."""
        return INPUTS if self.fields.style_image else INPUTS[:1]


def _sketch(request: ControlRequest, shared: Mapping[str, object]) -> SketchSpec:
    return SketchSpec.model_validate({**shared, "strength": request.control_strength})


def _structure(request: ControlRequest, shared: Mapping[str, object]) -> StructureSpec:
    return StructureSpec.model_validate({**shared, "strength": request.control_strength})


def _style(request: ControlRequest, shared: Mapping[str, object]) -> StyleSpec:
    return StyleSpec.model_validate({**shared, "fidelity": request.fidelity})


def _style_transfer(request: ControlRequest, shared: Mapping[str, object]) -> StyleTransferSpec:
    strengths = {name: getattr(request, name) for name in ("style_strength", "composition_fidelity", "change_strength")}
    return StyleTransferSpec.model_validate({**shared, **strengths})


OPERATIONS: Mapping[str, ControlOperation] = {
    "sketch": ControlOperation(
        label="Sketch to picture",
        description="Fills in a drawing: a new picture from your words that keeps to its lines.",
        fields=ControlFields(control_strength=True, aspect_ratio=True, style_preset=True),
        required=("prompt",),
        invents=True,
        spec=_sketch,
    ),
    "structure": ControlOperation(
        label="Keep the structure",
        description="Makes something else from your words, built and lit as the picture is.",
        fields=ControlFields(control_strength=True, aspect_ratio=True, style_preset=True),
        required=("prompt",),
        invents=True,
        spec=_structure,
    ),
    "style": ControlOperation(
        label="Style",
        description="The picture painted over in a named style; or, with an engine that invents pictures, something"
        " new from your words in the style of the picture.",
        fields=ControlFields(fidelity=True, aspect_ratio=True, style_preset=True),
        required=("prompt",),
        invents=False,
        spec=_style,
    ),
    "style_transfer": ControlOperation(
        label="Style of another picture",
        description="The picture in the style of another one: its colours, strokes and texture.",
        fields=ControlFields(
            style_image=True, style_strength=True, composition_fidelity=True, change_strength=True, negative_prompt=True
        ),
        required=("style_image",),
        invents=False,
        spec=_style_transfer,
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
            InvalidRequest: it needs words or a picture that the request lacks.
        """
        operation = _operation(request.operation)
        _check(request, operation)
        return operation.inputs

    def plan(self, request: ControlRequest, inputs: Mapping[str, Input], market: Market) -> Plan:
        """Return what will be done with the stored pictures, which are given by field.

        Raises:
            UnsupportedOperation: there is no such operation.
            InvalidRequest: something it needs is missing, or there is no such engine or model.
            NoProvider: no engine can do it now.
        """
        operation = _operation(request.operation)
        _check(request, operation)
        spec = operation.spec(request, self._shared(request, operation, inputs))
        need = Need(
            operation=spec.operation,
            output_format=spec.output_format,
            provider=request.provider.casefold(),
            model=request.model,
            input_size=inputs["control_image"].size if "control_image" in inputs else None,
            free_words=operation.invents,
        )
        told = Told(ignored=_unused(request, operation), unusable=lambda offer: _unusable(request, offer))
        return plan_of(spec, rank_by_words(need, market, self._quality), market, told)

    def finish(self, plan: Plan, choice: Choice, before: Mapping[str, Size], after: Made) -> Facts:
        """Return what is to be remembered of the new picture.

        Raises:
            ProviderMisbehaved: an engine that paints over the picture changed its size.
        """
        if not choice.generative and after.size != before["control_image"]:
            detail = f"The picture measured {before['control_image']} and came back as {after.size}."
            raise ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
        return {
            "operation": plan.spec.operation,
            "format": after.format,
            "seed": after.seed,
            "reason": choice.reason,
            "ignored": list(plan.ignored_by(choice)),
            "notes": list(plan.notes),
            "engine": after.facts,
        }

    def operations(self, market: Market) -> ControlOperationsAnswer:
        """Return every operation with who would serve it now, or why nobody can."""
        return ControlOperationsAnswer(
            operations={key: self._view(key, row, market) for key, row in OPERATIONS.items()}
        )

    def _shared(
        self, request: ControlRequest, operation: ControlOperation, inputs: Mapping[str, Input]
    ) -> dict[str, object]:
        """Return what every spec has; the shape only where a new picture may take it."""
        shape = of_shape(request.aspect_ratio) if request.aspect_ratio and operation.fields.aspect_ratio else None
        return {
            **ids(inputs),
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "style_preset": request.style_preset if operation.fields.style_preset else None,
            "width": shape.width if shape else None,
            "height": shape.height if shape else None,
            "seed": self._first_seed() if request.seed is None else request.seed,
            "output_format": request.output_format,
        }

    def _view(self, key: str, row: ControlOperation, market: Market) -> ControlOperationView:
        provider, reason = who_serves(Need(operation=key, free_words=row.invents), market, self._quality)
        return ControlOperationView(
            label=row.label,
            description=row.description,
            provider=provider,
            is_async=row.is_async,
            fields=row.fields,
            required=("control_image", *row.required),
            styles=_styles(key, provider, market),
            available=reason is None,
            reason=reason,
        )


def _styles(key: str, provider: str, market: Market) -> tuple[NamedStyle, ...]:
    """Return the styles that an engine knows by name for an operation."""
    known = (offer.styles for offer in market.offers if (offer.provider, offer.operation) == (provider, key))
    return tuple(NamedStyle(name=name, looks=looks) for styles in known for name, looks in styles)


def _operation(name: str) -> ControlOperation:
    key = name.strip().casefold()
    if key not in OPERATIONS:
        raise UnsupportedOperation(
            detail=f'There is no control "{name}". Known: {", ".join(OPERATIONS)}.', known=tuple(OPERATIONS)
        )
    return OPERATIONS[key]


def _check(request: ControlRequest, operation: ControlOperation) -> None:
    for field in operation.required:
        if request.gives(field) or request.gives(f"{field}_base64") or request.gives(f"{field}_asset_id"):
            continue
        what = "in words what you want to see" if field == "prompt" else "the picture whose style is to be taken"
        detail = f"{operation.label} needs {field}: {what}."
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer=f"/{_SEEN[field]}", detail=detail),))


def _unused(request: ControlRequest, operation: ControlOperation) -> tuple[str, ...]:
    """Return the given fields that change nothing for an operation; defaults count as not given."""
    used = {name for name in type(operation.fields).model_fields if getattr(operation.fields, name)}
    used |= {f"style_image_{how}" for how in ("base64", "asset_id") if operation.fields.style_image}
    return tuple(
        name
        for name, field in type(request).model_fields.items()
        if name not in used | _ALWAYS_USED and getattr(request, name) != field.get_default()
    )


def _unusable(request: ControlRequest, offer: Offer) -> tuple[str, ...]:
    """Return the given fields that an offer has no use for."""
    uses = {
        "prompt": offer.words != "none",
        "negative_prompt": offer.negative_prompt,
        "seed": offer.seed,
        "aspect_ratio": offer.generative,
    }
    return tuple(name for name, used in uses.items() if not used and getattr(request, name) is not None)
