"""What is decided about files for networks, before anything is made."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from backend.errors import InvalidRequest, ProviderMisbehaved
from backend.imaging.types import Size
from backend.providers.local.social import EXPORT, EXTEND
from backend.schemas.base import AssetId
from backend.schemas.social_request import SocialRequest
from backend.schemas.specs import SPEC, Layers, SocialSpec
from backend.services.image_studio.format_shelf import FormatShelf
from backend.services.image_studio.inputs import Input
from backend.services.image_studio.market import Market
from backend.services.image_studio.plans import Made
from backend.services.image_studio.preferences import load_quality_table
from backend.services.image_studio.pricing import PriceBook
from backend.services.image_studio.relayout_service import Design
from backend.services.image_studio.social_optimizer_service import SocialOptimizerService

TODAY = date(2026, 11, 23)
PHOTO = Input(id=AssetId("a"), size=Size(4000, 3000), mime="image/jpeg", name="Beach day.JPG")
LAYERS = Layers(
    family="swiss",
    kind="poster",
    palette="ink",
    colours=("#000000",),
    dark=False,
    voice="grotesk",
    headline="Sea",
    subline="",
    kicker="",
    seed=1,
)
SEEN = {
    "crop": {"left": 0, "top": 0, "width": 3000, "height": 3000},
    "score": 0.9,
    "reasons": [{"kind": "subject", "says": "90% of what stands out is kept.", "value": 0.9}],
    "encoding": "jpg",
    "quality": 85,
    "faces": [[10, 10, 60, 60]],
}


@pytest.fixture(scope="module")
def socials() -> SocialOptimizerService:
    return SocialOptimizerService(formats=FormatShelf.load(), quality=load_quality_table(), today=lambda: TODAY)


@pytest.fixture(scope="module")
def market() -> Market:
    return Market(offers=(EXPORT, EXTEND), prices=PriceBook.of(()), labels={"local": "Local engine"})


@pytest.fixture
def planned(socials, market):
    def planned(design: Design | None = None, image: Input = PHOTO, **form) -> SocialSpec:
        request = SocialRequest.model_validate({"image_asset_id": "a", "platforms": ["instagram"], **form})
        spec = socials.plan(request, {"image": image}, market, design).spec
        assert isinstance(spec, SocialSpec)
        return spec

    return planned


def test_a_platform_alone_means_its_first_format_and_all_means_every_one_each_once(planned):
    assert [one.format for one in planned().exports] == ["Feed Post (Square)"]
    spec = planned(platforms=["x", "twitter", "X"], format_names={"twitter": ["all", "Post"]})
    assert {one.platform for one in spec.exports} == {"twitter"}
    assert len({one.format_id for one in spec.exports}) == spec.parts == 8


def test_a_request_that_names_no_format_is_refused(socials, market):
    request = SocialRequest.model_validate({"image_asset_id": "a", "export_set_id": "b"})
    with pytest.raises(InvalidRequest, match="no format is asked for"):
        socials.plan(request, {"image": PHOTO}, market)


def test_unknown_platforms_and_formats_are_refused_with_the_known_ones(planned):
    with pytest.raises(InvalidRequest, match="Known: instagram, facebook"):
        planned(platforms=["myspace"])
    with pytest.raises(InvalidRequest, match="Did you mean") as refused:
        planned(format_names={"instagram": "Storie"})
    assert refused.value.errors[0].pointer == "/format_names/instagram"


def test_windows_and_points_are_found_by_any_name_of_a_format_and_only_for_what_is_asked_for(planned):
    window = {"left": 0, "top": 0, "width": 900, "height": 900}
    spec = planned(
        platforms=["x"],
        format_names={"x": ["Post", "Header"]},
        focal_point={"x": 0.2, "y": 0.3},
        focal_points={"twitter.header": {"x": 1, "y": 0}},
        crops={"x.x_post_landscape": window},
    )
    post, header = spec.exports
    assert post.box is not None
    assert post.box.model_dump() == window
    assert (post.focus and post.focus.x, header.focus and header.focus.x) == (0.2, 1)
    with pytest.raises(InvalidRequest, match="is no format that is asked for"):
        planned(focal_points={"tiktok.Photo": {"x": 0, "y": 0}})


def test_a_window_beyond_the_picture_is_refused(planned):
    with pytest.raises(InvalidRequest, match="measures 4000x3000") as refused:
        planned(crops={"instagram.Feed Post (Square)": {"left": 3500, "top": 0, "width": 501, "height": 10}})
    assert refused.value.errors[0].pointer == "/crops/instagram.Feed Post (Square)"


def test_files_are_of_a_type_that_the_network_takes_and_a_note_says_where_that_is_another(planned):
    instagram, x = planned(platforms=["instagram", "x"], output_format="png").exports
    assert (instagram.encodings, x.encodings) == (("jpg",), ("png",))
    assert instagram.notes == ("Instagram takes JPEG for Feed Post (Square), so the file is no PNG.",)
    assert not x.notes
    assert planned(platforms=["x"], output_format="auto").exports[0].encodings == ("jpg", "png", "webp")
    assert planned(platforms=["x"], output_format="jpeg").exports[0].encodings == ("jpg",)


def test_a_see_through_ground_asks_for_types_that_can_have_one(planned):
    form = {"crop_mode": "fit", "background": {"kind": "transparent"}, "output_format": "auto"}
    assert planned(platforms=["x"], **form).exports[0].encodings == ("png", "webp")
    assert planned(**form).exports[0].encodings == ("jpg",)  # which refuses it, in words


def test_the_stricter_limit_on_bytes_counts_and_leaves_room_for_marks(planned):
    assert planned().exports[0].most_bytes == 8_000_000 - 8_000
    assert planned(max_bytes=50_000).exports[0].most_bytes == 42_000
    assert planned(platforms=["email"]).exports[0].most_bytes is None


def test_files_are_named_by_the_pattern_each_by_its_own(planned):
    assert planned().exports[0].name == "beach-day-instagram-feed-post-square-1080x1080"
    names = [one.name for one in planned(format_names={"instagram": "all"}, name_pattern="{name}").exports]
    assert names[:3] == ["beach-day", "beach-day-2", "beach-day-3"]
    with pytest.raises(ValidationError, match="knows no"):
        planned(name_pattern="{nonsense}")


def test_a_design_is_laid_out_again_unless_a_person_says_what_is_shown(planned):
    design = Design(asset=AssetId("a"), size=Size(1000, 1000), prompt="Sea", layers=LAYERS)
    assert planned(design).layers == planned(design, crop_mode="extend").layers == LAYERS
    for said in ({"crop_mode": "fit"}, {"crop_mode": "center"}, {"focal_point": {"x": 0, "y": 0}}):
        assert planned(design, **said).layers is None
    assert planned().layers is None


def test_fields_without_effect_are_named(socials, market):
    request = SocialRequest.model_validate(
        {
            "image_asset_id": "a",
            "platforms": ["x"],
            "quality": 70,
            "background": {"kind": "mirror"},
        }
    )
    assert socials.plan(request, {"image": PHOTO}, market).ignored == ("background", "quality")


def test_a_spec_survives_being_stored_and_each_part_holds_one_file(planned):
    spec = planned(format_names={"instagram": "all"})
    assert SPEC.validate_json(spec.model_dump_json()) == spec
    assert [one.exports for one in map(spec.part, range(spec.parts))] == [(one,) for one in spec.exports]


def test_more_files_than_one_request_may_make_are_refused(planned, monkeypatch):
    everything = {platform.key: "all" for platform in FormatShelf.load().platforms}
    assert planned(platforms=list(everything), format_names=everything).parts > 90
    monkeypatch.setattr("backend.services.image_studio.social_optimizer_service.MOST_EXPORTS", 90)
    with pytest.raises(InvalidRequest, match="at most 90 files"):
        planned(platforms=list(everything), format_names=everything)


def test_what_is_remembered_of_a_file_are_its_crop_and_its_checks(socials, market, planned):
    request = SocialRequest.model_validate({"image_asset_id": "a", "platforms": ["instagram"], "alt_text": "A beach"})
    plan = socials.plan(request, {"image": PHOTO}, market)
    made = Made(size=Size(1080, 1080), format="jpg", alpha=False, length=9_000_000, facts=SEEN)
    facts = socials.finish(plan.spec, made, provider="local", model="export")

    assert (facts["platform"], facts["format"], facts["alt_text"]) == ("instagram", "Feed Post (Square)", "A beach")
    assert facts["crop"] == SEEN["crop"]
    assert [check["rule"] for check in facts["checks"] if check["ok"] is False] == ["max_bytes", "safe_faces"]
    small = Made(size=Size(9, 9), format="jpg", alpha=False)
    with pytest.raises(ProviderMisbehaved, match="should measure 1080x1080"):
        socials.finish(plan.spec, small, provider="local", model="export")


def test_quality_and_likeness_are_not_both_taken_and_colours_only_where_they_count():
    form = {"image_asset_id": "a", "platforms": ["x"]}
    for wrong in (
        {"quality": 80, "min_ssim": 0.9},
        {"background": {"kind": "blur", "colour": "#112233"}},
        {"background": {"kind": "colour"}},
        {"image_base64": "AAAA"},
    ):
        with pytest.raises(ValidationError):
            SocialRequest.model_validate(form | wrong)
