"""What something would cost: the same plan without the door, so that a quote and a charge can't differ."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import JsonValue, ValidationError

from backend.errors import FieldError, InvalidRequest, NoProvider, RequestRefused, UnsupportedOperation
from backend.imaging.types import Size
from backend.schemas.control import ControlRequest
from backend.schemas.create import CreateRequest
from backend.schemas.edit import EditRequest
from backend.schemas.fields import FlatForm
from backend.schemas.recode import CompressRequest, ConvertRequest
from backend.schemas.social_request import SocialRequest
from backend.schemas.upscale import UpscaleRequest
from backend.services.image_studio.inputs import announced
from backend.services.image_studio.plans import Told, choices_of
from backend.services.image_studio.quotes import answer_for, quote
from backend.services.image_studio.routing import AUTO, Need, rank
from backend.services.image_studio.shapes import USUAL_SIDE

if TYPE_CHECKING:
    from backend.schemas.estimate import EstimateAnswer, EstimateRequest
    from backend.schemas.personas import PersonaView
    from backend.services.image_studio.desk import Studios
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Plan
    from backend.services.image_studio.preferences import QualityTable
    from backend.services.image_studio.routing import Ranking

Form = TypeVar("Form", bound=FlatForm)


@contextmanager
def pointing_into_request() -> Generator[None]:
    """Let what is refused of a body that is to be priced be pointed at where it stands: within `request`."""
    try:
        yield
    except RequestRefused as refusal:
        errors = tuple(replace(one, pointer=f"/request{one.pointer}") for one in refusal.errors)
        raise replace(refusal, errors=errors) from refusal


def upscale_in(request: EstimateRequest) -> UpscaleRequest | None:
    """Return the upscale that is to be priced, None if it is something else.

    An upscale has a picture, and names neither an operation nor platforms or what they are kept in.

    Raises:
        InvalidRequest: its body has wrong fields; pointers lead into `request`.
    """
    body = request.request or {}
    is_other = request.operation in RECODING or {"operation", "platforms", "export_set_id"} & body.keys()
    if is_other or not {"image_base64", "image_asset_id"} & body.keys():
        return None
    with pointing_into_request():
        return _read(UpscaleRequest, body)


def upscale_quote(request: UpscaleRequest, image: Input, studios: Studios, market: Market) -> EstimateAnswer:
    """Return what an upscale of a picture costs.

    Raises:
        InvalidRequest: the size that is asked for can't be made; pointers lead into `request`.
        NoProvider: no engine can do it now.
    """
    with pointing_into_request():
        return quote(studios.upscales.plan(request, image, market))


def creation_in(request: EstimateRequest) -> CreateRequest | None:
    """Return the create that is to be priced, None if it is something else.

    Raises:
        InvalidRequest: its body has wrong fields; pointers lead into `request`.
    """
    body = request.request
    if body is None or _planner(request.operation, body) is not _creation:
        return None
    with pointing_into_request():
        return _read(CreateRequest, body)


def estimate_of(
    request: EstimateRequest, studios: Studios, market: Market, persona: PersonaView | None = None
) -> EstimateAnswer:
    """Return what a request costs: by its own plan if the full body is given, else by its outline.

    `persona` is the one that a create means, if it means one.

    Raises:
        InvalidRequest: the body or the outline names something that does not exist; pointers lead into `request`.
        UnsupportedOperation: there is no such edit.
        NoProvider: no engine can do it now.
    """
    body = request.request
    if body is None:
        return outline(request, market, studios.creation.preferences)
    creation = creation_in(request)
    with pointing_into_request():
        if creation:
            return quote(studios.creation.plan(creation, market, persona))
        return quote(_planner(request.operation, body)(body, studios, market))


Body = dict[str, JsonValue]
Planner = Callable[[Body, "Studios", "Market"], "Plan"]


def _creation(body: Body, studios: Studios, market: Market) -> Plan:
    return studios.creation.plan(_read(CreateRequest, body), market)


def _edit(body: Body, studios: Studios, market: Market) -> Plan:
    asked = _read(EditRequest, body)
    return studios.edits.plan(asked, announced(asked, studios.edits.inputs(asked)), market)


def _control(body: Body, studios: Studios, market: Market) -> Plan:
    asked = _read(ControlRequest, body)
    return studios.controls.plan(asked, announced(asked, studios.controls.inputs(asked)), market)


def _social(body: Body, studios: Studios, market: Market) -> Plan:
    asked = _read(SocialRequest, body)
    return studios.socials.plan(asked, announced(asked, studios.socials.inputs(asked)), market)


def _compression(body: Body, studios: Studios, market: Market) -> Plan:
    asked = _read(CompressRequest, body)
    return studios.conversions.plan(asked, announced(asked, studios.conversions.inputs(asked)), market)


def _conversion(body: Body, studios: Studios, market: Market) -> Plan:
    asked = _read(ConvertRequest, body)
    return studios.conversions.plan(asked, announced(asked, studios.conversions.inputs(asked)), market)


RECODING: Mapping[str, Planner] = {"compress": _compression, "convert": _conversion}
"""What plans a body whose operation is said beside it: its own fields would fit others too."""
PLANNERS: tuple[tuple[str, Planner], ...] = (
    ("control_image_base64", _control),
    ("control_image_asset_id", _control),
    ("operation", _edit),
    ("platforms", _social),
    ("export_set_id", _social),
    ("prompt", _creation),
)
"""What plans a body, by a field that only such bodies have: the first row that fits, the last for all others."""


def _planner(operation: str, body: Body) -> Planner:
    return RECODING.get(operation) or next((planner for field, planner in PLANNERS if field in body), PLANNERS[-1][1])


CALLED = {"generate": "create"}
"""What clients call our operations in an outline."""


def outline(request: EstimateRequest, market: Market, table: QualityTable) -> EstimateAnswer:
    """Return what pictures of an outline cost; an engine asked for by name is priced even while it is not ready.

    Raises:
        UnsupportedOperation: there is no such operation.
        InvalidRequest: there is no such engine or model, or it does not do this.
        NoProvider: no engine can do it.
    """
    operation = _known(request.operation, market)
    size = _size(request) if operation == "create" else None
    need = Need(
        operation=operation,
        quality=request.quality,
        size=size,
        provider=request.provider.casefold(),
        model=request.model,
    )
    ranking, lack = _ranking(need, market, table)
    choices, dearer = choices_of(ranking, Told())
    answer = answer_for(choices, dearer, request, resolution=str(size or ""), version=market.prices.version)
    return answer.model_copy(update={"available": False, "reason": lack}) if lack else answer


def _read(form: type[Form], body: Body) -> Form:
    try:
        return form.model_validate(body)
    except ValidationError as wrong:
        errors = tuple(
            FieldError(pointer="/".join(["", *map(str, found["loc"])]), detail=found["msg"])
            for found in wrong.errors(include_url=False, include_input=False, include_context=False)
        )
        raise InvalidRequest(
            detail=f"The request to be priced has wrong fields: {errors[0].detail}.", errors=errors
        ) from None


def _known(called: str, market: Market) -> str:
    operation = CALLED.get(called, called)
    known = dict.fromkeys(offer.operation for offer in market.offers)
    if operation not in known:
        raise UnsupportedOperation(detail=f'There is no operation "{called}" to price.', known=tuple(known))
    return operation


def _ranking(need: Need, market: Market, table: QualityTable) -> tuple[Ranking, str]:
    try:
        return rank(need, market, table), ""
    except NoProvider as nobody:
        if need.provider == AUTO and need.model is None:
            raise
        return rank(need, replace(market, missing={}, ailing={}), table), nobody.detail


def _size(request: EstimateRequest) -> Size:
    width = request.width or request.height or USUAL_SIDE
    return Size(width, request.height or width)
