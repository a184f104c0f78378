"""What is tried again and what never is, and how a ticket is followed through all that goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from backend.errors import (
    ContentRefused,
    OutcomeUnknown,
    ProviderFailed,
    ProviderFaltered,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
    ProviderTimeout,
    ProviderUnavailable,
    StudioError,
)
from backend.jobs.pacing import OwnTurns, Pace, Pacer
from backend.jobs.persistence import MISREAD, Following, Persistence
from backend.providers.base import Finished, Pending


@dataclass
class Time:
    now: float = 0.0
    rests: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds


@dataclass
class Engine:
    """Answers its ticket with what it was given, one after the other, and the last one again and again."""

    answers: list[object]
    name: str = "one"
    label: str = "One"
    cancelled: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def resume(self, ticket):
        self.asked.append(ticket)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def cancel(self, ticket):
        self.cancelled.append(ticket)
        raise ProviderUnavailable(detail="Nobody listens.")


DONE = Finished(images=())
LATER = Pending(ticket="t2", after_s=3.0, progress=0.5)


@pytest.fixture
def time():
    return Time()


async def followed(time, *answers, paid=True, ticket_s=600.0):
    told = []

    async def tell(fraction):
        told.append(fraction)

    engine = Engine(list(answers))
    following = Following(
        provider=engine,
        persistence=Persistence(retries=0, rest=time.rest, clock=time),
        until=time() + ticket_s,
        tell=tell,
        paid=paid,
    )
    engine.told = told
    try:
        engine.found = await following.to_the_end(Pending(ticket="t1", after_s=1.0))
    except StudioError as error:
        engine.found = error
    return engine


@pytest.mark.parametrize(
    "trouble",
    [
        ProviderUnavailable(detail="The line broke."),
        ProviderFaltered(detail="Status 500."),
        ProviderTimeout(detail="Silence."),
        ProviderRateLimited(detail="Slow down.", retry_after=7),
        ProviderMisbehaved(detail="That was HTML."),
    ],
    ids=lambda error: error.slug,
)
async def test_a_question_that_fails_is_asked_again(time, trouble):
    engine = await followed(time, trouble, LATER, trouble, DONE)
    assert engine.found is DONE
    assert engine.asked == ["t1", "t1", "t2", "t2"]
    assert engine.told == [0.5]
    if isinstance(trouble, ProviderRateLimited):
        assert time.rests[1] >= 7


async def test_an_engine_that_is_down_is_asked_ever_more_rarely_until_the_time_is_up(time):
    engine = await followed(time, ProviderUnavailable(detail="Down."))
    assert isinstance(engine.found, OutcomeUnknown)
    assert not engine.found.retryable
    assert 400 < time.now <= 600
    assert len(engine.asked) < 50
    assert engine.cancelled == ["t1"], "that it can't be told changes nothing"


async def test_a_ticket_that_is_never_ready_is_given_up_and_called_off(time):
    engine = await followed(time, LATER, ticket_s=60.0)
    assert isinstance(engine.found, OutcomeUnknown)
    assert engine.cancelled == ["t2"]
    free = await followed(time, LATER, ticket_s=60.0, paid=False)
    assert isinstance(free.found, ProviderTimeout), "what costs nothing may be made again"


async def test_a_ticket_that_the_engine_knows_no_more_ends_at_once_and_is_not_paid_twice(time):
    engine = await followed(time, ProviderRefused(detail="No such generation."))
    assert isinstance(engine.found, OutcomeUnknown)
    assert len(engine.asked) == 1


@pytest.mark.parametrize("said", [ContentRefused(detail="Not that."), ProviderFailed(detail="It failed.")])
async def test_what_the_engine_says_of_the_work_counts(time, said):
    assert (await followed(time, said)).found is said


async def test_answers_without_sense_are_given_up_after_a_few(time):
    engine = await followed(time, ProviderMisbehaved(detail="HTML."))
    assert isinstance(engine.found, ProviderMisbehaved)
    assert len(engine.asked) == MISREAD


@pytest.mark.parametrize(
    ("error", "paid", "again"),
    [
        (ProviderUnavailable(), True, True),
        (ProviderRateLimited(retry_after=7), True, True),
        (ProviderRateLimited(retry_after=60), True, False),
        (ProviderFaltered(), True, False),
        (ProviderFaltered(), False, True),
        (ProviderRefused(), True, False),
        (ProviderTimeout(), True, False),
        (ProviderMisbehaved(), False, False),
        (OutcomeUnknown(), True, False),
        (OutcomeUnknown(), False, False),
    ],
)
def test_a_paid_call_is_made_again_only_where_nothing_was_taken_in(error, paid, again):
    pause = Persistence(retries=2).pause_before_again(error, 1, paid=paid)
    assert (pause is not None) is again
    if again and isinstance(error, ProviderRateLimited):
        assert pause is not None
        assert pause >= error.retry_after
    assert Persistence(retries=2).pause_before_again(error, 3, paid=paid) is None


async def test_no_window_ever_holds_more_calls_than_the_vendor_takes(time):
    pacer = Pacer({"one": Pace(calls=3, window_s=10.0)}, OwnTurns(time), time.rest)
    begun = []
    for n in range(20):
        time.now += n % 4
        await pacer.turn("one")
        begun.append(time.now)
        await pacer.turn("another")
    assert all(later - earlier >= 10 for earlier, later in zip(begun, begun[3:], strict=False))
    assert begun[-1] < 75, "and hardly fewer"
