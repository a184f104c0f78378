"""Enhancement: deterministic, explained, and never at the expense of the person's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imaging.types import Size
from backend.providers.local.compose.palettes import catalogue
from backend.providers.local.compose.vocabulary import vocabulary
from backend.services.image_studio.prompts import (
    LONGEST,
    Enhanced,
    Scene,
    enhance,
    load_enhancement,
    suggest,
    unchanged,
)

TABLE = load_enhancement()
SQUARE = Size(1024, 1024)


def enhanced(prompt: str, **scene: object) -> Enhanced:
    return enhance(prompt, Scene(**({"size": SQUARE, "quality": "standard"} | scene)), TABLE)  # pyright: ignore[reportArgumentType] - the cases are words


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("photographic", "photograph"),
        ("photo", "photograph"),
        ("flat", "flat vector illustration"),
        ("3d", "3D render"),
        ("cinematic", "cinematic film still"),
        ("line art", "line art"),
        ("minimal", "minimalist composition"),
        ("watercolour", "watercolour painting"),
        ("neon_punk", "cyberpunk scene"),
    ],
)
def test_each_style_has_words_of_its_own(style: str, words: str) -> None:
    assert words in enhanced("a harbour", style=style).text


def test_a_style_that_is_in_no_table_is_still_named() -> None:
    assert "stained glass style" in enhanced("a harbour", style="stained-glass").text


def test_what_is_there_already_is_not_said_again() -> None:
    text = enhanced("Photo of a fox, golden hour light, bokeh, symmetrical composition", style="photographic").text
    assert text == "Photo of a fox, golden hour light, bokeh, symmetrical composition"


def test_the_style_that_the_prompt_names_wins_over_the_usual_one() -> None:
    text = enhanced("a low poly fox", usual_style="photographic").text
    assert "faceted surfaces" in text
    assert "photograph" not in text


def test_a_headline_gets_room_where_the_template_wants_it() -> None:
    result = enhanced("an office", headline="left", template="Blog header", size=Size(1200, 628))
    assert "calm empty area on the left" in result.text
    assert any("Blog header" in addition.reason for addition in result.additions)


def test_quoted_words_get_lettering_and_room_instead_of_an_empty_area() -> None:
    text = enhanced('poster "BIG  sale" now', headline="left").text
    assert '"BIG  sale"' in text
    assert "clear lettering" in text
    assert "empty area" not in text


def test_shapes_and_platforms_add_what_suits_them() -> None:
    assert "wide panoramic framing" in enhanced("hills", size=Size(1500, 500)).text
    assert "tall vertical framing" in enhanced("hills", size=Size(1080, 1920)).text
    assert "reads at small size" in enhanced("hills", platform="youtube").text


def test_more_is_said_for_premium_than_for_draft() -> None:
    count = {quality: len(enhanced("hills", quality=quality).additions) for quality in ("draft", "standard", "premium")}
    assert count == {"draft": 0, "standard": 1, "premium": 2}


def test_sentences_are_joined_as_one_writes_them() -> None:
    assert enhanced("A fox.").text == "A fox. Balanced composition"
    assert enhanced("A fox,").text == "A fox, balanced composition"
    assert enhanced("A fox  ").text == "A fox, balanced composition"


def test_an_open_quotation_is_left_alone_and_told() -> None:
    result = enhanced('poster "BIG sale')
    assert result.text == 'poster "BIG sale'
    assert "never closed" in result.note


def test_an_engine_that_designs_with_the_words_gets_no_others() -> None:
    result = unchanged('"SALE" in red')
    assert (result.text, result.additions) == ('"SALE" in red', ())
    assert result.note


PROMPTS = st.text(min_size=1, max_size=80) | st.lists(
    st.sampled_from(
        [
            "photo",
            "fox",
            '"Big  SALE"',
            "„Hallo“",
            "«Été»",
            "watercolor",
            "neon",
            "3d",
            "bokeh",
            ".",
            ",",
            "light",
            "grain",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
SCENES = st.builds(
    Scene,
    size=st.sampled_from([SQUARE, Size(1500, 500), Size(1080, 1920)]),
    quality=st.sampled_from(["draft", "standard", "premium"]),
    style=st.none() | st.sampled_from(sorted(TABLE.styles)),
    usual_style=st.none() | st.sampled_from(sorted(TABLE.styles)),
    platform=st.none() | st.sampled_from(sorted(TABLE.platforms)),
    headline=st.sampled_from(["left", "top", "none", "centre"]),
)


@given(prompt=PROMPTS, scene=SCENES)
def test_the_own_words_are_kept_byte_for_byte_and_each_addition_is_explained(prompt: str, scene: Scene) -> None:
    result = enhance(prompt, scene, TABLE)
    assert result.text.startswith(prompt.rstrip())
    for addition in result.additions:
        assert addition.text[1:] in result.text[len(prompt.rstrip()) :]
        assert addition.reason
        assert "{" not in addition.reason


@given(prompt=PROMPTS, scene=SCENES)
def test_enhancing_twice_adds_nothing_more(prompt: str, scene: Scene) -> None:
    once = enhance(prompt, scene, TABLE)
    assert enhance(once.text, scene, TABLE).text == once.text


@given(length=st.integers(LONGEST - 60, LONGEST), scene=SCENES)
def test_a_long_prompt_never_grows_over_the_limit(length: int, scene: Scene) -> None:
    assert len(enhance("x" * length, scene, TABLE).text) <= LONGEST


def test_every_style_is_known_by_its_own_first_words() -> None:
    for key, style in TABLE.styles.items():
        if style.known_by:
            assert TABLE.style_in(style.terms[0].say) == key, key


def test_an_engine_that_designs_is_suggested_words_for_the_subject_and_the_light() -> None:
    found = suggest("Paper-cut harbour, leaves drifting in the wind.", TABLE)
    assert found.text == "Paper-cut harbour, leaves drifting in the wind. Layered waves, warm maple tones, low warm sun"
    assert all(addition.reason for addition in found.additions)


@pytest.mark.parametrize("prompt", ["a season of research", "teams", "snowboards"])
def test_parts_of_other_words_suggest_nothing_of_their_own(prompt: str) -> None:
    assert [addition.text for addition in suggest(prompt, TABLE).additions] == ["calm balanced colours"]


def test_quoted_words_say_what_a_design_is_about() -> None:
    assert "bold bright colours" in suggest("poster “Summer sale”", TABLE).text


def test_nothing_is_suggested_into_a_quotation_that_is_never_closed() -> None:
    found = suggest("poster “Summer sale", TABLE)
    assert found.additions == ()
    assert "never closed" in found.note


@given(prompt=PROMPTS)
def test_suggesting_twice_adds_nothing_more(prompt: str) -> None:
    once = suggest(prompt, TABLE)
    assert once.text.startswith(prompt.rstrip())
    assert suggest(once.text, TABLE).text == once.text


def test_the_designing_engine_knows_what_to_make_of_every_suggestion() -> None:
    book = vocabulary()
    known = {*book.families, *book.synonyms, *book.dark, *book.light}
    known |= {word for palette in catalogue() for word in (*palette.words, *palette.tags)}
    for term in TABLE.designs:
        words = {stem for word in term.say.split() for stem in (word, word.removesuffix("s"), word.removesuffix("es"))}
        assert words & known, term.say
