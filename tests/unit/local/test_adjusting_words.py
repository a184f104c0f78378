"""What sentences about photographs are understood as, and which are not."""

from __future__ import annotations

import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidRequest
from backend.providers.local.adjust.asking import MOST, understood
from backend.providers.local.adjust.vocabulary import lexicon, plain, vocabulary

CLAUSES = (
    "a bit warmer",
    "much more contrast",
    "less saturated",
    "strong vignette",
    "lift the shadows",
    "sharper",
    "denoise",
    "exposure +1 stop",
)
POLITE = ("please", "make it", "can you make the picture", "I would like the photo", "bitte", "mach das Bild")


def asked(prompt: str, strength: float = 1.0) -> dict[str, float]:
    return {step.name: round(step.amount, 4) for step in understood(prompt, strength)}


def refusal(prompt: str) -> str:
    with pytest.raises(InvalidRequest) as refused:
        understood(prompt)
    assert [error.pointer for error in refused.value.errors] == ["/prompt"]
    return refused.value.detail


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("a bit warmer and much more contrast", {"warmth": 0.5, "contrast": 1.6}),
        ("Brighten!", {"brightness": 1.0}),
        ("make it black and white with strong vignette", {"black_and_white": 1.0, "vignette": 1.6}),
        ("it is too dark", {"brightness": 1.0}),
        ("a bit too dark", {"brightness": 0.5}),
        ("more contrast, saturation and sharpness", {"contrast": 1.0, "saturation": 1.0, "sharpen": 1.0}),
        ("contrast and saturation down a bit", {"contrast": -0.5, "saturation": -0.5}),
        ("contrast +15, saturation -20%", {"contrast": 0.3, "saturation": -0.4}),
        ("increase exposure by 1 stop", {"exposure": 2.0}),
        ("rotate by 3° counter-clockwise", {"rotate": -3.0}),
        ("drehe um 2 Grad nach rechts", {"rotate": 2.0}),
        ("warmer colours", {"warmth": 1.0}),
        ("more colour", {"saturation": 1.0}),
        ("remove the colour", {"black_and_white": 1.0}),
        ("less noise", {"denoise": 1.0}),
        ("brighter, but not too much", {"brightness": 0.5}),
        ("strongly blurred background", {"background_blur": 1.6}),
        ("mach es etwas wärmer und deutlich kontrastreicher", {"warmth": 0.5, "contrast": 1.6}),
        ("bitte schwarz-weiß mit starker Vignette", {"black_and_white": 1.0, "vignette": 1.6}),
        ("SCHAERFER, weniger gesaettigt", {"sharpen": 1.0, "saturation": -1.0}),
        ("Hintergrund weichzeichnen", {"background_blur": 1.0}),
    ],
)
def test_plain_words_are_understood(prompt: str, wanted: dict[str, float]):
    assert asked(prompt) == wanted


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [
        ("make the sky brighter", "“sky”"),
        ("brighter and add a cat", "“cat”"),
        ("don't make it darker", "“don't”"),
        ("not bright", "“not”"),
        ("contrast", "Say whether contrast is to be more or less"),
        ("saturation 20%", "Say whether saturation"),
        ("brighter and darker", "more and for less at once of brightness"),
        ("less more contrast", "more and for less at once of contrast"),
        ("slightly strong contrast", "weaker and stronger at once"),
        ("warmer, brighter too", "right before"),
        ("less black and white", "has no opposite"),
        ("rotate", "by how many degrees"),
        ("rotate 40 degrees", "most that rotate takes here is 15"),
        ("contrast +20 degrees", "unit"),
        ("no vignette", "could be left out"),
        ("vintage without grain and vignette", "open whether vignette"),
        ("please", "name nothing"),
        ("", "name nothing"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_reason(prompt: str, reason: str):
    assert reason in refusal(prompt)


def test_a_refusal_says_what_is_understood_and_who_could_do_more():
    detail = refusal("turn the dog into a wolf")

    assert all(word in detail for word in ("“dog”", "brightness", "vintage", "mask", "Stability AI"))


def test_a_look_leaves_out_what_it_is_told_to():
    whole = asked("vintage")

    assert asked("vintage without grain") == {name: part for name, part in whole.items() if name != "grain"}
    assert asked("strong vintage look")["fade"] == pytest.approx(1.6)


@given(st.permutations(CLAUSES), st.sampled_from(POLITE), st.sampled_from((str.upper, str.title, str.lower)))
def test_order_case_and_politeness_change_nothing(clauses: list[str], polite: str, case: object):
    sentence = f"{polite} {', '.join(clauses[:3])} and {' and '.join(clauses[3:])}, please!"

    assert asked(case(sentence)) == asked(", ".join(CLAUSES))


@given(st.sampled_from(CLAUSES), st.floats(0, 1))
def test_strength_scales_every_amount(clause: str, strength: float):
    assert asked(clause, strength) == {name: round(part * strength, 4) for name, part in asked(clause).items()}


@given(st.lists(st.sampled_from([" ".join(key) for key in lexicon().phrases]), max_size=8), st.text(max_size=12))
def test_any_sentence_is_understood_within_bounds_or_refused_in_words(phrases: list[str], noise: str):
    most = {"rotate": 15, "exposure": 6, "brightness": 6}
    with contextlib.suppress(InvalidRequest):
        steps = understood(" ".join((*phrases, noise)))
        assert steps
        assert all(abs(step.amount) <= most.get(step.name, MOST) for step in steps)


@given(st.text(st.characters(categories=["L"]), min_size=3, max_size=12))
def test_a_word_that_is_not_known_is_never_passed_over(word: str):
    known = lexicon()
    parts = plain(word)
    if any((part,) in known.phrases or part in known.articles for part in parts) or not parts:
        return
    assert "Not understood" in refusal(f"brighter {word}")


def test_every_word_of_an_adjustment_asks_for_it_in_its_direction():
    for name, one in vocabulary().adjustments.items():
        number = " 2 degrees" if name == "rotate" else ""
        for forms in one.words.values():
            for sign, words in ((1, forms.more), (-1, forms.less)):
                for word in words:
                    (step,) = understood(word + number)
                    assert (step.name, step.amount * sign > 0) == (name, True), word
            for word in forms.quantity:
                assert asked(f"{word} +10") == {name: 0.2}, word
            for word in forms.lack:
                assert asked(f"less {word}") == {name: 1.0}, word


def test_no_phrase_means_two_things():
    words, articles = vocabulary(), lexicon().articles
    meanings: dict[str, set[str]] = {}
    for meaning, phrase in itertools.chain(
        (
            (f"{way} {name}", phrase)
            for name, one in words.adjustments.items()
            for forms in one.words.values()
            for way in ("quantity", "lack", "more", "less")
            for phrase in getattr(forms, way)
        ),
        ((name, phrase) for name, look in words.looks.items() for phrase in itertools.chain(*look.words.values())),
    ):
        meanings.setdefault(" ".join(part for part in plain(phrase) if part not in articles), set()).add(meaning)

    assert {phrase: found for phrase, found in meanings.items() if len(found) > 1} == {}


def test_looks_are_made_of_adjustments_that_there_are():
    words = vocabulary()
    for look in words.looks.values():
        for name, part in look.recipe.items():
            assert part > 0 or words.adjustments[name].both, name
