"""Reading the steps of recipes: each by its own form, in an order that makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from backend.errors import FieldError, InvalidRequest, NoProvider, RequestRefused
from backend.schemas.base import AssetId
from backend.schemas.create import CreateRequest
from backend.schemas.edit import EditRequest
from backend.schemas.recipes import PICTURE
from backend.schemas.social_request import SocialRequest
from backend.schemas.upscale import UpscaleRequest
from backend.services.image_studio.inputs import Input
from backend.services.recipes.filling import columns_of, filled
from backend.services.recipes.verbs import VERBS, Ask, planned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import JsonValue

    from backend.schemas.fields import FlatForm
    from backend.schemas.recipes import RecipeStep
    from backend.services.recipes.verbs import Terms

SOME = AssetId("0" * 32)
"""Stands for a picture that is still to come."""
COMES_BY_ITSELF = "a step works on what the one before it made, or on the run's picture; leave this out"
NO_BYTES = "a recipe keeps no pictures: put them into the library, and name them by …_asset_id"


def check(steps: tuple[RecipeStep, ...], terms: Terms) -> None:
    """Check that the steps of a recipe can be read, and follow each other.

    Raises:
        InvalidRequest: they can't; each reason is pointed at.
    """
    errors = tuple(error for place, step in enumerate(steps) for error in _wrong(place, step, terms))
    errors = errors or tuple(_out_of_order(steps))
    if errors:
        raise InvalidRequest(detail=f"The steps can't be done: {errors[0].detail}.", errors=errors)


def needs_picture(steps: tuple[RecipeStep, ...]) -> bool:
    """Return whether the first step works on a picture that is there already."""
    return steps[0].verb != "create"


def ask_of(step: RecipeStep, row: Mapping[str, JsonValue], picture: AssetId | None) -> Ask:
    """Return a step as the door is asked for it.

    Raises:
        InvalidRequest: what the row says does not fit the form; pointers lead into the step's request.
    """
    verb = VERBS[step.verb]
    body = filled(step.request, row)
    if verb.picture:
        body[verb.picture] = picture
    return Ask(form=_read(verb.form, body), picture=picture)


def _read(form: type[FlatForm], body: dict[str, JsonValue]) -> FlatForm:
    try:
        return form.model_validate({**body, "response_format": "url"})
    except ValidationError as wrong:
        errors = tuple(
            FieldError(pointer="/".join(["", *map(str, found["loc"])]), detail=found["msg"])
            for found in wrong.errors(include_url=False, include_input=False, include_context=False)
        )
        raise InvalidRequest(detail=errors[0].detail, errors=errors) from None


def _wrong(place: int, step: RecipeStep, terms: Terms) -> Iterator[FieldError]:
    """Yield what is wrong with a step by itself."""
    here = f"/steps/{place}/request"
    own = VERBS[step.verb].picture
    for name, value in step.request.items():
        if name in {own, f"{(own or '').removesuffix('_asset_id')}_base64"}:
            yield FieldError(pointer=f"{here}/{name}", detail=COMES_BY_ITSELF)
        elif name.endswith("_base64") and value:
            yield FieldError(pointer=f"{here}/{name}", detail=NO_BYTES)
    columns = columns_of((step,))
    try:
        ask = ask_of(step, {name: name for name in columns}, SOME)
        # Where no row fills it in, it is known already whether anybody understands it; sizes are known when it is run.
        if not columns and not isinstance(ask.form, UpscaleRequest):
            planned(ask.form, Input(), terms)
    except NoProvider:
        return  # an engine may be there when the recipe is run
    except RequestRefused as refusal:
        yield from _pointed(here, refusal)


def _pointed(here: str, refusal: RequestRefused) -> Iterator[FieldError]:
    for error in refusal.errors:
        yield FieldError(pointer=f"{here}{error.pointer}", detail=error.detail)
    if not refusal.errors:
        yield FieldError(pointer=here, detail=refusal.detail)


def _out_of_order(steps: tuple[RecipeStep, ...]) -> Iterator[FieldError]:
    """Yield what can't follow what stands before it."""
    for place, (step, before) in enumerate(zip(steps, (None, *steps[:-1]), strict=True)):
        here = f"/steps/{place}/verb"
        if step.verb == "create" and before:
            yield FieldError(pointer=here, detail="`create` makes a picture from nothing, so it can only come first")
        if step.verb == "relayout" and before and before.verb not in {"create", "relayout"}:
            detail = f"`relayout` needs a design, and after `{before.verb}` there is only a picture"
            yield FieldError(pointer=here, detail=detail)
        if before and (why := _ends(before)):
            yield FieldError(pointer=here, detail=why)


def _ends(step: RecipeStep) -> str | None:
    """Return why nothing can follow a step; None if something can."""
    form = ask_of(step, {name: name for name in columns_of((step,))}, SOME).form
    match form:
        case CreateRequest() if form.num_variations > 1:
            return "several variations were made before, and a step goes on with one picture: set num_variations to 1"
        case SocialRequest():
            return "`social` makes many files, and a step goes on with one picture"
        case EditRequest() if form.operation == "select":
            return "`select` makes a mask, and a mask is no picture to go on with"
        case _:
            return None


def missing_in(columns: tuple[str, ...], row: Mapping[str, JsonValue], *, picture: bool) -> tuple[str, ...]:
    """Return the columns that a row would need and has not."""
    return tuple(name for name in (*((PICTURE,) if picture else ()), *columns) if row.get(name) in {None, ""})
