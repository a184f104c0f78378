"""One part of a job while it is being made, and what an engine brought for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import OutcomeUnknown, ProviderMisbehaved
from backend.jobs.work import Ready
from backend.providers.base import Pending

if TYPE_CHECKING:
    from backend.db.models import ProviderCall
    from backend.errors import StudioError
    from backend.jobs.work import Choice, Inputs, JobAtWork, Task
    from backend.providers.base import Produced
    from backend.schemas.specs import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of a call, and how long it took."""

    call: str
    produced: Produced
    seconds: float


class Part:
    """One part while it is being made: its spec, its inputs, and the calls already made for it."""

    def __init__(self, job: JobAtWork, ordinal: int, inputs: Inputs, task: Task) -> None:
        self.job = job
        self.ordinal = ordinal
        self.inputs = inputs
        self.task = task
        self.spec: Spec = job.spec.part(ordinal)
        self.ready = Ready(spec=self.spec, images=inputs.images)
        self._earlier = [call for call in job.calls if call.ordinal == ordinal]
        self._attempts = len(self._earlier)
        self._planned = job.work.choices_for(ordinal)

    def verdict(self) -> StudioError | None:
        """Return what an earlier run came to and could not write down any more: a paid call is never made again."""
        last = self._earlier[-1] if self._earlier else None
        if last is None or last.price_milli == 0 or last.problem is None:
            return None
        final = {error.slug: error for error in (OutcomeUnknown, ProviderMisbehaved)}
        kind = final.get(last.problem["code"])
        return kind(detail=last.problem["detail"], provider=last.provider, model=last.model) if kind else None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return the engines still to try: from the one of the last call on."""
        if not self._earlier:
            return self._planned
        last = self._earlier[-1]
        names = [(choice.provider, choice.model) for choice in self._planned]
        start = names.index((last.provider, last.model)) if (last.provider, last.model) in names else 0
        return self._planned[start:]

    def take_up(self, choice: Choice) -> ProviderCall | None:
        """Return, once, the call that a crash cut off."""
        if not self._earlier:
            return None
        last = self._earlier[-1]
        cut_off = last.state in {"intent", "pending"} and (last.provider, last.model) == (choice.provider, choice.model)
        if not cut_off:
            return None
        return self._earlier.pop()

    @staticmethod
    def pending(call: ProviderCall) -> Pending:
        """Return the ticket of a call that was taken up, to be asked for at once."""
        assert call.ticket is not None, "a call that is pending has one"
        return Pending(ticket=call.ticket, after_s=0)

    def next_attempt(self) -> int:
        """Return the number of the next call, counted from 0 over the job's whole life."""
        self._attempts += 1
        return self._attempts - 1
