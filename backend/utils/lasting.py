"""What was made at the start stays until the end, and need not be looked through for garbage again and again."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def lasting() -> Generator[None]:
    """Keep the garbage collector away from everything there is now, until the end of the block.

    A full collection looks through all modules and rooms, and nothing is answered meanwhile.

    Source: https://docs.python.org/3.11/library/gc.html#gc.freeze (read 2026-11-22)
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
