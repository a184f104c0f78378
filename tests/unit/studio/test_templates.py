"""Templates: the formats that clients know, lists, search and recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidRequest
from backend.services.image_studio.prompts import load_enhancement
from backend.services.image_studio.templates import Platform, TemplateBook, TemplateCategory, TemplateManager, views

if TYPE_CHECKING:
    from conftest import House

KNOWN = """instagram_feed_square 1080x1080 · instagram_feed_portrait 1080x1350 · instagram_story 1080x1920 ·
instagram_reel_cover 1080x1920 · facebook_feed 1200x630 · facebook_feed_square 1080x1080 · facebook_story 1080x1920 ·
facebook_cover 820x312 · twitter_post 1200x675 · twitter_card 1200x600 · twitter_header 1500x500 ·
linkedin_post 1200x628 · linkedin_post_square 1080x1080 · linkedin_article 1200x627 · linkedin_company_cover 1128x191 ·
youtube_thumbnail 1280x720 · youtube_channel_art 2560x1440 · pinterest_pin 1000x1500 · pinterest_story 1080x1920 ·
tiktok_video_cover 1080x1920 · blog_header 1200x628 · blog_header_wide 1920x1080 · email_banner 600x200 ·
email_product 600x600 · website_hero 1920x1080 · website_banner 1200x400"""
SHELF = TemplateManager.load()
IDS = [template.id for template in SHELF.list()]


@pytest.mark.parametrize("known", [entry.strip() for entry in KNOWN.split("·")])
def test_the_formats_that_clients_know_have_their_sizes(known: str) -> None:
    template_id, size = known.split()
    assert str(SHELF.get(template_id).size) == size


def test_there_are_many_more() -> None:
    assert len(IDS) >= 45
    assert {template.platform for template in SHELF.list()} == set(Platform)


def test_every_style_and_engine_of_a_template_exists() -> None:
    styles = load_enhancement()
    assert all(styles.style(template.style_preset) for template in SHELF.list())


@pytest.mark.parametrize(
    ("called", "meant"),
    [
        ("linkedin_cover", "linkedin_company_cover"),
        ("Instagram-Story", "instagram_story"),
        ("x_post", "twitter_post"),
        ("X_Header", "twitter_header"),
        ("open_graph", "website_share_card"),
    ],
)
def test_templates_go_by_other_names_too(called: str, meant: str) -> None:
    assert SHELF.get(called).id == meant


def test_both_filters_apply_together() -> None:
    both = SHELF.list("linkedin", "brand_assets")
    assert [t.id for t in both] == ["linkedin_company_cover", "linkedin_personal_cover"]
    assert set(both) == set(SHELF.list("linkedin")) & set(SHELF.list(category="brand_assets"))
    assert SHELF.list() == SHELF.list(None, "")


def test_x_is_another_name_of_twitter() -> None:
    assert SHELF.list("x") == SHELF.list("Twitter") != ()


@pytest.mark.parametrize(("field", "args"), [("platform", ("myspace", None)), ("category", (None, "memes"))])
def test_an_unknown_filter_names_the_known_ones(field: str, args: tuple[str | None, str | None]) -> None:
    with pytest.raises(InvalidRequest, match="known: ") as refusal:
        SHELF.list(*args)
    assert refusal.value.errors[0].pointer == f"/{field}"


@pytest.mark.parametrize("template_id", IDS)
def test_a_search_for_an_id_finds_that_first(template_id: str) -> None:
    assert SHELF.search(template_id)[0].id == template_id


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("instagram story", "instagram_story"),
        ("story for instagram", "instagram_story"),
        ("Instagram STORIES", "instagram_story"),
        ("x header", "twitter_header"),
        ("thumbnial", "youtube_thumbnail"),
        ("linkdin banner", "linkedin_company_cover"),
        ("1128x191", "linkedin_company_cover"),
        ("2560 \u00d7 1440", "youtube_channel_art"),
        ("leaderboard", "display_leaderboard"),
        ("open graph", "website_share_card"),
        ("skyscraper ad", "display_skyscraper"),
    ],
)
def test_people_find_what_they_mean(query: str, first: str) -> None:
    assert SHELF.search(query)[0].id == first


def test_a_beginning_is_enough() -> None:
    assert {template.platform for template in SHELF.search("insta")[:7]} == {"instagram"}


def test_sizes_and_shapes_find_all_that_have_them() -> None:
    assert all(str(template.size) == "1080x1350" for template in SHELF.search("1080x1350"))
    assert all(template.shape.ratio == "3:1" for template in SHELF.search("3:1"))


@pytest.mark.parametrize("query", ["", "   ", "!?", "qqqqzzzz"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert SHELF.search(query) == ()


@given(query=st.text(max_size=60))
def test_any_query_is_answered_with_each_template_at_most_once(query: str) -> None:
    found = [template.id for template in SHELF.search(query)]
    assert len(found) == len(set(found))


def test_recommendations_are_ranked_and_explained() -> None:
    first = SHELF.recommend("product launch")[0]
    assert "product launch" in first.use_cases
    assert first.reason.startswith("Made for: product launch")


def test_recommendations_stay_on_the_platform() -> None:
    found = SHELF.recommend("video cover", "tiktok")
    assert found[0].id == "tiktok_video_cover"
    assert {entry.platform for entry in found} == {"tiktok"}


def test_a_use_that_nothing_is_made_for_gets_the_platforms_usual_formats() -> None:
    found = SHELF.recommend("qqqqzzzz", "pinterest")
    assert [entry.id for entry in found] == [template.id for template in SHELF.list("pinterest")]
    assert "qqqqzzzz" in found[0].reason
    assert SHELF.recommend("qqqqzzzz") == ()


def test_clients_see_the_fields_they_know() -> None:
    view = views(SHELF.list())[0].model_dump(mode="json")
    assert view["aspect_ratio"] == {"ratio": "1:1", "width": 1080, "height": 1080, "label": "Square"}
    fields = "id name category platform description recommended_provider style_preset quality use_cases"
    assert set(view) >= set(fields.split())
    assert view["category"] in set(TemplateCategory)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"shape": {"ratio": "1:1", "width": 1080, "height": 1920, "label": "Square"}},
        {"safe": {"top": 540, "bottom": 540}},
        {"platform": "myspace"},
        {"aliases": ["instagram_story"]},
    ],
)
def test_a_spoilt_table_is_refused_on_load(house: House, spoilt: dict[str, object]) -> None:
    good = [house.templates.get(name).model_dump() for name in ("instagram_feed_square", "instagram_story")]
    with pytest.raises(ValueError, match="validation error"):
        TemplateBook.model_validate({"templates": [good[0] | spoilt, good[1]], "synonyms": [], "sources": {}})


def test_a_very_long_query_is_read_only_at_its_beginning() -> None:
    assert SHELF.search("instagram story" + " qqzzxx" * 50_000)[0].id == "instagram_story"
