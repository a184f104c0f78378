"""What exported files are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from backend.imaging.types import Size
from backend.schemas.exports import PLACEHOLDERS, NamePattern
from backend.services.image_studio.naming import DEFAULT, FileFacts, filename, slug, unique

FACTS = FileFacts(
    name="Spring Launch (final).PNG",
    platform="instagram",
    format="Feed Post (Square)",
    size=Size(1080, 1080),
    ratio="1.91:1",
    number=3,
    among=12,
    day=date(2026, 11, 23),
    mime="image/jpeg",
)
PATTERN = TypeAdapter(NamePattern)


def test_the_usual_name_tells_picture_network_format_and_size():
    assert filename(DEFAULT, FACTS) == "spring-launch-final-instagram-feed-post-square-1080x1080.jpg"


def test_every_placeholder_is_filled_in():
    names = {name: filename(f"{{{name}}}", FACTS) for name in PLACEHOLDERS}
    assert names == {
        "name": "spring-launch-final.jpg",
        "platform": "instagram.jpg",
        "format": "feed-post-square.jpg",
        "width": "1080.jpg",
        "height": "1080.jpg",
        "ratio": "1.91x1.jpg",
        "n": "03.jpg",
        "date": "2026-11-23.jpg",
    }


def test_a_pattern_keeps_its_own_words_and_gets_the_extension_of_the_file():
    assert filename("Sale {n} {platform}.png", replace(FACTS, mime="image/webp")) == "Sale 03 instagram.webp"


def test_names_of_other_scripts_are_kept():
    assert filename("{name}", replace(FACTS, name="हिन्दी फ़ोटो.jpg")) == "हिन्दी-फ़ोटो.jpg"
    assert slug("Ünïted 東京") == "ünïted-東京"


def test_a_name_without_letters_is_a_picture():
    assert filename("{name}", replace(FACTS, name="???.png")) == "picture.jpg"


@pytest.mark.parametrize("pattern", ["{nmae}", "{}", "{name!r}", "{name", "name}", "a/b", "a\\b", "{name:>10}", " . "])
def test_what_no_name_can_be_made_of_is_refused(pattern: str):
    with pytest.raises(ValidationError):
        PATTERN.validate_python(pattern)


def test_a_refusal_lists_what_is_known():
    with pytest.raises(ValidationError, match=r"knows no \{nmae\}; it knows \{name\}, \{platform\}"):
        PATTERN.validate_python("{nmae}")


@given(
    pattern=st.text(st.characters(exclude_characters="{}/\\\x00", exclude_categories=["Cs"]), min_size=1, max_size=120),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
)
def test_every_name_is_safe_and_short(pattern: str, name: str):
    found = filename(pattern + "{name}{n}", replace(FACTS, name=name))
    assert len(found.encode()) <= 200
    assert found.endswith(".jpg")
    assert not set('/\\<>:"|?*\x00') & set(found)
    assert found.strip(" .") == found


def test_two_files_never_share_a_name():
    assert unique(["a.jpg", "A.jpg", "a.jpg", "a-2.jpg"]) == ("a.jpg", "A-3.jpg", "a-4.jpg", "a-2.jpg")


@given(st.lists(st.sampled_from(["a.jpg", "A.JPG", "a-2.jpg", "a-3.jpg", "b.png", "b"]), max_size=20))
def test_all_names_end_up_different_whatever_they_were(names: list[str]):
    found = unique(names)
    assert len({one.casefold() for one in found}) == len(names)
    firsts = {name.casefold(): one for name, one in zip(reversed(names), reversed(found), strict=True)}
    assert all(one.casefold() == name for name, one in firsts.items())
