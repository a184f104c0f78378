"""Pictures that come as base64 within JSON: here they become bytes, and nowhere further in."""

from __future__ import annotations

import base64
import binascii
import re

from backend.errors import FieldError, InvalidImage

_PREFIX = re.compile(r"\s*data:[^,]{0,200};base64\s*,", re.IGNORECASE)


def decoded(text: str | None, field: str) -> bytes | None:
    """Return the bytes of base64 with or without a `data:` prefix; None where there is no text.

    Raises:
        InvalidImage: it is not base64; `errors` points at the field.
    """
    if text is None:
        return None
    prefix = _PREFIX.match(text)
    packed = "".join(text[prefix.end() if prefix else 0 :].split()).rstrip("=")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        detail = "This is not base64 (RFC 4648)."
        found = FieldError(pointer=f"/{field}", detail=detail)
        raise InvalidImage(detail=detail, found="text", errors=(found,)) from error
