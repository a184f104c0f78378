"""What a file says of where it comes from: `/api/image-studio/verify`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from backend.errors import MalformedBody
from backend.routers.base64_pictures import decoded
from backend.routers.deps import WORK, Library, Reader, Verifier
from backend.schemas.verify import VerifyAnswer, VerifyRequest

router = APIRouter(prefix="/api/image-studio", tags=["image studio"])

_FORM = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary", "description": "The picture."}},
    "required": ["file"],
}
BODY: dict[str, Any] = {  # Any: OpenAPI has no narrower name
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": _FORM},
            "application/json": {"schema": VerifyRequest.model_json_schema()},
        },
    }
}


async def read_body(request: Request) -> VerifyRequest | bytes:
    """Return the file of a form, or what the JSON asks for.

    Raises:
        MalformedBody: a form without a file.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        try:
            return VerifyRequest.model_validate_json(await request.body())
        except ValidationError as error:
            raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None
    async with request.form(max_files=1, max_fields=0) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise MalformedBody(detail="The form needs one part named `file` that holds the picture.")
        return await part.read()


Asked = Annotated[VerifyRequest | bytes, Depends(read_body)]


@router.post("/verify", openapi_extra=BODY | WORK)
async def verify(caller: Reader, verifier: Verifier, library: Library, asked: Asked) -> VerifyAnswer:
    """Return who signed a file, whether it was changed since, and what it says of how it was made."""
    if isinstance(asked, bytes):
        return await verifier.verify(asked)
    if asked.image_asset_id is not None:
        return await verifier.verify(await library.read(caller, asked.image_asset_id))
    return await verifier.verify(decoded(asked.image_base64, "image_base64") or b"")
