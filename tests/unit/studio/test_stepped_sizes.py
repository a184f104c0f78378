"""Engines that make any shape within limits: the nearest size that they can make, and a picture of every shape."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from backend.imaging.types import Size
from backend.providers.base import Offer
from backend.providers.sizes import cut, native_size
from backend.providers.vendors import EXTENDABLE, VENDORS
from backend.services.image_studio.shapes import misfit
from backend.services.image_studio.tables import read_table
from backend.services.image_studio.templates import TemplateBook

OFFER = Offer(
    provider="p",
    model="m",
    operation="create",
    label="M",
    price_key="p.m",
    source="https://example.org (read 2026-11-23)",
    min_side=256,
    max_side=1536,
    max_pixels=2_000_000,
    step=8,
)
SIDES = st.integers(64, 4096)


@given(SIDES, SIDES, st.sampled_from([1, 8, 16, 32, 64]))
def test_what_is_made_lies_within_the_limits_and_on_the_step(width, height, step):
    made = native_size(replace(OFFER, step=step), Size(width, height))
    assert all(256 <= side <= 1536 and side % step == 0 for side in (made.width, made.height))
    assert made.pixels <= 2_000_000


@given(SIDES, SIDES)
def test_hardly_anything_is_cut_off_shapes_up_to_five_to_one(width, height):
    wanted = Size(width, height)
    if 0.2 <= wanted.ratio <= 5:
        assert cut(native_size(OFFER, wanted), wanted) < 0.06
        assert misfit(OFFER, wanted) is None


def test_sizes_that_fit_are_made_as_they_are_and_small_ones_larger():
    assert native_size(OFFER, Size(1080, 1352)) == Size(1080, 1352)
    assert native_size(OFFER, Size(400, 400)) == Size(768, 768)
    assert native_size(OFFER, Size(4096, 2048)) == Size(1536, 768)


def test_an_engine_without_a_step_makes_exactly_what_it_is_asked_for():
    assert native_size(replace(OFFER, step=None), Size(333, 77)) == Size(333, 77)


def test_every_template_has_a_shape_at_every_engine_that_is_asked_for_by_name():
    shelf = TemplateBook.model_validate(read_table("templates")).templates
    making = [one for kind in (*VENDORS, *EXTENDABLE) for one in kind().offers if one.operation == "create"]
    assert [(one.model, sheet.id) for one in making for sheet in shelf if misfit(one, sheet.size, 1.0)] == []
