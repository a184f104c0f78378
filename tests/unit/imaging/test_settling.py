"""The promise of edits: what lies beyond a mask's feathered edge stays as it was, to the last bit."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes
from PIL import Image

from backend.errors import InvalidRequest, ProviderMisbehaved
from backend.imaging import codec, masks, settling
from backend.imaging.settling import Margins
from backend.imaging.types import Size

sides = st.integers(1, 24)
QUICK = settings(max_examples=60, deadline=None)


@st.composite
def edits(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two pictures of one size, each with alpha or without, and a mask: pure or grey."""
    height, width = draw(sides), draw(sides)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    before, after = (rng.integers(0, 256, (height, width, draw(st.sampled_from((3, 4)))), np.uint8) for _ in range(2))
    levels = st.sampled_from((0, 255)) if draw(st.booleans()) else st.integers(0, 255)
    return before, after, draw(shapes.arrays(np.uint8, (height, width), elements=levels, fill=st.just(0)))


def distance_to(mask: np.ndarray) -> np.ndarray:
    """Return each pixel's distance to the nearest masked one, by looking at all of them."""
    ys, xs = np.nonzero(mask)
    if not ys.size:
        return np.full(mask.shape, np.inf)
    rows, columns = np.indices(mask.shape)
    return np.sqrt((rows[..., None] - ys) ** 2 + (columns[..., None] - xs) ** 2).min(axis=2)


@QUICK
@given(edits(), st.integers(-6, 12), st.integers(0, 16))
def test_pixels_beyond_the_grown_and_feathered_mask_are_untouched(
    edit: tuple[np.ndarray, np.ndarray, np.ndarray], grow: int, feather: int
):
    before, after, mask = edit
    result = settling.settle(before, after, mask, grow=grow, feather=feather)
    beyond = distance_to(mask) > max(grow, 0) + feather + 1e-3
    assert result.shape == before.shape
    assert np.array_equal(result[beyond], before[beyond])


@QUICK
@given(edits(), st.integers(0, 16))
def test_within_a_white_mask_stands_what_the_engine_painted(
    edit: tuple[np.ndarray, np.ndarray, np.ndarray], feather: int
):
    before, after, mask = edit
    after = after[..., :3]
    inside = mask == 255
    assert np.array_equal(settling.settle(before, after, mask, feather=feather)[inside][:, :3], after[inside])


@QUICK
@given(edits(), st.integers(0, 16))
def test_alpha_stays_as_it_was(edit: tuple[np.ndarray, np.ndarray, np.ndarray], feather: int):
    before, after, mask = edit
    result = settling.settle(before, after, mask, feather=feather)
    assert result.shape[2] == before.shape[2]
    assert np.array_equal(result[..., 3:], before[..., 3:])


@QUICK
@given(edits(), st.integers(0, 16))
def test_the_settled_edit_lies_between_before_and_after(edit: tuple[np.ndarray, np.ndarray, np.ndarray], feather: int):
    before, after, mask = edit
    result = settling.settle(before, after[..., :3], mask, feather=feather)[..., :3]
    low, high = (choose(before[..., :3], after[..., :3]) for choose in (np.minimum, np.maximum))
    assert ((result >= low) & (result <= high)).all()


@QUICK
@given(edits(), st.integers(1, 10))
def test_growing_a_pure_mask_reaches_as_far_as_it_says_and_no_further(
    edit: tuple[np.ndarray, np.ndarray, np.ndarray], pixels: int
):
    mask = np.where(edit[2] > 127, np.uint8(255), np.uint8(0))
    assert np.array_equal(masks.grown_by(mask, pixels) > 0, distance_to(mask) <= pixels)


@QUICK
@given(edits(), st.integers(-8, 8))
def test_growing_never_darkens_and_shrinking_never_brightens(
    edit: tuple[np.ndarray, np.ndarray, np.ndarray], pixels: int
):
    mask = edit[2]
    grown = masks.grown_by(mask, pixels).astype(int)
    assert ((grown - mask) * np.sign(pixels) >= 0).all() if pixels else np.array_equal(grown, mask)


def test_a_feather_fades_evenly_to_nothing():
    mask = np.zeros((1, 12), np.uint8)
    mask[0, :4] = 255
    assert masks.weight_of(mask, 4).tolist() == [[255, 255, 255, 255, 204, 153, 102, 51, 0, 0, 0, 0]]


def test_the_feather_of_a_soft_edge_begins_with_its_level():
    mask = np.array([[255, 100, 0, 0, 0]], np.uint8)
    assert masks.weight_of(mask, 1).tolist() == [[255, 100, 50, 0, 0]]


def test_a_picture_of_another_size_is_brought_to_the_inputs_first():
    before, after = np.zeros((30, 40, 3), np.uint8), np.full((60, 80, 3), 200, np.uint8)
    mask = np.full((30, 40), 255, np.uint8)
    assert (settling.settle(before, after, mask) == 200).all()


def test_a_picture_of_another_shape_is_refused():
    with pytest.raises(ProviderMisbehaved, match="40x30 and came back as 40x40"):
        settling.settle(np.zeros((30, 40, 3), np.uint8), np.zeros((40, 40, 3), np.uint8), np.zeros((30, 40), np.uint8))


# --- masks as they come --------------------------------------------------------------------------------------


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def levels(data: bytes) -> np.ndarray:
    return codec.decode(data).pixels[..., 0]


def test_white_on_transparency_is_a_mask():
    drawn = np.zeros((4, 4, 4), np.uint8)
    drawn[1, 1] = (255, 255, 255, 255)
    drawn[2, 2] = (255, 255, 255, 128)
    drawn[3, 3] = (255, 255, 255, 0)
    read = levels(masks.read_mask(png(drawn), Size(4, 4), 0).data)
    assert (read[1, 1], read[2, 2], read[3, 3], read[0, 0]) == (255, 128, 0, 0)


def test_a_masks_share_is_told():
    mask = np.zeros((10, 10), np.uint8)
    mask[:5] = 255
    assert masks.read_mask(png(mask), Size(10, 10), 0).share == 0.5


def test_what_is_nearly_black_or_white_counts_as_such():
    noisy = np.array([[3, 252, 128]], np.uint8)
    assert levels(masks.read_mask(png(noisy), Size(3, 1), 0).data).tolist() == [[0, 255, 128]]


@pytest.mark.parametrize(
    ("mask", "grow", "why", "where"),
    [
        (np.zeros((4, 6), np.uint8), 0, "black everywhere", "/mask_base64"),
        (np.full((4, 5), 255, np.uint8), 0, "5x4 and the picture 6x4", "/mask_base64"),
        (np.full((4, 6, 3), (255, 0, 0), np.uint8), 0, "in colours", "/mask_base64"),
        (np.pad(np.full((1, 1), 255, np.uint8), ((1, 2), (2, 3))), -3, "shrunk by 3", "/options/grow_mask"),
    ],
)
def test_a_mask_that_cannot_be_used_is_refused_saying_why(mask: np.ndarray, grow: int, why: str, where: str):
    with pytest.raises(InvalidRequest, match=why) as refusal:
        masks.read_mask(png(mask), Size(6, 4), grow)
    assert refusal.value.errors[0].pointer == where


# --- extending -----------------------------------------------------------------------------------------------


@QUICK
@given(edits(), st.tuples(*[st.integers(0, 9)] * 4))
def test_an_extended_picture_keeps_the_old_one_but_near_the_borders_that_moved(
    edit: tuple[np.ndarray, np.ndarray, np.ndarray], sides: tuple[int, int, int, int]
):
    before = edit[0]
    height, width, _ = before.shape
    left, right, up, down = sides
    margins = Margins(left=left, right=right, up=up, down=down)
    after = np.random.default_rng(1).integers(0, 256, (up + height + down, left + width + right, 3), np.uint8)
    result = settling.extend(before, after, margins)
    reach = min(settling.OUTPAINT_FEATHER, width // 4, height // 4)
    inner = (
        slice(reach if up else 0, height - (reach if down else 0)),
        slice(reach if left else 0, width - (reach if right else 0)),
    )
    inside = result[up : up + height, left : left + width]
    assert result.shape == (*after.shape[:2], before.shape[2])
    assert np.array_equal(inside[inner], before[inner])
    assert np.array_equal(inside[..., 3:], before[..., 3:])
    if left:
        assert np.array_equal(result[:, :left, :3], after[:, :left])


def test_a_settled_file_is_exact_even_under_transparency():
    rng = np.random.default_rng(5)
    before = rng.integers(0, 256, (16, 16, 4), np.uint8)
    before[:8, :, 3] = 0
    mask = np.zeros((16, 16), np.uint8)
    mask[12:] = 255
    for encoding in ("png", "webp"):
        data = settling.settled(png(before), png(255 - before), png(mask), 0, encoding)
        assert np.array_equal(codec.decode(data).pixels[:12], before[:12])
