"""Styles are understood from their names, in any order and wrapping; whatever else carries meaning is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidRequest
from backend.providers.local.style.vocabulary import chosen, understood, vocabulary

STYLES = vocabulary().styles
FILLERS = tuple(vocabulary().fillers.split())
SAID = sorted((word, name) for name, style in STYLES.items() for word in (name, *style.words))


def test_every_place_of_the_network_has_one_style():
    assert sorted(style.index for style in STYLES.values()) == list(range(26))


def test_no_word_means_two_styles():
    assert len({word.replace("-", " ") for word, _ in SAID}) == len({(w.replace("-", " "), n) for w, n in SAID})


@pytest.mark.parametrize(("words", "style"), SAID)
def test_everything_in_the_table_is_understood(words: str, style: str):
    assert understood(f"Make it look like {words.upper()}, please!") == ((style,), ())
    assert chosen("whatever this is", words).names == (style,)


@given(
    st.lists(st.sampled_from(SAID), min_size=1, max_size=3, unique_by=lambda pair: pair[1]),
    st.lists(st.sampled_from(FILLERS), min_size=1, max_size=4),
)
def test_fillers_between_change_nothing_and_a_mixture_is_even(pairs: list[tuple[str, str]], fillers: list[str]):
    between = f" {' '.join(fillers)} "
    found = chosen(between.join(words for words, _ in pairs), None)
    assert found.names == tuple(name for _, name in pairs)
    assert sum(found.mixture) == pytest.approx(1)
    assert {STYLES[name].index for _, name in pairs} == {i for i, part in enumerate(found.mixture) if part}


@given(st.sampled_from(SAID), st.sampled_from(["dragon", "castle", "não", "東京", "blurry"]))
def test_half_understood_is_refused_whole(pair: tuple[str, str], word: str):
    with pytest.raises(InvalidRequest, match=word) as refused:
        chosen(f"{pair[0]} {word}", None)
    assert refused.value.errors[0].pointer == "/prompt"


@pytest.mark.parametrize("prompt", [None, "", "in the style of"])
def test_no_style_at_all_is_refused_with_those_that_there_are(prompt: str | None):
    with pytest.raises(InvalidRequest, match="stained-glass"):
        chosen(prompt, None)


def test_a_preset_wins_and_what_had_no_part_is_named():
    assert chosen("a dog in the garden", "Stained Glass").ignored == ("prompt",)
    assert chosen("stained glass", "stained-glass").ignored == ()
    assert chosen("starry", "photographic").ignored == ("style_preset",)


def test_a_style_may_be_called_by_its_number():
    assert chosen("style 19", None).names == ("starry",)
