"""Colours, palettes and the vocabulary that chooses them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.providers.local.compose import FAMILIES
from backend.providers.local.compose.colour import contrast, from_lab, hue_gap, lab, lightness, mix, rgb, tone
from backend.providers.local.compose.palettes import catalogue, of_brand
from backend.providers.local.compose.vocabulary import vocabulary

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@given(colours)
def test_oklab_and_back_is_the_same_colour(colour: str) -> None:
    assert all(abs(a - b) <= 1 for a, b in zip(rgb(from_lab(lab(colour))), rgb(colour), strict=True))


@given(colours, colours)
def test_contrast_is_symmetric_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(contrast(other, one))
    assert 1 <= contrast(one, other) <= 21.0001


def test_known_contrasts() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(colours, colours, st.floats(0, 1))
def test_mixing_stays_between(one: str, other: str, share: float) -> None:
    low, high = sorted((lightness(one), lightness(other)))
    assert low - 0.02 <= lightness(mix(one, other, share)) <= high + 0.02


@given(colours)
def test_a_tone_up_is_not_darker(colour: str) -> None:
    assert lightness(tone(colour, 0.05)) >= lightness(colour) - 0.01


def test_the_catalogue_keeps_its_promises() -> None:
    palettes = catalogue()

    assert len(palettes) == 76
    assert len({p.name for p in palettes}) == 76
    for palette in palettes:
        assert len(palette.colours) == 6
        assert contrast(palette.ink, palette.paper) >= 9.5
        assert palette.tags


@given(st.lists(colours, min_size=1, max_size=6))
def test_a_brands_colours_are_all_in_its_palette_and_ink_reads_on_paper(given_: list[str]) -> None:
    palette = of_brand(tuple(given_))

    assert set(given_) <= set(palette.colours)
    assert len(palette.accents) >= 4
    assert contrast(palette.ink, palette.paper) >= 7


def test_hues_across_red_are_near() -> None:
    assert hue_gap("#ff0010", "#ff0a00") < 0.3


def test_the_vocabulary_names_only_what_there_is() -> None:
    book = vocabulary()
    rows = [*book.families.values(), *book.styles.values(), book.walk]

    assert {name for row in rows for name in row} <= set(FAMILIES)
    assert set(FAMILIES) - set(book.walk) == {"quote"}
    assert any("quote" in row for row in book.families.values())
    tags = {tag for palette in catalogue() for tag in palette.tags | palette.words}
    assert {tag for row in book.synonyms.values() for tag in row} <= tags
