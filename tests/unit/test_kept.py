"""What is read at most so often, for several who ask at once."""

from __future__ import annotations

import asyncio

import pytest

from backend.services.kept import Kept


async def test_whoever_waits_for_a_reading_that_another_gave_up_is_told_that_it_takes_too_long() -> None:
    hanging = Kept(asyncio.Event().wait, still_s=1)
    impatient, patient = (asyncio.create_task(hanging.get(within_s=within)) for within in (0.01, 60))
    for asker in (impatient, patient):
        with pytest.raises(TimeoutError):
            await asker
