"""Edit: the plan of one change to one picture, and the promise that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import ProviderMisbehaved
from backend.schemas.edit import OperationsAnswer, OperationView
from backend.schemas.specs import InpaintSpec, Masked, OutpaintSpec, SelectSpec
from backend.services.image_studio.edit_checks import extended, spec_of
from backend.services.image_studio.edit_table import OPERATIONS, operation_of, unused_of
from backend.services.image_studio.free_words import rank_by_words
from backend.services.image_studio.operations import facts_of, unusable, view_of
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.imaging.types import Size
    from backend.schemas.base import Facts
    from backend.schemas.edit import EditRequest
    from backend.schemas.specs import EditSpec, Spec
    from backend.services.image_studio.edit_table import EditOperation
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable

INEXACT = "JPEG changes every pixel a little: PNG and WebP keep what is not edited to the last bit."
ON_WHITE = "JPEG has no transparency: what is see-through in the picture is laid on white."


class EditStudioService:
    """Decides about changes to one picture. `first_seed` gives the seed where the request names none."""

    def __init__(self, *, quality: QualityTable, first_seed: Callable[[], int]) -> None:
        self._quality = quality
        self._first_seed = first_seed

    def inputs(self, request: EditRequest) -> tuple[str, ...]:
        """Return the pictures that the operation reads, by field: only these need to be stored.

        Raises:
            UnsupportedOperation: there is no such operation.
        """
        return operation_of(request.operation).inputs

    def plan(self, request: EditRequest, inputs: Mapping[str, Input], market: Market) -> Plan:
        """Return what will be done with the stored pictures, which are given by field.

        Raises:
            UnsupportedOperation: there is no such operation.
            InvalidRequest: something is missing or wrong, or there is no such engine or model.
            NoProvider: no engine can do it now.
        """
        operation = operation_of(request.operation)
        spec = spec_of(operation, request, inputs, seed=self._first_seed())
        ranking = rank_by_words(_need(spec, operation, request, inputs), market, self._quality)
        dropped = ("output_format",) if request.output_format != spec.output_format else ()
        told = Told(
            ignored=dropped + unused_of(request, operation),
            notes=_notes(spec, inputs),
            unusable=lambda offer: unusable(request, operation, offer),
        )
        return plan_of(spec, ranking, market, told)

    def finish(self, plan: Plan, choice: Choice, before: Mapping[str, Size], after: Made) -> Facts:
        """Return what is to be remembered of the changed picture. `before` holds the inputs' sizes.

        Raises:
            ProviderMisbehaved: the size is not what was promised, or transparency is missing where it was.
        """
        spec, promised = plan.spec, _promised(plan.spec, before["image"])
        if after.size != promised:
            raise _broken(choice, f"The picture should measure {promised} and came back as {after.size}.")
        if operation_of(spec.operation).makes_alpha and not after.alpha:
            raise _broken(choice, "The picture came back without transparency.")
        told, engine = facts_of(plan, choice, after), dict(after.facts)
        share = engine.pop("mask_fraction", None)
        return {
            **told,
            "engine": engine,
            "seed": getattr(spec, "seed", None) if after.seed is None else after.seed,
            "style_preset": getattr(spec, "style_preset", None),
            **({} if share is None else {"mask_fraction": share}),
        }

    def operations(self, market: Market) -> OperationsAnswer:
        """Return every operation with who would serve it now, or why nobody can."""
        return OperationsAnswer(operations={key: self._view(key, row, market) for key, row in OPERATIONS.items()})

    def _view(self, key: str, row: EditOperation, market: Market) -> OperationView:
        own = {
            "fields": row.fields,
            "required": tuple(one.any_of for one in row.required),
            "options": row.option_schemas,
            "formats": row.formats,
        }
        return OperationView.model_validate({**view_of(key, row, market, self._quality), **own})


def is_settled(spec: Spec) -> bool:
    """Return whether the studio itself writes the result's file, so that engines may answer with a PNG."""
    return isinstance(spec, Masked | OutpaintSpec)


def _need(spec: EditSpec, operation: EditOperation, request: EditRequest, inputs: Mapping[str, Input]) -> Need:
    return Need(
        operation=spec.operation,
        provider=request.provider.casefold(),
        model=request.model,
        output_format="png" if is_settled(spec) else spec.output_format,
        input_size=inputs["image"].size if "image" in inputs else None,
        variant=spec.what if isinstance(spec, SelectSpec) else None,
        spec=spec,
        free_words=operation.free_words or (isinstance(spec, InpaintSpec) and spec.prompt is not None),
    )


def _notes(spec: EditSpec, inputs: Mapping[str, Input]) -> tuple[str, ...]:
    if spec.output_format != "jpg" or not is_settled(spec):
        return ()
    seen_through = "image" in inputs and inputs["image"].may_be_see_through
    exact = isinstance(spec, OutpaintSpec) or (isinstance(spec, Masked) and spec.mask is not None)
    return ((INEXACT,) if exact else ()) + ((ON_WHITE,) if seen_through else ())


def _promised(spec: Spec, before: Size) -> Size:
    return extended(before, spec) if isinstance(spec, OutpaintSpec) else before


def _broken(choice: Choice, detail: str) -> ProviderMisbehaved:
    return ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
