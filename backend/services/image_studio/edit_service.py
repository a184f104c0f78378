"""Edit: the operations as a table, the plan of one edit, and the promise that an edit makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import NoProvider, ProviderMisbehaved, UnsupportedOperation
from backend.schemas.edit import INPUTS, OperationFields, OperationsAnswer, OperationView
from backend.schemas.specs import EditSpec, RemoveBackgroundSpec
from backend.services.image_studio.inputs import ids
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.imaging.types import Size
    from backend.schemas.base import AssetId, Facts
    from backend.schemas.edit import EditRequest
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable

_ALWAYS_USED = frozenset({"operation", "provider", "model", "response_format", "image_base64", "image_asset_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOperation:
    """One row of the table behind `/edit/operations`."""

    label: str
    description: str
    fields: OperationFields
    inputs: tuple[str, ...]
    """The pictures it reads, by field."""
    uses: frozenset[str]
    """Fields of the form that change its outcome, besides those of every edit."""
    needs_alpha: bool
    """True if the result always has an alpha channel."""
    is_async: bool = False
    """True if engines usually take longer than a caller waits."""
    spec: Callable[[EditRequest, Mapping[str, AssetId]], tuple[EditSpec, tuple[str, ...]]]
    """Gives the spec, and the fields whose values it can't use."""


def _remove_background(
    request: EditRequest, images: Mapping[str, AssetId]
) -> tuple[RemoveBackgroundSpec, tuple[str, ...]]:
    """A JPEG has no transparency, so that format is dropped for PNG."""
    if request.output_format == "jpg":
        return RemoveBackgroundSpec(image=images["image"]), ("output_format",)
    return RemoveBackgroundSpec(image=images["image"], output_format=request.output_format), ()


OPERATIONS: Mapping[str, EditOperation] = {
    "remove_background": EditOperation(
        label="Remove background",
        description="Cuts out the subject and leaves everything else transparent, as PNG or WebP of the same size.",
        fields=OperationFields(),
        inputs=("image",),
        uses=frozenset({"output_format"}),
        needs_alpha=True,
        spec=_remove_background,
    ),
}


class EditStudioService:
    """Decides about changes to one picture."""

    def __init__(self, *, quality: QualityTable) -> None:
        self._quality = quality

    def inputs(self, request: EditRequest) -> tuple[str, ...]:
        """Return the pictures that the operation reads, by field: only these need to be stored.

        Raises:
            UnsupportedOperation: there is no such operation.
        """
        return _operation(request.operation).inputs

    def plan(self, request: EditRequest, inputs: Mapping[str, Input], market: Market) -> Plan:
        """Return what will be done with the stored pictures, which are given by field.

        Raises:
            UnsupportedOperation: there is no such operation.
            InvalidRequest: there is no such engine or model.
            NoProvider: no engine can do it now.
        """
        operation = _operation(request.operation)
        spec, unfit = operation.spec(request, ids(inputs))
        need = Need(
            operation=spec.operation,
            output_format=spec.output_format,
            provider=request.provider.casefold(),
            model=request.model,
        )
        told = Told(ignored=unfit + _unused(request, operation))
        return plan_of(spec, rank(need, market, self._quality), market, told)

    def finish(self, plan: Plan, choice: Choice, before: Mapping[str, Size], after: Made) -> Facts:
        """Return what is to be remembered of the changed picture. `before` holds the inputs' sizes.

        Raises:
            ProviderMisbehaved: the size changed, or transparency is missing where the operation promises it.
        """
        if after.size != before["image"]:
            raise _broken(choice, f"The picture measured {before['image']} and came back as {after.size}.")
        if _operation(plan.spec.operation).needs_alpha and not after.alpha:
            raise _broken(choice, "The picture came back without transparency.")
        return {
            "operation": plan.spec.operation,
            "format": after.format,
            "reason": choice.reason,
            "ignored": list(plan.ignored_by(choice)),
            "notes": list(plan.notes),
            "engine": after.facts,
        }

    def operations(self, market: Market) -> OperationsAnswer:
        """Return every operation with who would serve it now, or why nobody can."""
        return OperationsAnswer(operations={key: self._view(key, row, market) for key, row in OPERATIONS.items()})

    def _view(self, key: str, row: EditOperation, market: Market) -> OperationView:
        provider, reason = "", None
        try:
            provider = rank(Need(operation=key), market, self._quality).ranked[0].offer.provider
        except NoProvider as nobody:
            reason = nobody.detail
        return OperationView(
            label=row.label,
            description=row.description,
            provider=provider,
            is_async=row.is_async,
            fields=row.fields,
            available=reason is None,
            reason=reason,
        )


def _operation(name: str) -> EditOperation:
    key = name.strip().casefold()
    if key not in OPERATIONS:
        raise UnsupportedOperation(
            detail=f'There is no edit "{name}". Known: {", ".join(OPERATIONS)}.', known=tuple(OPERATIONS)
        )
    return OPERATIONS[key]


def _unused(request: EditRequest, operation: EditOperation) -> tuple[str, ...]:
    """Return the given fields that change nothing for an operation; defaults count as not given."""
    read = {f"{name}{suffix}" for name in INPUTS if name in operation.inputs for suffix in ("_base64", "_asset_id")}
    used = _ALWAYS_USED | operation.uses | read
    defaults = {
        name: field.get_default(call_default_factory=True) for name, field in type(request).model_fields.items()
    }
    given = [n for n in type(request).model_fields if n not in used and getattr(request, n) != defaults[n]]
    options = [f"options.{name}" for name in request.options] if "options" in given else []
    return tuple(name for name in given if name != "options") + tuple(options)


def _broken(choice: Choice, detail: str) -> ProviderMisbehaved:
    return ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
