"""Prices: dated, sourced, whole milli-credits; and the tiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from backend.imaging.types import Size
from backend.services.image_studio.pricing import PriceBook, PriceRow, Tier, in_words, load_price_book, load_tiers

if TYPE_CHECKING:
    from backend.providers.base import Offer

SQUARE = Size(1024, 1024)


def row(milli_credits: int, **fields: object) -> PriceRow:
    facts = {
        "key": "k",
        "valid_from": "2026-01-01",
        "source": "https://a.example",
        "read": "2026-01-01",
        "confidence": "high",
    }
    return PriceRow.model_validate(facts | {"milli_credits": milli_credits} | fields)


def priced(
    offers: dict[str, Offer], *rows: PriceRow, size: Size | None = SQUARE, quality: str = "standard"
) -> int | None:
    offer = replace(offers["core"], price_key="k", max_pixels=4_000_000, sizes=())
    return PriceBook.of(rows).price(offer, size=size, quality=quality)  # pyright: ignore[reportArgumentType] - the cases are words


def test_the_book_holds_what_the_makers_charge(offers: dict[str, Offer]) -> None:
    book = load_price_book().on(date(2026, 11, 22))
    prices = {name: book.price(offers[name], size=SQUARE, quality="standard") for name in ("core", "ultra", "qwen")}
    assert prices == {"core": 3000, "ultra": 8000, "qwen": 3000}


def test_this_machine_costs_nothing_and_an_unknown_key_has_no_price(offers: dict[str, Offer]) -> None:
    empty = PriceBook.of(())
    assert empty.price(offers["design"], size=SQUARE, quality="premium") == 0
    assert empty.price(offers["core"], size=SQUARE, quality="premium") is None


def test_the_price_of_a_day_is_the_newest_that_was_valid_then() -> None:
    book = PriceBook.of([row(2, valid_from="2026-03-01"), row(1), row(9, valid_from="2026-12-01")])
    assert [entry.milli_credits for entry in book.on(date(2026, 2, 1)).rows] == [1]
    assert [entry.milli_credits for entry in book.on(date(2026, 11, 22)).rows] == [2]
    assert book.on(date(2025, 1, 1)).rows == ()


def test_two_books_have_two_versions() -> None:
    assert PriceBook.of([row(1)]).version.startswith("2026-01-01.")
    assert PriceBook.of([row(1)]).version != PriceBook.of([row(2)]).version
    assert PriceBook.of([row(1), row(2, key="j")]).version == PriceBook.of([row(2, key="j"), row(1)]).version


def test_size_and_quality_choose_the_closest_row(offers: dict[str, Offer]) -> None:
    rows = row(1, max_pixels=1_100_000), row(2, max_pixels=4_000_000), row(3), row(9, qualities=["premium"])
    assert priced(offers, *rows) == 1
    assert priced(offers, *rows, size=Size(2000, 2000)) == 2
    assert priced(offers, *rows, size=Size(2001, 2000)) == 3
    assert priced(offers, *rows, quality="premium") == 9


def test_megapixels_are_counted_in_full(offers: dict[str, Offer]) -> None:
    assert priced(offers, row(25, per="megapixel"), size=Size(1000, 1000)) == 25
    assert priced(offers, row(25, per="megapixel")) == 50


def test_without_a_size_the_largest_picture_is_priced(offers: dict[str, Offer]) -> None:
    assert priced(offers, row(25, per="megapixel"), size=None) == 100


def test_every_price_has_a_page_and_a_day() -> None:
    for entry in load_price_book().rows:
        assert entry.source.startswith("https://")
        assert entry.valid_from <= entry.read


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "free"), (1000, "1 credit"), (6500, "6.5 credits"), (588, "0.588 credits"), (20000, "20 credits")],
)
def test_amounts_are_said_as_people_say_them(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_the_tiers_rise() -> None:
    tiers = load_tiers()
    assert list(tiers) == ["self_hosted", "free", "basic", "pro", "enterprise"]
    assert not tiers["self_hosted"].metered
    grants = [tiers[name].monthly_milli_credits or 0 for name in ("free", "basic", "pro", "enterprise")]
    assert grants == sorted(grants)
    assert grants[0] == 50_000


def test_a_metered_tier_without_a_grant_is_refused() -> None:
    with pytest.raises(ValueError, match="grants credits"):
        Tier.model_validate(load_tiers()["free"].model_dump() | {"monthly_milli_credits": None})


def test_what_is_priced_is_what_the_engine_makes_and_not_what_is_cut_from_it(offers: dict[str, Offer]) -> None:
    book = PriceBook.of([row(100, max_pixels=1_048_576), row(900)])
    any_size = replace(offers["core"], price_key="k", max_pixels=4_000_000, sizes=())
    shapes = replace(any_size, sizes=((1024, 1024), (896, 1152)))
    assert book.price(shapes, size=Size(2160, 2700), quality="standard") == 100
    assert book.price(any_size, size=Size(2160, 2700), quality="standard") == 900
    assert book.price(shapes, size=None, quality="standard") == 100
