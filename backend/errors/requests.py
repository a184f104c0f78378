"""What the caller can fix."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from backend.errors.base import StudioError


@dataclass(eq=False, kw_only=True)
class FieldError:
    """One wrong member of a request: `pointer` is a JSON pointer (RFC 6901) into the body."""

    pointer: str
    detail: str


@dataclass(eq=False, kw_only=True)
class RequestRefused(StudioError):
    """The request can't be carried out as it stands.

    The detail and the listed errors name what to change; send it again afterwards.
    """

    slug = "request-refused"
    status = 422
    title = "The request can't be carried out as it stands"

    errors: tuple[FieldError, ...] = ()

    def fields(self) -> dict[str, Any]:
        """Return the members, with `errors` only where there are some."""
        found = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return found if self.errors else {k: v for k, v in found.items() if k != "errors"}


@dataclass(eq=False, kw_only=True)
class InvalidRequest(RequestRefused):
    """A field of the request is missing, unknown or out of range.

    Each entry of `errors` points at one field and says what it takes.
    """

    slug = "invalid-request"
    status = 422
    title = "The request has wrong fields"


@dataclass(eq=False, kw_only=True)
class MalformedBody(RequestRefused):
    """The body can't be read at all: broken JSON, too deep, or not of the announced type.

    Send well-formed JSON (RFC 8259) or multipart/form-data.
    """

    slug = "malformed-body"
    status = 400
    title = "The body can't be read"


@dataclass(eq=False, kw_only=True)
class InvalidImage(RequestRefused):
    """The bytes are not a picture that can be read: broken, cut off, or not what they claim to be.

    Open the file in an image editor, save it again and send that.
    """

    slug = "invalid-image"
    status = 422
    title = "The picture can't be read"

    found: str = ""


@dataclass(eq=False, kw_only=True)
class UnsupportedFormat(RequestRefused):
    """The file is of a kind that the studio does not take.

    Send JPEG, PNG, WebP, GIF or AVIF. What the bytes really are stands in `found`.
    """

    slug = "unsupported-format"
    status = 415
    title = "This kind of file is not taken"

    found: str = ""


@dataclass(eq=False, kw_only=True)
class TooLarge(RequestRefused):
    """The body, file or picture is larger than the studio takes.

    The limit stands in `limit`, what was sent in `found`. Make it smaller and send it again.
    """

    slug = "too-large"
    status = 413
    title = "Too large"

    limit: str = ""
    found: str = ""


@dataclass(eq=False, kw_only=True)
class CannotFit(RequestRefused):
    """No file of this picture is as small, or looks as much like it, as was asked for.

    What was asked for stands in `limit`, the nearest that can be had in `reachable`. Allow more bytes or less likeness,
    take another format, or make the picture smaller first.
    """

    slug = "cannot-fit"
    status = 422
    title = "The picture can't be brought within the limit"

    limit: str = ""
    reachable: str = ""


@dataclass(eq=False, kw_only=True)
class UnsupportedOperation(RequestRefused):
    """No such operation, or not with these inputs.

    `known` lists the operations that exist.
    """

    slug = "unsupported-operation"
    status = 422
    title = "This operation does not exist"

    known: tuple[str, ...] = ()


@dataclass(eq=False, kw_only=True)
class ContentRefused(RequestRefused):
    """The request was refused for what it shows or asks for, by the studio's or the provider's policy.

    It is not retried and not charged. Change the prompt or the picture.
    """

    slug = "content-refused"
    status = 422
    title = "Refused for its content"
