"""Writing what is not there yet, on stores that know that condition and on those that don't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError

if TYPE_CHECKING:
    from backend.storage.places import Place


class Creation:
    """Writes on the condition that nothing is there, as long as the store does not say that it can't.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html (read 2026-11-22).
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.known = True
        """Whether the store knows the condition, as far as it has said."""

    async def create(self, path: str, data: bytes) -> bool:
        """Write bytes where there are none; return whether that was done.

        It is never done where the store does not know the condition.
        """
        if not self.known:
            return False
        try:
            await obstore.put_async(self.place, path, data, mode="create")
        except AlreadyExistsError:
            return False
        except BaseError as error:
            if "NotImplemented" not in str(error) and "501 Not Implemented" not in str(error):
                raise
            self.known = False
            return False
        return True
