"""The verbs of steps: whose form each is, how it is planned, and how the door is asked to admit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.imaging.types import Size
from backend.schemas.control import ControlRequest
from backend.schemas.create import CreateRequest
from backend.schemas.edit import EditRequest
from backend.schemas.recode import CompressRequest, ConvertRequest
from backend.schemas.relayout import RelayoutRequest
from backend.schemas.social_request import SocialRequest
from backend.schemas.specs import OutpaintSpec
from backend.schemas.upscale import UpscaleRequest
from backend.services.image_studio.edit_checks import extended
from backend.services.image_studio.inputs import Input, announced
from backend.services.image_studio.shapes import USUAL_SIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.base import AssetId, Caller, JobId
    from backend.schemas.fields import FlatForm
    from backend.schemas.personas import PersonaView
    from backend.schemas.recipes import StepVerb
    from backend.services.image_studio.desk import Studios, Submission
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Plan
    from backend.services.image_studio.studio_manager import ImageStudioManager

UNKNOWN = Size(USUAL_SIDE, USUAL_SIDE)
"""What a picture is taken for whose size nobody can know yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """What a verb asks with: its form, and the form's field for the picture, if it has one."""

    form: type[FlatForm]
    picture: str | None


VERBS: Mapping[StepVerb, Verb] = {
    "create": Verb(form=CreateRequest, picture=None),
    "edit": Verb(form=EditRequest, picture="image_asset_id"),
    "upscale": Verb(form=UpscaleRequest, picture="image_asset_id"),
    "control": Verb(form=ControlRequest, picture="control_image_asset_id"),
    "relayout": Verb(form=RelayoutRequest, picture=None),
    "social": Verb(form=SocialRequest, picture="image_asset_id"),
    "compress": Verb(form=CompressRequest, picture="image_asset_id"),
    "convert": Verb(form=ConvertRequest, picture="image_asset_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What plans are made with."""

    studios: Studios
    market: Market
    persona: PersonaView | None = None


def planned(form: FlatForm, picture: Input, terms: Terms) -> Plan | None:
    """Return the plan of a step on a picture; None where only the design itself tells, as for a relayout.

    Raises:
        StudioError: it would be refused.
    """
    studios, market = terms.studios, terms.market
    match form:
        case CreateRequest():
            return studios.creation.plan(form, market, terms.persona)
        case UpscaleRequest():
            return studios.upscales.plan(form, picture, market)
        case EditRequest():
            inputs = announced(form, studios.edits.inputs(form)) | {"image": picture}
            return studios.edits.plan(form, inputs, market)
        case ControlRequest():
            inputs = announced(form, studios.controls.inputs(form)) | {"control_image": picture}
            return studios.controls.plan(form, inputs, market)
        case _:
            return _written(form, picture, terms)


def _written(form: FlatForm, picture: Input, terms: Terms) -> Plan | None:
    """Return the plan of a step that writes the picture as other files."""
    match form:
        case SocialRequest():
            inputs = announced(form, terms.studios.socials.inputs(form)) | {"image": picture}
            return terms.studios.socials.plan(form, inputs, terms.market)
        case CompressRequest() | ConvertRequest():
            return terms.studios.conversions.plan(form, {"image": picture}, terms.market)
        case _:
            return None


def after(plan: Plan | None, picture: Input) -> Input:
    """Return what is known beforehand of the picture that a step makes."""
    if plan is None:
        return picture
    spec = plan.spec
    size = picture.size or UNKNOWN
    if isinstance(spec, OutpaintSpec):
        size = extended(size, spec)
    width, height = getattr(spec, "width", None), getattr(spec, "height", None)
    if isinstance(width, int) and isinstance(height, int):
        size = Size(width, height)
    kind = str(getattr(spec, "output_format", "png"))
    return Input(size=size, mime="image/jpeg" if kind == "jpg" else f"image/{kind}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A step as the door is asked for it: the form, and the picture where the form has no field for it."""

    form: FlatForm
    picture: AssetId | None


async def admitted(studio: ImageStudioManager, caller: Caller, ask: Ask, sent: Submission) -> JobId:
    """Admit a step as a job of its own.

    Raises:
        StudioError: it is refused.
    """
    match ask.form:
        case CreateRequest() as form:
            return await studio.create_image(caller, form, sent)
        case EditRequest() as form:
            return await studio.edit_image(caller, form, {}, sent)
        case ControlRequest() as form:
            return await studio.control_image(caller, form, {}, sent)
        case RelayoutRequest() as form if ask.picture is not None:
            return await studio.relayout(caller, ask.picture, form, sent)
        case _:
            return await _resized(studio, caller, ask.form, sent)


async def _resized(studio: ImageStudioManager, caller: Caller, form: FlatForm, sent: Submission) -> JobId:
    """Admit a step that keeps what the picture shows, in other pixels or other files."""
    match form:
        case UpscaleRequest():
            return await studio.upscale_image(caller, form, {}, sent)
        case SocialRequest():
            return await studio.optimize_for_social(caller, form, {}, sent)
        case CompressRequest() | ConvertRequest():
            return await studio.recode_image(caller, form, {}, sent)
        case _:
            raise TypeError(type(form).__name__)
