"""Overlays on exports: where they stand, that they read, and what is told of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import RequestRefused
from backend.imaging.codec import encode
from backend.imaging.types import Box, Size
from backend.providers.local.compose.colour import luminances
from backend.providers.local.compose.type.voices import VOICES
from backend.providers.local.dress import Place, dress_of, logo_of
from backend.schemas.base import AssetId
from backend.schemas.specs.overlays import Corner, Lettering, Logo, Overlay, Voice
from backend.services.image_studio.format_shelf import ALL, FormatShelf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.dress.mark import Mark
    from backend.services.image_studio.formats import Format

    Pixels = NDArray[np.uint8]

LOGO = AssetId("logo")
SQUARE = Place(size=Size(400, 400))


def ground(size: Size, value: int | tuple[int, int, int] = 120) -> Pixels:
    return np.full((size.height, size.width, 3), value, np.uint8)


def noise(size: Size, seed: int, *, low: int = 0, high: int = 256) -> Pixels:
    small = np.random.default_rng(seed).integers(low, high, (size.height // 8 + 1, size.width // 8 + 1, 3), np.uint8)
    return np.ascontiguousarray(small.repeat(8, 0).repeat(8, 1)[: size.height, : size.width])


def disc(colour: tuple[int, int, int]) -> Mark:
    rows, columns = np.indices((60, 90))
    alpha = ((np.hypot(rows - 30, columns - 45) < 28) * 255).astype(np.uint8)
    return logo_of(encode(np.dstack([np.full((60, 90, 3), colour, np.uint8), alpha]), "png"))


def logo_at(corner: Corner | None = None, share: float = 0.16) -> Overlay:
    return Overlay(logo=Logo(image_asset_id=LOGO, corner=corner, share=share))


def changed(before: Pixels, after: Pixels) -> Box:
    rows, columns = (np.flatnonzero((before != after).any(axis=2).any(axis=axis)) for axis in (1, 0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def place_of(one: Format) -> Place:
    safe = one.safe
    return Place(
        size=one.pixels,
        safe=(safe.top, safe.right, safe.bottom, safe.left),
        covered=tuple(Box(x, y, x + w, y + h) for x, y, w, h in one.keepout),
        circle=one.shape == "circle",
    )


def formats_with_zones() -> list[Format]:
    shelf = FormatShelf.load()
    chosen = shelf.choose([p.key for p in shelf.platforms], {p.key: ALL for p in shelf.platforms})
    return [one for _, one in chosen if any(dict(one.safe).values()) or one.keepout or one.shape == "circle"]


@pytest.mark.parametrize("corner", get_args(Corner))
def test_a_logo_stands_in_its_corner_within_what_is_safe(corner: Corner):
    place = Place(size=Size(400, 300), safe=(30, 50, 40, 20))
    before = ground(place.size, 230)
    after = dress_of(logo_at(corner), disc((20, 20, 20)), place)(before)
    box = changed(before, after)
    assert 20 <= box.left < box.right <= 350
    assert 30 <= box.top < box.bottom <= 260
    assert ("left" in corner) == (box.left < 150)
    assert ("top" in corner) == (box.top < 120)


def test_a_logo_has_the_area_that_its_share_asks_for():
    dress = dress_of(logo_at("top-left", 0.25), disc((20, 20, 20)), SQUARE)
    dress(ground(SQUARE.size, 230))
    box = dress.told.logo
    assert box is not None
    assert (box.size.pixels) ** 0.5 == pytest.approx(100, abs=3)


def test_a_logo_leaves_its_corner_for_a_face_and_says_so():
    dress = dress_of(logo_at("bottom-right"), disc((20, 20, 20)), SQUARE)
    dress(ground(SQUARE.size, 230), [Box(300, 300, 390, 390)])
    assert dress.told.logo is not None
    assert dress.told.logo.right < 290 or dress.told.logo.bottom < 280
    assert any("in its way" in note for note in dress.told.notes)


def test_a_logo_says_when_there_is_no_way_round_a_face():
    dress = dress_of(logo_at("bottom-right"), disc((20, 20, 20)), SQUARE)
    dress(ground(SQUARE.size, 230), [Box(x, y, x + 190, y + 190) for x in (5, 205) for y in (5, 205)])
    assert any("over a face" in note for note in dress.told.notes)


def test_a_logo_stands_where_a_person_put_it_as_far_as_it_can_be_seen():
    logo = Logo(image_asset_id=LOGO, x=0.5, y=0.25)
    dress = dress_of(Overlay(logo=logo), disc((20, 20, 20)), SQUARE)
    dress(ground(SQUARE.size, 230))
    box = dress.told.logo
    assert box is not None
    assert ((box.left + box.right) / 2, (box.top + box.bottom) / 2) == pytest.approx((200, 100), abs=1)
    edge = dress_of(Overlay(logo=logo.model_copy(update={"x": 1.0})), disc((20, 20, 20)), SQUARE)
    edge(ground(SQUARE.size, 230))
    assert edge.told.logo is not None
    assert edge.told.logo.right <= 400


@pytest.mark.parametrize(("value", "says"), [(240, "dark"), (10, None), (20, None)])
def test_a_logo_of_one_tone_is_shown_in_a_tone_that_stands_out(value: int, says: str | None):
    dress = dress_of(logo_at(), disc((250, 250, 250)), SQUARE)
    after = dress(ground(SQUARE.size, value)).astype(int)
    assert [note for note in dress.told.notes if "dark" in note] == (
        ["The logo is shown in dark, so that it stands out."] if says else []
    )
    assert (after.min() < 30) if says else (after.max() > 240)


def test_a_logo_of_many_colours_keeps_them_and_gets_a_plate():
    pixels = np.full((60, 60, 4), 255, np.uint8)
    pixels[:, :30, :3], pixels[:, 30:, :3] = (200, 40, 40), (40, 80, 200)
    pixels[::2, :, 3] = 0
    mark = logo_of(encode(pixels, "png"))
    before = noise(SQUARE.size, 1)
    dress = dress_of(logo_at("top-left", 0.3), mark, SQUARE)
    dress(before)
    assert any("plate" in note for note in dress.told.notes)


def test_an_opaque_logo_is_left_as_it_is():
    mark = logo_of(encode(np.full((40, 80, 3), (120, 122, 118), np.uint8), "png"))
    dress = dress_of(logo_at(), mark, SQUARE)
    after = dress(ground(SQUARE.size))
    assert dress.told.notes == ()
    assert ((after == (120, 122, 118)).all(axis=2)).any()


def test_a_logo_that_nobody_can_see_is_refused():
    with pytest.raises(RequestRefused, match="see-through"):
        logo_of(encode(np.zeros((10, 10, 4), np.uint8), "png"))


@pytest.mark.parametrize("one", formats_with_zones(), ids=lambda one: one.id)
def test_words_price_and_logo_keep_to_what_each_format_shows(one: Format):
    place = place_of(one)
    scale = min(1.0, 500 / max(place.size.width, place.size.height))
    place = _smaller(place, scale)
    overlay = Overlay(
        logo=Logo(image_asset_id=LOGO, corner="bottom-right", share=0.1),
        text=Lettering(words="Spring sale", price="€ 9", ground="plate"),
    )
    before = noise(place.size, 3, low=60, high=200)
    dress = dress_of(overlay, disc((20, 20, 20)), place)
    after = dress(before)
    top, right, bottom, left = place.safe
    box = changed(before, after)
    assert left <= box.left < box.right <= place.size.width - right
    assert top <= box.top < box.bottom <= place.size.height - bottom
    for covered in place.covered:
        part = np.s_[covered.top : covered.bottom, covered.left : covered.right]
        assert (before[part] == after[part]).all()
    assert dress.told.logo is not None
    boxes = [*dress.told.text, dress.told.logo]
    assert not any(_meet(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 1000),
    size=st.sampled_from([(400, 400), (240, 426), (600, 200), (480, 251), (300, 250)]),
    kind=st.sampled_from(["auto", "shade", "plate"]),
    colour=st.sampled_from([None, "#777777", "#e4572e", "#2a4494", "#f2f2f2"]),
    light=st.sampled_from([(0, 256), (0, 90), (170, 256), (90, 170)]),
)
def test_words_read_on_every_ground(
    seed: int, size: tuple[int, int], kind: str, colour: str | None, light: tuple[int, int]
):
    place = Place(size=Size(*size))
    text = Lettering.model_validate({"words": "Go outside", "ground": kind, "colour": colour})
    dress = dress_of(Overlay(text=text), None, place)
    after = dress(noise(place.size, seed, low=light[0], high=light[1]))
    assert dress.told.contrast is not None
    assert dress.told.contrast >= 4.5
    box = dress.told.text[0]
    part = luminances(after[box.top : box.bottom, box.left : box.right].astype(np.float32))
    # Ink is white or nearly black; what has neither its light nor enough contrast to it are the softened edges.
    inks = [part.max(), part.min()]
    unread = [float((_contrast(part, ink) < 4.4).mean() - (abs(part - ink) < 0.08).mean()) for ink in inks]
    assert min(unread) < 0.25


def test_words_go_where_no_face_is():
    place = Place(size=Size(600, 300))
    dress = dress_of(Overlay(text=Lettering(words="Meet the founder")), None, place)
    dress(ground(place.size), [Box(380, 60, 540, 260)])
    assert dress.told.text[0].right < 380


def test_a_person_says_where_the_words_stand():
    tops = []
    for position in ("top", "middle", "bottom"):
        dress = dress_of(Overlay(text=Lettering(words="Here", position=position)), None, SQUARE)
        dress(ground(SQUARE.size))
        tops.append(dress.told.text[0].top)
    top, middle, bottom = tops
    assert top < 60
    assert 150 < middle < 250
    assert bottom > 300


def test_words_that_would_be_too_small_are_refused_with_what_to_do():
    text = Lettering(words="Everything that we have ever made is now on sale in all of our shops, every day until June")
    with pytest.raises(RequestRefused, match=r"don't fit into 88x31.*Shorten them") as refusal:
        dress_of(Overlay(text=text), None, Place(size=Size(88, 31)))(ground(Size(88, 31)))
    assert refusal.value.errors[0].pointer == "/text/words"


def test_a_subline_without_room_is_left_out_and_told():
    text = Lettering(words="Big sale", subline="Until the end of the month, in every one of our shops and online " * 2)
    dress = dress_of(Overlay(text=text), None, Place(size=Size(320, 50)))
    dress(ground(Size(320, 50)))
    assert any("subline is left out" in note for note in dress.told.notes)


def test_letters_that_nobody_can_draw_are_refused_or_left_out_and_told():
    with pytest.raises(RequestRefused, match="fonts"):
        dress_of(Overlay(text=Lettering(words="🙂🙂")), None, SQUARE)(ground(SQUARE.size))
    dress = dress_of(Overlay(text=Lettering(words="Smile 🙂 now")), None, SQUARE)
    dress(ground(SQUARE.size))
    assert any("left out" in note for note in dress.told.notes)


def test_words_that_run_from_the_right_are_set():
    dress = dress_of(Overlay(text=Lettering(words="مرحبا بكم في المتجر")), None, SQUARE)
    before = ground(SQUARE.size)
    assert (dress(before) != before).any()


def test_on_a_see_through_picture_words_bring_their_ground():
    clear = np.zeros((400, 400, 4), np.uint8)
    dress = dress_of(Overlay(text=Lettering(words="Hello")), None, SQUARE)
    after = dress(clear)
    box = dress.told.text[0]
    assert (after[box.top : box.bottom, box.left : box.right, 3] > 120).all()
    assert dress.told.contrast is not None
    assert dress.told.contrast >= 4.5


def test_the_pixels_that_came_are_left_alone():
    before = noise(SQUARE.size, 5)
    kept = before.copy()
    dress_of(Overlay(text=Lettering(words="Hello", price="€ 5"), logo=logo_at().logo), disc((0, 0, 0)), SQUARE)(before)
    assert (before == kept).all()


def test_equal_dresses_lay_the_same_and_compare_equal():
    mark = disc((10, 10, 10))
    one, other = (dress_of(logo_at("top-left"), mark, SQUARE) for _ in range(2))
    one(ground(SQUARE.size))
    assert one == other
    assert hash(one) == hash(other)
    assert one != dress_of(logo_at("top-left"), mark, replace(SQUARE, safe=(1, 1, 1, 1)))


def test_every_voice_that_can_be_asked_for_is_there():
    assert set(get_args(Voice)) == set(VOICES)


def _contrast(lights: NDArray[np.float32], light: float) -> NDArray[np.float32]:
    return (np.maximum(lights, light) + 0.05) / (np.minimum(lights, light) + 0.05)


def _smaller(place: Place, scale: float) -> Place:
    top, right, bottom, left = (round(inset * scale) for inset in place.safe)
    covered = tuple(
        Box(*(round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom))) for box in place.covered
    )
    size = Size(round(place.size.width * scale), round(place.size.height * scale))
    return replace(place, size=size, safe=(top, right, bottom, left), covered=covered)


def _meet(one: Box, other: Box) -> bool:
    apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
    return not apart
