"""What a store says about the machine, in the studio's own errors, with what to mend."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError

from backend.errors import StorageFull, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Generator

_FULL = (
    *("no space left", "os error 28", "disk quota exceeded", "os error 122"),
    *("storagefull", "quotaexceeded", "507 insufficient storage"),
)
"""How the kernel (ENOSPC, EDQUOT) and S3 servers name a full disk; obstore passes it on as text only."""
_MEND = {
    "NoSuchBucket": "The bucket does not exist. Make it, or correct IMAGE_STUDIO_STORAGE__URL.",
    "NoSuchKey": "These bytes are missing. Restore them from a backup.",
    "InvalidAccessKeyId": "The store does not know the key's id. Correct IMAGE_STUDIO_STORAGE__ACCESS_KEY_ID.",
    "SignatureDoesNotMatch": "The key is wrong. Correct IMAGE_STUDIO_STORAGE__SECRET_ACCESS_KEY.",
    "ExpiredToken": "The key was lent for a while that is over. Set a new one, or give the machine a role.",
    "InvalidToken": "The session token is wrong. Correct IMAGE_STUDIO_STORAGE__SESSION_TOKEN.",
    "AccessDenied": "The key may not do this. It needs to read, write, delete and list in the bucket.",
    "AuthorizationHeaderMalformed": "The region is wrong. Correct IMAGE_STUDIO_STORAGE__REGION.",
    "PermanentRedirect": "The bucket is in another region. Correct IMAGE_STUDIO_STORAGE__REGION.",
    "RequestTimeTooSkewed": "The clocks of this machine and of the store differ. Set this one's.",
    "SlowDown": "The store asks to slow down. Try again in a while.",
}
"""What S3's own codes mean to an operator.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (read 2026-11-22).
"""
_SIGNS = {
    "169.254.169.254": "There is no key, and this machine has no role. Set IMAGE_STUDIO_STORAGE__ACCESS_KEY_ID and "
    "IMAGE_STUDIO_STORAGE__SECRET_ACCESS_KEY.",
    "builder error": "Its address can't be used. Give IMAGE_STUDIO_STORAGE__ENDPOINT with https://, or set "
    "IMAGE_STUDIO_STORAGE__ALLOW_HTTP.",
    "kind: timeout": "It did not answer in time.",
    "kind: connect": "It can't be reached. Check that it runs, its address and the network.",
    "403 forbidden": _MEND["AccessDenied"],
}
"""What obstore says where the store said nothing."""
_CODE = re.compile(r"<Code>(\w+)</Code>")
_ADDRESS = re.compile(r"https?://\S+")


@contextlib.contextmanager
def translated() -> Generator[None]:
    """Turn what a store raises into StorageFull or StorageUnavailable.

    Raises:
        StorageFull: there is no space left.
        StorageUnavailable: it can't be reached, read or written; the detail says what to mend, and no address.
    """
    try:
        yield
    except (BaseError, OSError) as error:
        said = str(error)
        if any(word in said.lower() for word in _FULL):
            raise StorageFull(detail="The place where pictures are kept is full; nothing was stored.") from error
        detail = f"The place where pictures are kept did not do its work: {_reason(said)}"
        raise StorageUnavailable(detail=detail) from error


def _reason(said: str) -> str:
    code = _CODE.search(said)
    if code and code[1] in _MEND:
        return _MEND[code[1]]
    known = next((meaning for sign, meaning in _SIGNS.items() if sign in said.lower()), None)
    if known:
        return known
    plain = _ADDRESS.sub("its address", said.partition("\n")[0])[:300]
    return f"{plain} ({code[1]})" if code else plain
