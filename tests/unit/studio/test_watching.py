"""A watcher hears every event once, also those that become visible after later ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.db.models import JobEvent
from backend.services.watching import Heard

BEGIN = datetime(2026, 11, 22, tzinfo=UTC)
LATE = timedelta(seconds=10)


def event(number: int, second: float = 0.0) -> JobEvent:
    return JobEvent(id=number, created_at=BEGIN + timedelta(seconds=second))


def numbers(rows):
    return [row.id for row in rows]


def test_an_event_that_appears_below_a_later_one_is_heard():
    heard = Heard(0, late=LATE)
    heard.had([event(7)], BEGIN)
    assert heard.floor == 0
    assert numbers(heard.new([event(5), event(7)])) == [5]


def test_what_was_heard_long_ago_is_not_asked_for_again():
    heard = Heard(0, late=LATE)
    heard.had([event(7, 0), event(9, 8)], BEGIN + timedelta(seconds=12))
    assert (heard.floor, heard.waiting) == (7, 1)


def test_where_events_come_in_order_nothing_is_remembered():
    heard = Heard(3, late=timedelta(0))
    heard.had([event(4), event(5)], BEGIN)
    assert (heard.floor, heard.waiting) == (5, 0)


@given(st.permutations(range(1, 30)), st.lists(st.integers(1, 7), min_size=5, max_size=5))
def test_in_whatever_order_they_become_visible_each_is_heard_once(order, portions):
    heard, visible, got = Heard(0, late=LATE), [], []
    left = list(order)
    while left:
        count = portions[len(got) % len(portions)]
        visible, left = sorted([*visible, *left[:count]]), left[count:]
        new = heard.new([event(number) for number in visible if number > heard.floor])
        heard.had(new, BEGIN + timedelta(seconds=1))
        got += numbers(new)
    assert sorted(got) == sorted(order)
