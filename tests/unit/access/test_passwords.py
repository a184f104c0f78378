"""A password is known by its slow hash, and guessing is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import TooManyAttempts
from backend.services import passwords
from backend.services.passwords import Passwords, Throttle

START = datetime(2026, 11, 22, tzinfo=UTC)


async def test_a_password_fits_its_own_hash_alone():
    guard = Passwords()
    kept = await guard.hash("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert await guard.fits("correct horse battery", kept)
    assert not await guard.fits("correct horse batterY", kept)
    assert not await guard.fits("correct horse battery", None)


async def test_where_there_is_no_hash_as_much_work_is_done(monkeypatch):
    guard, compared = Passwords(), []
    verify = guard._hasher.verify

    def noted(password, kept):
        compared.append(kept[:10])
        return verify(password, kept)

    monkeypatch.setattr(guard._hasher, "verify", noted)
    await guard.fits("guess", None)
    await guard.fits("guess", await guard.hash("another"))
    assert len(compared) == 2
    assert compared[0] == compared[1]


@given(st.lists(st.integers(0, 400), max_size=60))
def test_no_span_ever_holds_more_attempts_than_allowed(pauses):
    now, passed = START, []
    throttle = Throttle(5, timedelta(seconds=600), clock=lambda: now)
    for pause in pauses:
        now += timedelta(seconds=pause)
        try:
            throttle.count("ada")
            passed.append(now)
        except TooManyAttempts as refused:
            now += timedelta(seconds=refused.retry_after)
            throttle.count("ada")
            passed.append(now)
    spans = [[other for other in passed if one <= other < one + timedelta(seconds=600)] for one in passed]
    assert all(len(span) <= 5 for span in spans)


def test_names_are_counted_apart_and_forgotten_on_success():
    throttle = Throttle(1, timedelta(minutes=1), clock=lambda: START)
    throttle.count("ada")
    throttle.count("eve")
    throttle.forget("ada")
    throttle.count("ada")
    with pytest.raises(TooManyAttempts):
        throttle.count("eve")


def test_no_flood_of_names_fills_the_memory(monkeypatch):
    monkeypatch.setattr(passwords, "REMEMBERED", 3)
    throttle = Throttle(1, timedelta(minutes=1), clock=lambda: START)
    for number in range(10):
        throttle.count(str(number))
    assert list(throttle._tried) == ["7", "8", "9"]
