"""Bodies that carry pictures: JSON with base64, or a form with files and one part `request` that holds the JSON."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field as member
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from backend.errors import FieldError, InvalidRequest, MalformedBody
from backend.routers.base64_pictures import decoded
from backend.routers.edge import check_json
from backend.schemas.edit import INPUTS, EditRequest, SentPicture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData

Schema = Any
"""JSON Schema, which has no narrower name."""
SENT_AS_FILE = "AAAA"
"""Stands in the JSON for a picture that came as a file beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditForm:
    """An edit as it was sent: the form, and the encoded pictures that came with it, by field."""

    request: EditRequest
    images: Mapping[str, SentPicture] = member(default_factory=dict[str, SentPicture])

    @property
    def content(self) -> bytes:
        """Return what tells this body from another one, whichever way it was sent."""
        plain = self.request.model_dump_json(exclude={f"{name}_base64" for name in INPUTS})
        digests = [f"{name}:{hashlib.sha256(sent.data).hexdigest()}" for name, sent in sorted(self.images.items())]
        return "\n".join([plain, *digests]).encode()


async def edit_form(request: Request) -> EditForm:
    """Return the edit that a request holds.

    Raises:
        MalformedBody: neither JSON nor a form with a part `request`.
        InvalidRequest: a field is wrong, or base64 is broken.
    """
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=len(INPUTS), max_fields=1) as form:
            return await _from_form(form)
    asked = _validated(await request.body())
    fields = ((name, f"{name}_base64") for name in INPUTS)
    found = {name: decoded(getattr(asked, field), field) for name, field in fields}
    images = {name: SentPicture(data=data) for name, data in found.items() if data is not None}
    return EditForm(request=asked, images=images)


async def _from_form(form: FormData) -> EditForm:
    text = form.get("request")
    if not isinstance(text, str):
        raise MalformedBody(detail="The form needs one part named `request` that holds the JSON of the edit.")
    content = text.encode()
    check_json(content)
    images: dict[str, SentPicture] = {}
    for name, part in form.multi_items():
        if isinstance(part, UploadFile):
            if name not in INPUTS or name in images:
                raise _wrong(f"/{name}", f"send each picture once, as one of {', '.join(INPUTS)}")
            images[name] = SentPicture(data=await part.read(), name=part.filename or "")
    asked = _validated(content, tuple(images))
    return EditForm(request=asked, images=images)


def _validated(body: bytes, files: tuple[str, ...] = ()) -> EditRequest:
    try:
        asked = EditRequest.model_validate_json(body) if not files else _with_files(body, files)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None
    return asked


def _with_files(body: bytes, files: tuple[str, ...]) -> EditRequest:
    marks = ",".join(f'"{name}_base64":"{SENT_AS_FILE}"' for name in files)
    text = body.strip()
    if not text.startswith(b"{"):
        return EditRequest.model_validate_json(text)
    rest = text[1:].lstrip()
    return EditRequest.model_validate_json(b"{" + marks.encode() + (b"" if rest.startswith(b"}") else b",") + rest)


def _wrong(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(
        detail=f"{pointer.lstrip('/')}: {detail}", errors=(FieldError(pointer=pointer, detail=detail),)
    )


EditBody = Annotated[EditForm, Depends(edit_form)]


def _inlined(schema: Schema, shared: Mapping[str, Schema]) -> Schema:
    """Return a schema with what it refers to written out, so that it can stand inside another document."""
    match schema:
        case {"$ref": str(name)}:
            return _inlined(shared[name.rsplit("/", 1)[1]], shared)
        case dict():
            members = cast("dict[str, Schema]", schema)
            return {name: _inlined(value, shared) for name, value in members.items() if name != "$defs"}
        case list():
            return [_inlined(one, shared) for one in cast("list[Schema]", schema)]
        case _:
            return schema


def _documented() -> dict[str, Any]:  # Any: FastAPI's own shape
    schema: Schema = EditRequest.model_json_schema()
    plain = _inlined(schema, schema.get("$defs", {}))
    files = {name: {"type": "string", "format": "binary"} for name in INPUTS}
    form = {
        "type": "object",
        "properties": {"request": {"type": "string", "description": "The JSON of the edit."}, **files},
        "required": ["request"],
    }
    content = {"application/json": {"schema": plain}, "multipart/form-data": {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


EDIT_BODY = _documented()
"""How the body is described in OpenAPI, since it is read by hand."""
