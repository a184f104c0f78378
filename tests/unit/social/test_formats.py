"""Formats: the names that clients send, what holds for each, and that nothing in the file contradicts itself."""

from __future__ import annotations

import copy

import pytest
from pydantic import ValidationError

from backend.errors import InvalidRequest, NotFound
from backend.services.image_studio.format_shelf import FormatShelf
from backend.services.image_studio.formats import FormatBook
from backend.services.image_studio.tables import read_table

SHELF = FormatShelf.load()
FORMATS = [(platform, one) for platform in SHELF.platforms for one in platform.formats]
KNOWN = {
    "instagram": {
        "Feed Post (Square)": "1080x1080",
        "Feed Post (Portrait)": "1080x1350",
        "Story": "1080x1920",
        "Reel": "1080x1920",
    },
    "facebook": {
        "Feed Post": "1200x630",
        "Feed Post (Square)": "1080x1080",
        "Story": "1080x1920",
        "Cover Photo": "820x312",
    },
    "twitter": {"Post": "1200x675", "Card": "1200x600", "Header": "1500x500"},
    "linkedin": {
        "Feed Post": "1200x628",
        "Post": "1200x628",
        "Post (Square)": "1080x1080",
        "Feed Post (Square)": "1080x1080",
        "Article": "1200x627",
        "Company Cover": "1128x191",
    },
    "youtube": {"Thumbnail": "1280x720", "Channel Art": "2560x1440"},
    "pinterest": {"Pin": "1000x1500", "Story Pin": "1080x1920"},
    "tiktok": {"Video Cover": "1080x1920"},
}


@pytest.mark.parametrize(("platform", "names"), KNOWN.items())
def test_every_name_that_clients_send_means_its_size(platform, names):
    for name, size in names.items():
        ((_, one),) = SHELF.choose([platform], {platform: name})
        assert (str(one.pixels), one.pixels) == (size, one.pixels)


@pytest.mark.parametrize(("platform", "names"), KNOWN.items())
def test_a_platform_alone_means_the_first_that_clients_know(platform, names):
    ((_, one),) = SHELF.choose([platform], {})
    assert one.name == next(iter(names))


def test_there_are_nineteen_platforms_and_ninety_three_formats():
    listed = SHELF.list()
    assert (listed.total, listed.total_formats) == (19, 93)


def test_x_is_twitter_however_it_is_written():
    assert SHELF.choose(["X"], {"Twitter": ["header", "x_header"]}) == SHELF.choose(["twitter"], {"x": "Header"})


def test_all_means_every_format_once():
    chosen = SHELF.choose(["instagram", "Instagram"], {"instagram": ["Story", "all"]})
    assert [one.id for _, one in chosen] == [one.id for _, one in SHELF.choose(["instagram"], {"instagram": "all"})]
    assert len(chosen) == 8


def test_names_of_a_platform_that_is_not_asked_for_are_not_made():
    assert {platform.key for platform, _ in SHELF.choose(["tiktok"], {"youtube": "Thumbnail"})} == {"tiktok"}


@pytest.mark.parametrize(
    ("platforms", "names", "pointer", "says"),
    [
        (["myspace"], {}, "/platforms", "instagram, facebook, twitter"),
        (["x"], {"orkut": "Post"}, "/format_names", "instagram, facebook, twitter"),
        (["x"], {"x": "Poster"}, "/format_names/twitter", 'mean "Post"'),
        (["tiktok"], {"tiktok": ["Video Cover", "?"]}, "/format_names/tiktok", "Known: Video Cover, Photo"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(platforms, names, pointer, says):
    with pytest.raises(InvalidRequest) as refused:
        SHELF.choose(platforms, names)
    (error,) = refused.value.errors
    assert error.pointer == pointer
    assert says in error.detail


def test_pages_of_an_unknown_platform_are_not_there():
    with pytest.raises(NotFound, match="instagram"):
        SHELF.formats("myspace")
    with pytest.raises(NotFound):
        SHELF.specs("")


@pytest.mark.parametrize("platform", [platform.key for platform in SHELF.platforms])
def test_every_rule_that_is_shown_has_a_source_that_is_shown(platform):
    answer = SHELF.formats(platform)
    for view in answer.formats:
        for shown in (view, *view.rules):
            assert shown.sources or shown.grade == "E"
            assert set(shown.sources) <= set(answer.sources)
    assert set(SHELF.specs(platform).sources) >= {key for one in SHELF.specs(platform).formats for key in one.sources}


def test_a_format_s_own_limit_stands_before_the_platform_s():
    platform = SHELF.choose(["facebook"], {"facebook": "Feed Post"})[0][0]
    rules = {rule.name: rule for rule in platform.rules_of(platform.formats[0])}
    assert (rules["max_bytes"].limit, rules["max_bytes"].sources) == (8_000_000, ("og",))
    assert (rules["types"].limit, rules["types"].sources) == (("jpeg", "png"), ("postiz",))


def test_rules_of_feeds_do_not_hold_for_stories():
    platform, story = SHELF.choose(["instagram"], {"instagram": "Story"})[0]
    assert "ratio_min" not in {rule.name for rule in platform.rules_of(story)}
    assert "ratio_max" in {rule.name for rule in platform.rules_of(story)}


def test_fractions_and_pixels_of_safe_zones_agree():
    (story,) = [one for one in SHELF.formats("instagram").formats if one.name == "Story"]
    assert (story.safe_zone.top, story.safe_zone.bottom) == (0.1401, 0.35)
    assert (story.file_type, story.max_size_mb) == ("jpeg", 8.0)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"sizes": 1}, "Extra inputs"),
        ({"safe": {"top": 600, "bottom": 480}}, "nothing of"),
        ({"keepout": [[1000, 0, 81, 10]]}, "lies outside"),
        ({"size": {"width": 1080, "height": 1350, "ratio": "1:1"}}, "is not 1:1"),
        ({"limits": {"w_min": 1081}}, "breaks its own rules: w_min"),
        ({"limits": {"types": ["bmp"]}}, "jpeg"),
        ({"sources": []}, "without a source"),
        ({"sources": ["hearsay"]}, "hearsay"),
        ({"name": "Story"}, "same name"),
        ({"id": "fb_story"}, "same name"),
    ],
)
def test_a_file_that_contradicts_itself_is_not_taken(broken, says):
    content = copy.deepcopy(read_table("platforms"))
    content["platforms"][0]["formats"][0] |= broken
    with pytest.raises(ValidationError, match=says):
        FormatBook.model_validate(content)


def test_a_source_that_nobody_cites_is_not_kept():
    content = copy.deepcopy(read_table("platforms"))
    content["sources"]["spare"] = {"pages": ["https://example.org"], "kind": "vendor", "dated": "2026"}
    with pytest.raises(ValidationError, match="spare"):
        FormatBook.model_validate(content)
