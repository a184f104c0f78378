"""Files that were broken on purpose: exactly the broken rule is told, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidImage, InvalidRequest, TooLarge
from backend.imaging.codec import decode
from backend.imaging.inspect import inspect
from backend.imaging.measuring import Measured, boxes_in
from backend.imaging.types import Box, Inspected, Size
from backend.providers.local.finding import Found
from backend.schemas.preflight import PreflightRequest
from backend.services.image_studio.checks import broken, checks_of
from backend.services.image_studio.preflight_service import PreflightService
from tests.unit.social.broken import ALT, EVERY, SHELF, Broken, bmff, deep, file, form_of, ink, turned

if TYPE_CHECKING:
    from backend.schemas.preflight import PreflightAnswer

FORMATS = [(platform, form) for platform in SHELF.platforms for form in platform.formats]


class Here:
    """Inspects in this process, where the studio has a child do it."""

    async def inspect(self, data: bytes) -> Inspected:
        return inspect(data)


@dataclass
class Eyes:
    """Finds what the test says there is."""

    faces: tuple[Box, ...] | None = ()
    text: tuple[Box, ...] | None = ()

    async def find(self, data: bytes) -> Found:
        pixels = decode(data).pixels
        clear = 0.0 if pixels.shape[2] == 3 else float((pixels[..., 3] < 128).mean())
        return Found(faces=self.faces, text=self.text, see_through=clear)


async def judged(where: str, data: bytes, eyes: Eyes | None = None, **told: Any) -> PreflightAnswer:
    service = PreflightService(cast("Any", Here()), cast("Any", None), SHELF, cast("Any", eyes or Eyes()))
    platform, _, form = where.partition(".")
    asked = PreflightRequest(
        image_base64="AAAA", platform=platform, format=form, **{"alt_text": ALT, "items": 1, **told}
    )
    return await service.preflight(cast("Any", None), asked, data)


def wrong(answer: PreflightAnswer) -> set[str]:
    return {check.rule for check in answer.checks if check.ok is False}


def test_enough_files_are_broken():
    assert len({str(one) for one in EVERY}) == len(EVERY) >= 60


@pytest.mark.parametrize("one", EVERY, ids=str)
async def test_exactly_the_broken_rule_is_told(one: Broken):
    data = one.make(form_of(one.where))
    answer = await judged(one.where, data, Eyes(one.faces, one.text), alt_text=one.alt, items=one.items)
    assert wrong(answer) == {one.rule}
    (check,) = (check for check in answer.checks if check.ok is False)
    assert check.fix.endswith(".")
    assert check.value != check.limit
    assert answer.ok == (check.level == "should")


@pytest.mark.parametrize("where", ["instagram.ig_story", "display.disp_300x250", "snapchat.snap_story_tile"])
async def test_a_file_that_is_right_breaks_nothing(where: str):
    kind = "png" if "tile" in where else "jpeg"
    answer = await judged(where, file(kind)(form_of(where)))
    assert answer.ok
    assert not wrong(answer)


async def test_a_file_that_lies_by_its_exif_and_so_stands_right_is_right():
    answer = await judged("threads.th_portrait", turned(1350, 1080, 6)(form_of("threads.th_portrait")))
    assert not wrong(answer)
    assert (answer.measured.width, answer.measured.height) == (1080, 1350)


async def test_sixteen_bits_are_no_fault():
    assert not wrong(await judged("open_graph.og_image", deep(form_of("open_graph.og_image"))))


async def test_a_file_that_no_decoder_opens_is_told_by_what_it_is():
    answer = await judged("instagram.ig_feed_square", bmff(b"heic")(form_of("instagram.ig_feed_square")))
    rules = {check.rule: check for check in answer.checks}
    assert answer.measured.type == "heic"
    assert rules["types"].ok is False
    assert {name for name, check in rules.items() if check.ok is None} >= {"size", "w_min", "colour", "safe_faces"}


async def test_a_broken_file_is_refused():
    whole = file()(form_of("display.disp_300x250"))
    with pytest.raises(InvalidImage):
        await judged("display.disp_300x250", whole[:300])
    with pytest.raises(InvalidImage):
        await judged("display.disp_300x250", b"")


async def test_a_file_that_claims_too_much_is_refused_unopened():
    bomb = file("png", 8, 8, least=0)(form_of("display.disp_300x250"))
    with pytest.raises(TooLarge):
        await judged("display.disp_300x250", bomb[:16] + (60_000).to_bytes(4, "big") * 2 + bomb[24:])


async def test_an_unknown_format_is_refused_with_those_that_there_are():
    with pytest.raises(InvalidRequest, match="Known: Feed Post") as refused:
        await judged("instagram.Storry", b"")
    assert refused.value.errors[0].pointer == "/format"


async def test_what_was_not_told_is_not_passed_in_silence():
    answer = await judged("bluesky.bsky_image", file()(form_of("bluesky.bsky_image")), alt_text=None, items=None)
    unknown = {check.rule: check.fix for check in answer.checks if check.ok is None}
    assert set(unknown) == {"alt_required", "max_items", "upscaled"}
    assert all(unknown.values())


async def test_where_nobody_looked_it_is_said_what_to_install():
    answer = await judged("instagram.ig_story", file()(form_of("instagram.ig_story")), Eyes(None, None))
    found = {check.rule: check for check in answer.checks}
    assert found["safe_faces"].ok is None
    assert "models pull" in found["safe_faces"].fix
    assert answer.measured.faces is None


async def test_what_is_measured_is_told_in_pixels_of_the_file():
    eyes = Eyes(faces=(Box(10, 20, 40, 60),))
    answer = await judged("display.disp_300x250", ink(form_of("display.disp_300x250")), eyes)
    assert answer.measured.faces == ((10, 20, 30, 40),)
    assert (answer.measured.colours, answer.measured.ratio) == ("CMYK", 1.2)


@pytest.mark.parametrize(("platform", "form"), FORMATS, ids=lambda one: getattr(one, "id", None))
def test_no_format_breaks_its_own_rules(platform: Any, form: Any):
    seen = right(platform, form)
    assert all(check.ok for check in checks_of(platform, form, seen, cited=SHELF.sources))


@pytest.mark.parametrize(("platform", "form"), FORMATS, ids=lambda one: getattr(one, "id", None))
def test_every_check_says_where_it_is_from_and_guesses_are_never_a_must(platform: Any, form: Any):
    for check in checks_of(platform, form, right(platform, form), cited=SHELF.sources):
        assert check.source or check.grade == "E"
        assert check.level == "should" or check.grade != "E"
        assert all(source.startswith("https://") or " " in source for source in check.source)


def right(platform: Any, form: Any) -> Measured:
    (types,) = (rule.limit for rule in platform.rules_of(form) if rule.name == "types")
    return Measured(
        type=cast("tuple[str, ...]", types)[0],
        bytes=20_000,
        size=form.pixels,
        see_through=0.6,
        faces=(),
        text=(),
        upscaled=1.0,
        alt_text=ALT,
        items=1,
    )


def test_an_enlarged_picture_is_told_and_still_taken():
    platform, form = FORMATS[0]
    seen = right(platform, form)
    checks = checks_of(platform, form, Measured(**{**values(seen), "upscaled": 1.8}), cited=SHELF.sources)
    (told,) = (check for check in checks if not check.ok)
    assert (told.rule, told.value, told.level) == ("upscaled", 1.8, "should")
    assert not broken(checks)


def values(seen: Measured) -> dict[str, Any]:
    return {name: getattr(seen, name) for name in Measured.__slots__}


def test_a_shape_that_will_be_cropped_is_not_guessed_about():
    platform, form = SHELF.one("instagram", "Story")
    seen = Measured(**{**values(right(platform, form)), "size": Size(1080, 1080), "faces": (Box(0, 900, 90, 990),)})
    found = {check.rule: check for check in checks_of(platform, form, seen, cited=SHELF.sources)}
    assert found["safe_faces"].ok is None
    assert "Crop it to 9:16 first" in found["safe_faces"].fix


side = st.integers(1, 3000)


@given(st.data(), side, side, side, side)
def test_boxes_stay_within_what_is_cut_out(data: st.DataObject, width: int, height: int, wide: int, high: int):
    crop = data.draw(boxes(width, height))
    found = boxes_in(crop, Size(wide, high), [data.draw(boxes(width, height)) for _ in range(3)])
    for box in found:
        assert 0 <= box.left < box.right <= wide
        assert 0 <= box.top < box.bottom <= high


@given(st.data(), side, side)
def test_a_crop_of_everything_changes_no_box(data: st.DataObject, width: int, height: int):
    box = data.draw(boxes(width, height))
    assert boxes_in(Box(0, 0, width, height), Size(width, height), [box]) == (box,)


def test_what_is_cut_away_is_not_there():
    assert boxes_in(Box(0, 0, 100, 100), Size(50, 50), [Box(100, 0, 140, 40), Box(98, 98, 140, 140)]) == ()
    assert boxes_in(Box(0, 0, 100, 100), Size(50, 50), [Box(80, 80, 120, 100)]) == (Box(40, 40, 50, 50),)


@st.composite
def boxes(draw: st.DrawFn, width: int, height: int) -> Box:
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    return Box(left, top, draw(st.integers(left + 1, width)), draw(st.integers(top + 1, height)))


def test_transparency_is_counted_by_what_can_hardly_be_seen():
    platform, form = SHELF.one("snapchat", "Filter")
    found = Measured(**{**values(right(platform, form)), "see_through": float(np.float32(0.5))})
    assert not broken(checks_of(platform, form, found))
