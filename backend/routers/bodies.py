"""Bodies that carry pictures: JSON with base64, or a form with files and one part `request` that holds the JSON."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field as member
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, cast

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from backend.errors import FieldError, InvalidRequest, MalformedBody
from backend.routers.base64_pictures import decoded
from backend.routers.edge import check_json
from backend.schemas.edit import INPUTS, EditRequest, SentPicture
from backend.schemas.fields import FlatForm
from backend.schemas.recode import INPUTS as RECODE_INPUTS
from backend.schemas.recode import CompressRequest, ConvertRequest
from backend.schemas.social_request import INPUTS as SOCIAL_INPUTS
from backend.schemas.social_request import SocialRequest
from backend.schemas.upscale import INPUTS as UPSCALE_INPUTS
from backend.schemas.upscale import UpscaleRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData

Schema = Any
"""JSON Schema, which has no narrower name."""
SENT_AS_FILE = "AAAA"
"""Stands in the JSON for a picture that came as a file beside it."""


Asked = TypeVar("Asked", bound=FlatForm)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureForm(Generic[Asked]):
    """A request as it was sent: the form, and the encoded pictures that came with it, by field."""

    request: Asked
    images: Mapping[str, SentPicture] = member(default_factory=dict[str, SentPicture])

    @property
    def content(self) -> bytes:
        """Return what tells this body from another one, whichever way it was sent."""
        pictures = {name for name in type(self.request).model_fields if name.endswith("_base64")}
        plain = self.request.model_dump_json(exclude=pictures)
        digests = [f"{name}:{hashlib.sha256(sent.data).hexdigest()}" for name, sent in sorted(self.images.items())]
        return "\n".join([plain, *digests]).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBody(Generic[Asked]):
    """How the body of one endpoint is read: its form, and the fields that pictures come in."""

    form: type[Asked]
    fields: tuple[str, ...]

    async def __call__(self, request: Request) -> PictureForm[Asked]:
        """Return what a request holds.

        Raises:
            MalformedBody: neither JSON nor a form with a part `request`.
            InvalidRequest: a field is wrong, or base64 is broken.
        """
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            async with request.form(max_files=len(self.fields), max_fields=1) as form:
                return await self._from_form(form)
        asked = self._validated(await request.body())
        named = ((name, f"{name}_base64") for name in self.fields)
        found = {name: decoded(getattr(asked, field), field) for name, field in named}
        images = {name: SentPicture(data=data) for name, data in found.items() if data is not None}
        return PictureForm(request=asked, images=images)

    async def _from_form(self, form: FormData) -> PictureForm[Asked]:
        text = form.get("request")
        if not isinstance(text, str):
            raise MalformedBody(detail="The form needs one part named `request` that holds the JSON of the request.")
        content = text.encode()
        check_json(content)
        images: dict[str, SentPicture] = {}
        for name, part in form.multi_items():
            if isinstance(part, UploadFile):
                if name not in self.fields or name in images:
                    raise _wrong(f"/{name}", f"send each picture once, as one of {', '.join(self.fields)}")
                images[name] = SentPicture(data=await part.read(), name=part.filename or "")
        return PictureForm(request=self._validated(content, tuple(images)), images=images)

    def _validated(self, body: bytes, files: tuple[str, ...] = ()) -> Asked:
        try:
            return self.form.model_validate_json(_with_files(body, files) if files else body)
        except ValidationError as error:
            raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None

    def documented(self) -> dict[str, Any]:  # Any: FastAPI's own shape
        """Return how the body is described in OpenAPI, since it is read by hand."""
        schema: Schema = self.form.model_json_schema()
        plain = _inlined(schema, schema.get("$defs", {}))
        files = {name: {"type": "string", "format": "binary"} for name in self.fields}
        form = {
            "type": "object",
            "properties": {"request": {"type": "string", "description": "The JSON of the request."}, **files},
            "required": ["request"],
        }
        content = {"application/json": {"schema": plain}, "multipart/form-data": {"schema": form}}
        return {"requestBody": {"required": True, "content": content}}


def _with_files(body: bytes, files: tuple[str, ...]) -> bytes:
    """Return the JSON with a mark for each picture that came as a file beside it."""
    text = body.strip()
    if not text.startswith(b"{"):
        return text
    marks = ",".join(f'"{name}_base64":"{SENT_AS_FILE}"' for name in files)
    rest = text[1:].lstrip()
    return b"{" + marks.encode() + (b"" if rest.startswith(b"}") else b",") + rest


def _wrong(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(
        detail=f"{pointer.lstrip('/')}: {detail}", errors=(FieldError(pointer=pointer, detail=detail),)
    )


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


_EDIT = PictureBody(form=EditRequest, fields=INPUTS)
EditBody = Annotated[PictureForm[EditRequest], Depends(_EDIT)]
EDIT_BODY = _EDIT.documented()
_UPSCALE = PictureBody(form=UpscaleRequest, fields=UPSCALE_INPUTS)
UpscaleBody = Annotated[PictureForm[UpscaleRequest], Depends(_UPSCALE)]
UPSCALE_BODY = _UPSCALE.documented()
_SOCIAL = PictureBody(form=SocialRequest, fields=SOCIAL_INPUTS)
SocialBody = Annotated[PictureForm[SocialRequest], Depends(_SOCIAL)]
SOCIAL_BODY = _SOCIAL.documented()
_COMPRESS = PictureBody(form=CompressRequest, fields=RECODE_INPUTS)
CompressBody = Annotated[PictureForm[CompressRequest], Depends(_COMPRESS)]
COMPRESS_BODY = _COMPRESS.documented()
_CONVERT = PictureBody(form=ConvertRequest, fields=RECODE_INPUTS)
ConvertBody = Annotated[PictureForm[ConvertRequest], Depends(_CONVERT)]
CONVERT_BODY = _CONVERT.documented()
