"""What callers are told who wait for a job that was admitted."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from backend.errors import DatabaseBusy, DatabaseUnavailable
from backend.routers.problems import answer
from backend.routers.waiting import Waiting
from backend.settings import Settings


class JobsOutOfReach:
    """The job goes on; nobody can look at it."""

    def __init__(self, error) -> None:
        self._error = error

    async def wait(self, caller, job, *, seconds) -> bool:
        return False

    async def get(self, caller, job):
        raise self._error


@pytest.mark.parametrize("error", [DatabaseBusy(), DatabaseUnavailable(detail="nothing was changed")])
async def test_a_caller_whose_job_was_admitted_is_never_told_that_nothing_was_done(error):
    rooms = SimpleNamespace(jobs=JobsOutOfReach(error), library=None, social_pictures=None, settings=Settings())
    waiting = Waiting(None, None, rooms, not_now=True)
    with pytest.raises(DatabaseUnavailable) as told:
        await waiting.answer("7f", "url")
    assert told.value.outcome_open
    assert "/api/jobs/7f" in str(told.value)
    assert answer(told.value, {"path": "/api/image-studio/create"}).headers["x-should-retry"] == "false"
