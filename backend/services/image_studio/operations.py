"""What the tables of operations on pictures are made of: what of a form each uses follows from its spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from pydantic import ValidationError

from backend.errors import FieldError, InvalidRequest, UnsupportedOperation
from backend.schemas.fields import FlatForm
from backend.schemas.specs.base import Change
from backend.services.image_studio.free_words import who_serves
from backend.services.image_studio.inputs import ids
from backend.services.image_studio.routing import Need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.providers.base import Offer
    from backend.schemas.base import Facts
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable

_ALWAYS_USED = frozenset({"operation", "provider", "model", "response_format", "options"})
SENT_AS = ("_base64", "_asset_id")
"""How the form's fields of a picture end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """Something that an operation can't do without: at least one of these, and why.

    Names are the form's; pictures stand without `_base64`, options as `options.<name>`.
    """

    any_of: tuple[str, ...]
    why: str


AnySpec = TypeVar("AnySpec", bound=Change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Generic[AnySpec]):
    """One row of a table. What of the form it uses follows from its spec."""

    FORM: ClassVar[type[FlatForm]]
    NAMES: ClassVar[Mapping[str, str]] = {}
    """Fields of specs that are called otherwise in the form."""

    label: str
    description: str
    spec: type[AnySpec]
    required: tuple[Required, ...] = ()
    without: frozenset[str] = frozenset()
    """Fields of its spec that mean nothing to it."""
    free_words: bool = False
    """True if only an engine will do that follows any words."""
    is_async: bool = False
    """True if engines usually take longer than a caller waits."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the pictures that it reads, by field."""
        return self.spec.READS

    @property
    def form(self) -> Mapping[str, str]:
        """Return the fields of the form that it uses, pictures aside, each with its name in the spec."""
        named = {self.NAMES.get(name, name): name for name in self.spec.model_fields if name not in self.without}
        return {own: name for own, name in named.items() if own in self.FORM.model_fields and own != "operation"}


Form_contra = TypeVar("Form_contra", bound=FlatForm, contravariant=True)


class Deciding(Protocol[Form_contra]):
    """A service that decides about operations on pictures."""

    def inputs(self, request: Form_contra) -> tuple[str, ...]:
        """Return the pictures that an operation reads, by field."""
        ...

    def plan(self, request: Form_contra, inputs: Mapping[str, Input], market: Market) -> Plan:
        """Return what will be done with these pictures, of which nothing but the fields may be known yet."""
        ...


Row = TypeVar("Row")


def row_of(table: Mapping[str, Row], name: str, kind: str) -> Row:
    """Return a row by its key; `kind` is what the operations of the table are called.

    Raises:
        UnsupportedOperation: there is none.
    """
    key = name.strip().casefold()
    if key not in table:
        raise UnsupportedOperation(
            detail=f'There is no {kind} "{name}". Known: {", ".join(table)}.', known=tuple(table)
        )
    return table[key]


def values_of(
    operation: Operation[AnySpec], request: FlatForm, inputs: Mapping[str, Input], *, seed: int
) -> dict[str, object]:
    """Return what the form says of the spec's fields; `seed` counts where the request has none."""
    form = {name: getattr(request, own) for own, name in operation.form.items() if request.gives(own)}
    first: dict[str, object] = {"seed": seed} if "seed" in operation.spec.model_fields else {}
    return {**first, **form, **ids(inputs)}


def checked(operation: Operation[AnySpec], values: Mapping[str, object], own: Mapping[str, str]) -> AnySpec:
    """Return the spec that holds these values; `own` says how fields are called where they came from.

    Raises:
        InvalidRequest: a value is out of range; each is named.
    """
    try:
        return operation.spec.model_validate(values)
    except ValidationError as wrong:
        found = wrong.errors(include_url=False, include_input=False, include_context=False)
        refuse(FieldError(pointer=_pointer(operation, one["loc"], own), detail=one["msg"]) for one in found)
        raise


def refuse(errors: Iterator[FieldError]) -> None:
    """Refuse a request that has any errors, with all of them.

    Raises:
        InvalidRequest: there are some.
    """
    found = tuple(errors)
    if found:
        raise InvalidRequest(detail=" ".join(f"{error.detail.rstrip('.')}." for error in found), errors=found)


def missing(operation: Operation[AnySpec], request: FlatForm, inputs: Mapping[str, Input]) -> Iterator[FieldError]:
    """Yield what an operation can't do without and the request lacks."""
    for one in operation.required:
        if not any(_has(operation, name, request, inputs) for name in one.any_of):
            yield FieldError(pointer=_first_pointer(operation, one), detail=one.why)


def _has(operation: Operation[AnySpec], name: str, request: FlatForm, inputs: Mapping[str, Input]) -> bool:
    option = name.removeprefix("options.")
    if option != name:
        return getattr(request, "options", {}).get(option) is not None
    if name in operation.inputs:
        return name in inputs
    return bool(getattr(request, name)) if name in operation.NAMES.values() else request.gives(name)


def _first_pointer(operation: Operation[AnySpec], one: Required) -> str:
    name = one.any_of[0]
    return f"/{name}_base64" if name in operation.inputs else f"/{name.replace('.', '/')}"


def _pointer(operation: Operation[AnySpec], where: tuple[str | int, ...], own: Mapping[str, str]) -> str:
    """Return where in the request a field of the spec came from."""
    field, *rest = (str(part) for part in where) if where else ("",)
    return "/" + "/".join([own.get(field, operation.NAMES.get(field, field)), *rest])


def unused(request: FlatForm, operation: Operation[AnySpec]) -> tuple[str, ...]:
    """Return the given fields that change nothing for an operation; defaults count as not given."""
    read = {f"{name}{suffix}" for name in operation.inputs for suffix in SENT_AS}
    used = _ALWAYS_USED | read | set(operation.form)
    defaults = {
        name: field.get_default(call_default_factory=True) for name, field in type(request).model_fields.items()
    }
    return tuple(n for n in type(request).model_fields if n not in used and getattr(request, n) != defaults[n])


def unusable(request: FlatForm, operation: Operation[AnySpec], offer: Offer) -> tuple[str, ...]:
    """Return the given fields that the operation has and an offer has no use for."""
    uses = {
        "prompt": offer.words != "none",
        "negative_prompt": offer.negative_prompt,
        "style_preset": offer.generative or bool(offer.styles),
        "guidance_scale": offer.guidance,
        "steps": offer.steps,
        "aspect_ratio": offer.generative,
        "seed": offer.seed,
    }
    return tuple(name for name, used in uses.items() if not used and name in operation.form and request.gives(name))


def view_of(key: str, row: Operation[AnySpec], market: Market, quality: QualityTable) -> dict[str, object]:
    """Return what people are told of any operation: what it is, and who would serve it now, or why nobody can."""
    provider, reason = who_serves(Need(operation=key, free_words=row.free_words), market, quality)
    return {
        "label": row.label,
        "description": row.description,
        "provider": provider,
        "is_async": row.is_async,
        "available": reason is None,
        "reason": reason,
    }


def facts_of(plan: Plan, choice: Choice, after: Made) -> Facts:
    """Return what is to be remembered of any picture that an operation made of others."""
    return {
        "operation": plan.spec.operation,
        "format": after.format,
        "seed": after.seed,
        "reason": choice.reason,
        "ignored": list(plan.ignored_by(choice)),
        "notes": list(plan.notes),
        "engine": after.facts,
    }
