"""Words, the way they run, and how they are set."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.providers.local.compose.type.bidi import runs_right, visual_runs
from backend.providers.local.compose.type.fonts import FOLDER, Face, files
from backend.providers.local.compose.type.setting import Order, set_block
from backend.providers.local.compose.type.shaping import shape
from backend.providers.local.compose.type.voices import VOICES
from backend.providers.local.compose.type.wrapping import broken, words_of
from backend.providers.local.compose.words import LIMITS, Texts, polished, quoted, said
from backend.providers.local.compose.zones import Frame


@pytest.mark.parametrize(
    ("prompt", "headline", "subline", "kicker"),
    [
        ('poster "One" "Two" "Three" "Four"', "One", "Two", "Three"),
        ("“Curly” and «guillemets» and „low“", "Curly", "guillemets", "low"),
        ("a poster, 'Sunday Sessions', warm", "Sunday Sessions", "", ""),
        ("it's the dogs' day and don't shout", "", "", ""),
        ("rock 'n' roll in the '90s", "", "", ""),
        ('a 5" x 7" card', "", "", ""),
        ("\"We're open\" 'Don't wait'", "We\u2019re open", "Don\u2019t wait", ""),
        ('empty "" then "Full"', "Full", "", ""),
        ('"  wide   spaces  "', "wide spaces", "", ""),
        ('"two\nlines"', "two lines", "", ""),
    ],
)
def test_quoted_words_become_texts(prompt: str, headline: str, subline: str, kicker: str) -> None:
    texts = quoted(prompt)

    assert (texts.headline, texts.subline, texts.kicker) == (headline, subline, kicker)


@pytest.mark.parametrize(
    ("raw", "set_"),
    [
        ("9-18 October", "9\u201318 October"),
        ("2026-11-22", "2026-11-22"),
        ("well-kept - and so on", "well-kept \u2013 and so on"),
        ('it\'s "fine"', "it\u2019s “fine”"),
        ("the '90s", "the \u201990s"),
    ],
)
def test_texts_are_polished_as_a_typesetter_would(raw: str, set_: str) -> None:
    assert polished(raw) == set_


@given(st.text(max_size=400))
def test_no_word_is_ever_invented(inner: str) -> None:
    texts = quoted(f"“{inner}”")

    letters = {c for c in polished(inner).replace("“", "").replace("”", "") if c.isalnum()}
    assert {c for c in texts.headline if c.isalnum()} <= letters
    assert all(len(getattr(texts, name)) <= limit for name, limit in LIMITS.items())


@given(st.text(max_size=400))
def test_said_words_are_lower_case_and_said_once(prompt: str) -> None:
    words = said(prompt)

    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("text", "right", "parts"),
    [
        ("plain", False, ["plain"]),
        ("Open שלום now", False, ["Open ", "שלום", " now"]),
        ("שלום 12", True, ["12", "שלום "]),
        ("שלום at 10%", True, ["at 10%", "שלום "]),
        ("Open שלום 12 now", False, ["Open ", "12", "שלום ", " now"]),
        ("at (שלום) עולם", False, ["at (", "שלום", ") ", "עולם"]),
        ("שלום (Open) עולם", True, [") עולם", "Open", "שלום ("]),
        ("שלום (עולם", True, ["שלום (עולם"]),
    ],
)
def test_lines_of_mixed_direction_are_ordered_for_the_eye(text: str, parts: list[str], *, right: bool) -> None:
    assert runs_right(text) == right
    assert [part for part, _ in visual_runs(text, right=right)] == parts


@given(text=st.text(max_size=60), right=st.booleans())
def test_visual_order_loses_no_letter(text: str, *, right: bool) -> None:
    assert sorted("".join(part for part, _ in visual_runs(text, right=right))) == sorted(text)


def test_every_voice_has_its_font_and_every_font_its_licence() -> None:
    for voice in VOICES.values():
        assert files(voice.face.family)
        assert not voice.sturdy or voice.sturdy in VOICES
    licences = list(FOLDER.glob("*.LICENSE.txt"))
    assert len(licences) == 13
    assert all("SIL Open Font License" in path.read_text(encoding="utf-8") for path in licences)


def test_every_line_of_a_text_runs_as_the_text_does() -> None:
    voice = VOICES["grotesk"]
    order = Order(zone=Frame(0, 0, 300, 300), align="left", anchor="top", largest=90, small=(10, 14))
    block = set_block(Texts(headline="שבוע העיצוב Tel Aviv תל אביב"), voice, order)

    latin_first = [row.line for row in block.rows if row.line.text.startswith("Tel")]
    assert latin_first
    for line in latin_first:
        assert line == shape(line.text, voice.face, voice.tracking, right=True)


def test_brackets_are_turned_round_where_letters_run_from_the_right() -> None:
    face = Face(family="archivo", weight=800)

    assert shape("(ש", face, right=True).glyphs[-1].moves == shape(")", face).glyphs[0].moves


def test_tracking_spares_joined_scripts() -> None:
    face = Face(family="inter", weight=500)

    assert shape("افتتاح", face, -0.1, right=True).advance == shape("افتتاح", face, 0.0, right=True).advance
    assert shape("open", face, -0.1).advance < shape("open", face, 0.0).advance


@given(st.text(alphabet="abc def ghij klm", min_size=1, max_size=80).filter(str.strip), st.integers(1, 7))
def test_breaking_keeps_every_word_in_order(text: str, count: int) -> None:
    lines = broken(text, VOICES["grotesk"], count)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(lines) == min(count, len(words_of(text)))


def test_a_word_too_long_for_a_line_is_not_spaced_out_on_one() -> None:
    assert broken("a" * 60, VOICES["grotesk"], 1) == ("a" * 60,)
    assert broken("a" * 60, VOICES["grotesk"], 3) == ("a" * 22, "a" * 22, "a" * 16)


def test_lines_end_on_strong_words() -> None:
    assert broken("Fresh bread from six in the morning", VOICES["grotesk"], 3)[-1] == "in the morning"


@settings(max_examples=40, deadline=None)
@given(
    headline=st.text(alphabet="aÄbgjÇ wxyz. ,éש12", min_size=1, max_size=120).filter(
        lambda t: any(c.isalnum() for c in t)
    ),
    subline=st.text(alphabet="abc def", max_size=100),
    width=st.floats(40, 2000),
    height=st.floats(30, 2000),
    voice=st.sampled_from(sorted(VOICES)),
)
def test_set_text_stays_inside_its_zone(headline: str, subline: str, width: float, height: float, voice: str) -> None:
    texts = Texts(headline=" ".join(headline.split()), subline=" ".join(subline.split()))
    zone = Frame(10, 20, width, height)
    order = Order(zone=zone, align="left", anchor="middle", largest=width * 0.4, small=(8, 20))

    frame = set_block(texts, VOICES[voice], order).frame

    assert frame.x >= zone.x - 0.01
    assert frame.right <= zone.right + 0.01 * width
    assert frame.y >= zone.y - 0.01 * height
    assert frame.bottom <= zone.bottom + 0.01 * height
