"""What requests for another colour are understood to mean, and what is refused with words that help."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidRequest
from backend.providers.local.recolour import shades
from backend.providers.local.recolour.vocabulary import colours, modifiers, places, vocabulary
from backend.providers.local.recolour.words import Tint, Wish, understood


def wish(prompt: str, select_prompt: str | None = None) -> Wish:
    return understood(prompt, select_prompt, masked=False)


@pytest.mark.parametrize(
    ("prompt", "select_prompt", "read_as", "target"),
    [
        ("dark blue", "the red car", "red", "dark blue"),
        ("make the red car dark blue", None, "red", "dark blue"),
        ("Change the RED car to navy blue!", None, "red", "navy"),
        ("turn everything light green into #FF8800", None, "light green in the everything", "#ff8800"),
        ("paint the left yellow flower like #abc", None, "left yellow", "#aabbcc"),
        ("make the sky blue", None, "sky", "blue"),
        ("a sky blue", "the background", "background", "sky blue"),
        ("the whole background in warm grey", None, "background", "warm grey"),
        ("burgundy", "grass", "greenery", "burgundy"),
        ("teal", "red or white flags on the right", "right red or white", "teal"),
        ("mach es rot -> blau", None, "red", "blue"),
    ],
)
def test_a_request_is_understood_as_a_region_and_a_colour(
    prompt: str, select_prompt: str | None, read_as: str, target: str
):
    found = wish(prompt, select_prompt)

    assert (str(found), str(found.target)) == (read_as, target)


@pytest.mark.parametrize(
    ("prompt", "select_prompt", "pointer", "words"),
    [
        ("nicer", "the red car", "/prompt", "name no colour"),
        ("blue", "the car", "/select_prompt", '"car" can\'t be found by its name alone'),
        ("make it a surprise in blue", "everything but the car", "/select_prompt", '"but" leaves open'),
        ("the red car to blue and green", None, "/prompt", "Several colours"),
        ("blue", None, "/prompt", "Nothing is named"),
        ("#12345", "the sky", "/prompt", "no colour"),
        ("blue", "the sky and the background", "/select_prompt", "Several places"),
    ],
)
def test_what_is_unclear_is_refused_with_what_helps(prompt: str, select_prompt: str | None, pointer: str, words: str):
    with pytest.raises(InvalidRequest, match=words) as refused:
        wish(prompt, select_prompt)

    assert refused.value.errors[0].pointer == pointer
    assert any(help_ in refused.value.detail for help_ in ("mask", "Known are", "Ask for one", "#rrggbb"))


def test_with_a_mask_only_the_colour_is_needed():
    assert understood("a nice dark red please", None, masked=True) == Wish(
        target=Tint(name="red", changes=("dark",)), unread=("nice",)
    )


def test_words_without_effect_are_told():
    assert wish("shiny blue", "the red sports car").unread == ("sports", "car", "shiny")


def test_the_vocabulary_is_large_and_no_word_means_two_things():
    words = vocabulary()
    assert len(words.colours) >= 60
    single = [
        *(name[0] for name in colours() if len(name) == 1),
        *modifiers(),
        *places(),
        *words.filler,
        *words.unclear,
    ]
    assert len(single) == len(set(single))
    assert not words.into & set(single)


@given(
    st.sampled_from(sorted(vocabulary().colours)), st.lists(st.sampled_from(sorted(vocabulary().modifiers)), max_size=2)
)
def test_every_shade_is_a_colour_and_its_own_name_finds_it(name: str, changes: list[str]):
    shade = shades.given(Tint(name=name, changes=tuple(changes)))
    assert 0 < shade.light <= 1
    assert 0 <= shade.vivid < 1
    assert 0 < shade.cube <= 1
    plain = shades.given(Tint(name=name))
    seen = shades.sought(Tint(name=name))
    middle, half = sum(seen.hue) / 2, (seen.hue[1] - seen.hue[0]) / 2
    assert abs((math.degrees(plain.hue) - middle + 180) % 360 - 180) <= half
    assert seen.light[0] <= plain.light <= seen.light[1]
    assert seen.vivid[0] <= plain.vivid <= seen.vivid[1]


def test_modifiers_do_what_they_say():
    blue = shades.given(Tint(name="blue"))
    assert shades.given(Tint(name="blue", changes=("light",))).light > blue.light
    assert shades.given(Tint(name="blue", changes=("dark",))).light < blue.light
    assert shades.given(Tint(name="blue", changes=("muted",))).vivid < blue.vivid
    red = shades.given(Tint(name="red"))
    assert shades.given(Tint(name="red", changes=("warm",))).hue > red.hue
    assert shades.given(Tint(name="red", changes=("cool",))).hue < red.hue


@given(prompt=st.text(max_size=60), select_prompt=st.none() | st.text(max_size=60), masked=st.booleans())
def test_whatever_is_written_is_understood_or_refused(prompt: str, select_prompt: str | None, *, masked: bool):
    with suppress(InvalidRequest):
        assert understood(prompt, select_prompt, masked=masked).target
