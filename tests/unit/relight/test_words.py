"""A prompt is understood whole, or refused with what was not understood."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import InvalidRequest
from backend.imaging.types import Size
from backend.providers.local.compose import FAMILIES
from backend.providers.local.compose.colour import chroma, lightness
from backend.providers.local.relight import backdrops, words
from backend.providers.local.relight.vocabulary import vocabulary
from backend.providers.local.relight.words import Design, Gradient, Plain, Scene, Wish


def plain(prompt: str) -> str:
    backdrop = words.read(prompt).backdrop
    assert isinstance(backdrop, Plain)
    return backdrop.colour


def gradient(prompt: str) -> Gradient:
    backdrop = words.read(prompt).backdrop
    assert isinstance(backdrop, Gradient)
    return backdrop


def scene(prompt: str) -> Scene:
    backdrop = words.read(prompt).backdrop
    assert isinstance(backdrop, Scene)
    return backdrop


def test_nothing_said_asks_for_nothing():
    assert words.read("") == Wish()


@pytest.mark.parametrize("prompt", ["white", "a plain white background", "on a WHITE wall", "vor einer Wand in weiß"])
def test_a_colour_is_found_among_words_that_say_nothing(prompt: str):
    assert plain(prompt) == "#ffffff"


def test_a_colour_may_be_written_in_digits():
    assert plain("#1a2B3c background") == "#1a2b3c"
    assert plain("#abc") == "#aabbcc"


def test_words_before_a_colour_change_it():
    assert lightness(plain("light blue")) > lightness(plain("blue")) > lightness(plain("dark blue"))
    assert chroma(plain("pale red")) < chroma(plain("red"))
    assert lightness(plain("a dark background")) < 0.4
    assert lightness(plain("bright background")) > 0.9


def test_a_gradient_runs_from_its_first_colour_to_its_last():
    found = gradient("gradient from blue to pink, left to right")
    assert found.run == "right"
    assert found.colours == (plain("blue"), plain("pink"))
    assert gradient("radial gradient cream to orange").run == "out"
    assert len(gradient("red gradient").colours) == 2


def test_a_scene_may_be_darker_and_in_a_colour_if_it_takes_one():
    assert scene("a dark photo studio").shade.lightness < 0
    assert scene("teal studio").colour == plain("teal")
    assert scene("night sky").name == "stars"
    assert scene("blue sky").name == "sky"


def test_drawn_grounds_take_colours():
    found = words.read("waves in blue and coral").backdrop
    assert isinstance(found, Design)
    assert found.colours == (plain("blue"), plain("coral"))


def test_words_about_the_light_say_nothing_about_the_background():
    found = words.read("strong warm light, light from the left")
    assert found.backdrop is None
    assert found.direction == "left"
    assert words.read("strong light").strength > 1 > words.read("soft light").strength
    assert words.read("warm light").warmth > 0 > words.read("cool light").warmth


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("a castle on a hill", "castle, hill"),
        ("sunset with a dog", "dog"),
        ("beach or forest", "or"),
        ("sunset at the beach", "several"),
        ("red sunset", "own colours"),
        ("light from the left, light from the right", "one side"),
        ("gradient", "needs its colours"),
        ("red orange yellow green blue pink gradient", "At most"),
    ],
)
def test_what_is_half_understood_is_refused_whole(prompt: str, named: str):
    with pytest.raises(InvalidRequest) as refused:
        words.read(prompt)
    (error,) = refused.value.errors
    assert error.pointer == "/prompt"
    assert named in error.detail
    assert "sunset" in error.detail
    assert "engine" in error.detail


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(prompt: str):
    with suppress(InvalidRequest):
        assert isinstance(words.read(prompt), Wish)


def test_every_phrase_of_the_vocabulary_is_understood_by_itself():
    known = vocabulary()
    for row in known.scenes.values():
        for phrase in row.words:
            assert isinstance(words.read(phrase).backdrop, Scene), phrase
    for phrases in known.colours.values():
        for phrase in phrases:
            assert isinstance(words.read(phrase).backdrop, Plain), phrase
    for side, phrases in known.directions.items():
        for phrase in phrases:
            assert words.read(phrase).direction == side, phrase
    assert set(known.designs) <= set(FAMILIES)


@pytest.mark.parametrize("name", [*vocabulary().scenes])
def test_every_scene_is_painted_in_any_size_and_the_same_for_the_same_seed(name: str):
    backdrop = words.read(vocabulary().scenes[name].words[0]).backdrop
    assert backdrop is not None
    first, again = (backdrops.paint(backdrop, Size(96, 64), 5) for _ in range(2))
    assert first.shape == (64, 96, 3)
    assert (first == again).all()
    assert first.std() > 1
    assert backdrops.paint(backdrop, Size(1, 1), 5).shape == (1, 1, 3)
    assert backdrops.paint(backdrop, Size(3, 90), 5).shape == (90, 3, 3)


def test_a_colour_alone_is_painted_exactly():
    assert (backdrops.paint(Plain(colour="#123456"), Size(5, 4), 0) == (0x12, 0x34, 0x56)).all()


def test_a_drawn_ground_has_the_size_it_is_wanted_in():
    assert backdrops.paint(Design(family="waves", colours=()), Size(200, 40), 0).shape == (40, 200, 3)


def test_the_page_for_people_lists_every_scene_and_every_colour():
    page = (Path(__file__).parents[3] / "docs/explanation/relighting.md").read_text("utf-8")
    for row in vocabulary().scenes.values():
        assert f"| {row.says} |" in page
    for phrases in (*vocabulary().colours.values(), *vocabulary().designs.values()):
        assert phrases[0] in page
