import math

from hypothesis import given
from hypothesis import strategies as st

from backend.imaging.encoding.searching import crossing


@given(st.integers(0, 101), st.integers(1, 100), st.floats(0.2, 5))
def test_it_finds_the_two_neighbours_of_the_border(border, guess, bend):
    def value(quality):
        return math.copysign(abs(quality - border + 0.5) ** bend, quality - border + 0.5)

    below, above = crossing(value, 1, 100, guess=guess, close=lambda _: False)
    assert (below.quality if below else 0) == min(100, max(0, border - 1))
    assert (above.quality if above else 101) == min(101, max(1, border))


def test_a_smooth_border_takes_few_tries():
    for border in range(10, 96):
        tried = []

        def value(quality, border=border, tried=tried):
            tried.append(quality)
            return math.log((quality + 20) / (border + 19.5))

        crossing(value, 5, 100, guess=82, close=lambda _: False)
        assert len(tried) <= 8


def test_what_is_near_enough_ends_it():
    tried = []

    def value(quality):
        tried.append(quality)
        return quality - 50.5

    _below, above = crossing(value, 1, 100, guess=51, close=lambda found: 0 <= found < 1)
    assert (above.quality, tried) == (51, [51])
