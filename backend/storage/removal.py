"""Removing content while other processes may be putting it: both leave a mark, and look for the other's.

A sweep says what it is about to remove, then looks whether it was put lately, then removes it. Whoever renews old
content writes it, then waits until nobody is about to remove it, then looks whether it is still there. Whichever of
the two comes first, the other one sees it; so content that somebody wants never goes.
"""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import obstore

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from obstore import ObjectMeta

    from backend.storage.creation import Creation
    from backend.storage.places import Place

MARKS = "doomed"
"""Where the marks lie."""
MARK_LASTS = timedelta(minutes=2)
"""An older mark was left by a process that died."""
DECIDE_S = 30.0
"""Whoever takes longer than this to look lets the content be: its mark may soon not count any more."""
SOON_S = 2.0
"""What took longer may have been sent twice."""
PAUSE_S = 0.05


async def head(place: Place, path: str) -> ObjectMeta | None:
    """Return what is known of an object; None where there is none."""
    try:
        return await obstore.head_async(place, path)
    except FileNotFoundError:
        return None


async def remove(place: Place, path: str) -> None:
    """Remove an object; nothing happens where there is none."""
    try:
        await obstore.delete_async(place, path)
    except FileNotFoundError:
        return


async def remove_unless_renewed(
    creation: Creation, key: str, since: datetime, *, clock: Callable[[], datetime]
) -> int | None:
    """Remove an object that nobody has put since a moment; return how many bytes it had, None if it stays.

    A removal that failed or took long may still be carried out later, so its mark stays until it counts no more.
    """
    began, place = time.monotonic(), creation.place
    if not await _mark(creation, key, clock):
        return None
    found = await head(place, key)
    goes = found is not None and found["last_modified"] <= since and time.monotonic() - began < DECIDE_S
    if goes:
        await remove(place, key)
    if not goes or time.monotonic() - began < SOON_S:
        await remove(place, _mark_of(key))
    return found["size"] if found and goes else None


async def outlast_removal(place: Place, key: str, *, clock: Callable[[], datetime]) -> bool:
    """Wait until nobody is about to remove an object; return whether it is there then."""
    while await _is_marked(place, key, clock):  # noqa: ASYNC110 - another process leaves the mark
        await asyncio.sleep(PAUSE_S)
    return await head(place, key) is not None


async def _mark(creation: Creation, key: str, clock: Callable[[], datetime]) -> bool:
    """Say that an object is about to go; return whether nobody else has said so."""
    place, mark = creation.place, _mark_of(key)
    if await creation.create(mark, b""):
        return True
    if await _is_marked(place, key, clock):
        return False
    if creation.known:
        await remove(place, mark)  # an old one: a later sweep comes back to it
        return False
    await obstore.put_async(place, mark, b"")
    return True


async def _is_marked(place: Place, key: str, clock: Callable[[], datetime]) -> bool:
    found = await head(place, _mark_of(key))
    return found is not None and found["last_modified"] > clock() - MARK_LASTS


def _mark_of(key: str) -> str:
    return f"{MARKS}/{key.rpartition('/')[2]}"
