"""What the local engine promises where it writes pictures anew, with its real encoders and a real workbench."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from backend.errors import CannotFit, RequestRefused
from backend.imaging.encoding import decoded, ssim
from backend.imaging.provenance.types import MOST_BYTES
from backend.imaging.sniff import sniff
from backend.providers.base import Finished, Produced
from backend.schemas.base import AssetId
from backend.schemas.specs import CompressSpec, ConvertSpec, UpscaleSpec
from tests.unit.encoding.scenes import cut_out, graphic, photograph

if TYPE_CHECKING:
    from backend.providers.local import LocalProvider


def file_of(pixels: np.ndarray, name: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, name, **options)
    return file.getvalue()


async def made(provider: LocalProvider, data: bytes, spec: CompressSpec | ConvertSpec) -> Produced:
    (offer,) = (row for row in provider.offers if row.operation == spec.operation)
    outcome = await provider.start(offer, spec, {"image": data})
    assert isinstance(outcome, Finished)
    return outcome.images[0]


def smaller(*types: str, **limits: float) -> CompressSpec:
    return CompressSpec(image=AssetId("a"), types=types, **limits)


def other(kind: str, **wishes: object) -> ConvertSpec:
    return ConvertSpec(image=AssetId("a"), output_format=kind, **wishes)


@pytest.mark.parametrize("kind", ["jpg", "webp", "avif"])
@pytest.mark.parametrize("least", [0.9, 0.98])
async def test_the_likeness_is_as_promised_and_its_own_word_is_true(provider: LocalProvider, kind: str, least: float):
    after = await made(provider, file_of(photograph(320, 240)), smaller(kind, min_ssim=least))
    like = ssim(photograph(320, 240), decoded(after.data))
    assert like >= least
    assert after.facts["ssim"] == pytest.approx(like, abs=1e-4)


@pytest.mark.parametrize("kind", ["jpg", "webp", "avif", "png"])
async def test_bytes_are_left_for_marks(provider: LocalProvider, kind: str):
    after = await made(provider, file_of(photograph()), smaller(kind, max_bytes=24_000))
    assert len(after.data) <= 24_000 - MOST_BYTES


async def test_what_was_seen_is_what_the_file_holds(provider: LocalProvider):
    after = await made(provider, file_of(cut_out(photograph(300, 200))), smaller("webp"))
    assert after.seen is not None
    assert after.seen.size == sniff(after.data).size
    assert (after.seen.mime, after.seen.has_alpha) == ("image/webp", True)
    assert decoded(after.data)[0, 0, 3] == 0
    assert sniff(after.seen.thumbnail).format == "webp"


async def test_transparency_is_not_lost_by_making_a_file_smaller(provider: LocalProvider):
    with pytest.raises(RequestRefused, match="transparency"):
        await made(provider, file_of(cut_out(photograph())), smaller("jpg"))


async def test_a_likeness_that_does_not_fit_is_refused(provider: LocalProvider):
    with pytest.raises(CannotFit) as refused:
        await made(provider, file_of(photograph()), smaller("jpg", max_bytes=11_000, min_ssim=0.99))
    assert refused.value.limit == "SSIM 0.9900"


async def test_what_fits_already_or_gets_no_smaller_is_the_input_itself(provider: LocalProvider):
    before = file_of(photograph(), "JPEG", quality=40)
    for spec in (smaller("jpg", max_bytes=50_000), smaller("jpg", min_ssim=0.99)):
        after = await made(provider, before, spec)
        assert (after.data, after.is_input) == (before, True)


async def test_a_colour_takes_the_place_of_transparency(provider: LocalProvider):
    after = await made(provider, file_of(cut_out(photograph())), other("jpg", background="#102030"))
    assert np.abs(decoded(after.data)[0, 0].astype(int) - (0x10, 0x20, 0x30)).max() <= 6


async def test_a_quality_is_taken_at_its_word(provider: LocalProvider):
    low, high = [await made(provider, file_of(photograph()), other("webp", quality=q)) for q in (20, 90)]
    assert (low.facts["quality"], high.facts["quality"]) == (20, 90)
    assert len(low.data) < len(high.data)


async def test_png_loses_nothing(provider: LocalProvider):
    for pixels in (photograph(), graphic(), cut_out(photograph())):
        after = await made(provider, file_of(pixels, "WEBP", lossless=True, exact=True), other("png"))
        assert np.array_equal(decoded(after.data), pixels)


def animation(name: str, pixels: np.ndarray, frames: int = 6, **options: object) -> bytes:
    pictures = [Image.fromarray(np.roll(pixels, 11 * number, 1)) for number in range(frames)]
    file = io.BytesIO()
    pictures[0].save(file, name, save_all=True, append_images=pictures[1:], duration=60, loop=0, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
async def test_an_animation_becomes_another_with_all_its_frames(provider: LocalProvider, kind: str):
    after = await made(provider, animation("GIF", graphic(96, 80)), other(kind))
    assert sniff(after.data).frames == 6
    assert (after.facts["frames"], after.seen.size) == (6, sniff(after.data).size)


async def test_an_animation_gets_smaller_and_still_moves(provider: LocalProvider):
    before = animation("PNG", photograph(96, 80), frames=4)
    after = await made(provider, before, smaller("png", "webp"))
    assert len(after.data) < len(before) / 3
    assert (sniff(after.data).format, sniff(after.data).frames) == ("webp", 4)
    fewer = await made(provider, before, smaller("gif", max_bytes=35_000))
    assert len(fewer.data) <= 35_000 - MOST_BYTES
    assert sniff(fewer.data).frames == 4


async def test_an_animation_is_not_brought_to_a_standstill_to_make_it_smaller(provider: LocalProvider):
    with pytest.raises(RequestRefused, match="animation"):
        await made(provider, animation("GIF", graphic(96, 80)), smaller("avif"))


async def test_of_an_animation_that_becomes_a_still_picture_the_first_frame_is_kept_and_that_is_said(
    provider: LocalProvider,
):
    after = await made(provider, animation("GIF", graphic(96, 80)), other("jpg"))
    assert ssim(decoded(after.data), graphic(96, 80)) > 0.97
    assert after.facts["notes"] == ["JPG holds no animation: this is the first of 6 frames."]


async def test_other_work_takes_an_animation_for_its_first_frame(provider: LocalProvider):
    (offer,) = (row for row in provider.offers if row.model == "lanczos")
    spec = UpscaleSpec(image=AssetId("a"), mode="fast", width=192, height=160)
    outcome = await provider.start(offer, spec, {"image": animation("GIF", graphic(96, 80))})
    assert ssim(decoded(outcome.images[0].data), np.asarray(Image.fromarray(graphic(96, 80)).resize((192, 160)))) > 0.9
