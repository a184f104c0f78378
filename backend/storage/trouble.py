"""What a store says about the machine, in the studio's own errors."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError

from backend.errors import StorageFull, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Generator

_FULL = ("no space left", "os error 28", "disk quota exceeded", "os error 122", "storagefull", "quotaexceeded")
"""How the kernel (ENOSPC, EDQUOT) and S3 servers name a full disk; obstore passes it on as text only."""


@contextlib.contextmanager
def translated() -> Generator[None]:
    """Turn what a store raises into StorageFull or StorageUnavailable.

    Raises:
        StorageFull: there is no space left.
        StorageUnavailable: it can't be reached, read or written; the detail says what it answered.
    """
    try:
        yield
    except (BaseError, OSError) as error:
        said = str(error)
        if any(word in said.lower() for word in _FULL):
            raise StorageFull(detail="The place where pictures are kept is full; nothing was stored.") from error
        reason = said.partition("\n")[0][:300]
        raise StorageUnavailable(detail=f"The place where pictures are kept did not do its work: {reason}") from error
