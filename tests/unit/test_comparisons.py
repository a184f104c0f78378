"""The table of the same work elsewhere names rows of the price book, and the cheapest counts."""

from __future__ import annotations

from datetime import date

from backend.services.image_studio.comparisons import load_comparisons
from backend.services.image_studio.pricing import load_price_book

BOOK = load_price_book().on(date(2026, 11, 23))
TABLE = load_comparisons()


def test_every_row_that_is_compared_with_is_in_the_price_book():
    named = {key for keys in TABLE.keys.values() for key in keys}
    assert named <= {row.key for row in BOOK.rows}


def test_work_is_worth_what_the_cheapest_asks():
    assert TABLE.worth("create", BOOK) == 300
    assert TABLE.worth("upscale", BOOK) == 2000


def test_what_nobody_sells_is_worth_nothing():
    assert TABLE.worth("social", BOOK) == 0
    assert TABLE.worth("juggle", BOOK) == 0
