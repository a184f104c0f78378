"""Pictures that come as base64 within JSON: here they become bytes, and nowhere further in."""

from __future__ import annotations

import base64
import binascii

from backend.errors import FieldError, InvalidImage


def decoded(text: str | None, field: str) -> bytes | None:
    """Return the bytes of base64 with or without a `data:` prefix; None where there is no text.

    Raises:
        InvalidImage: it is not base64; `errors` points at the field.
    """
    if text is None:
        return None
    body = text.partition(",")[2] if text.lstrip()[:5].lower() == "data:" else text
    packed = "".join(body.split()).rstrip("=")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        detail = "This is not base64 (RFC 4648)."
        found = FieldError(pointer=f"/{field}", detail=detail)
        raise InvalidImage(detail=detail, found="text", errors=(found,)) from error
