"""Filling and continuing pictures on this machine, through the provider, with a real workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from backend.errors import InvalidRequest, RequestRefused
from backend.imaging import codec
from backend.imaging.workbench import Places, Workbench
from backend.providers.base import Finished, Offer, Produced
from backend.providers.local import LocalProvider
from backend.schemas.base import AssetId
from backend.schemas.specs import EraseSpec, InpaintSpec, OutpaintSpec, Spec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from numpy.typing import NDArray

IMAGE, MASK = AssetId("image"), AssetId("mask")
HEIGHT, WIDTH = 96, 128


@pytest.fixture
async def provider(tmp_path: Path) -> AsyncIterator[LocalProvider]:
    bench = Workbench(places=Places(workers=1))
    yield LocalProvider(workbench=bench, models_dir=tmp_path)
    await bench.aclose()


def offer(operation: str) -> Offer:
    (found,) = (row for row in LocalProvider.offers if (row.operation, row.model) == (operation, "patchmatch"))
    return found


def weave(channels: int = 3) -> NDArray[np.uint8]:
    """Return a pattern of which every hole can be known."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    pattern = np.where((rows // 8 + columns // 8) % 2, 200, 60).astype(np.uint8)
    picture = np.dstack((pattern, pattern // 2, 255 - pattern))
    return picture if channels == 3 else np.dstack((picture, np.where(columns < 24, 0, 255).astype(np.uint8)))


def hole() -> NDArray[np.uint8]:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[36:60, 52:80] = 255
    return mask


def png(pixels: NDArray[np.uint8]) -> bytes:
    return codec.encode(np.ascontiguousarray(pixels), "png")


async def made(provider: LocalProvider, spec: Spec, **images: NDArray[np.uint8]) -> Produced:
    files = {name: png(pixels) for name, pixels in images.items()}
    outcome = await provider.start(offer(spec.operation), spec, files)
    assert isinstance(outcome, Finished)
    (produced,) = outcome.images
    return produced


def pixels(produced: Produced) -> NDArray[np.uint8]:
    return codec.decode(produced.data).pixels


async def test_what_is_erased_is_replaced_by_the_pattern_around_it(provider: LocalProvider):
    spoilt = weave()
    spoilt[40:56, 56:76] = (255, 0, 0)

    produced = await made(provider, EraseSpec(image=IMAGE, mask=MASK, seed=3), image=spoilt, mask=hole())

    off = np.abs(pixels(produced).astype(int) - weave())[hole() > 0]
    assert off.mean() < 30
    assert produced.seed == 3
    assert produced.facts["model"] == "patchmatch"


async def test_the_same_seed_fills_alike(provider: LocalProvider):
    noise = np.random.default_rng(5).integers(0, 255, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    first, again, other = [
        (await made(provider, InpaintSpec(image=IMAGE, mask=MASK, seed=seed), image=noise, mask=hole())).data
        for seed in (1, 1, 2)
    ]

    assert first == again
    assert first != other


async def test_a_filled_picture_keeps_its_transparency(provider: LocalProvider):
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[30:60, 10:50] = 255

    produced = await made(provider, EraseSpec(image=IMAGE, mask=MASK), image=weave(4), mask=mask)

    assert np.array_equal(pixels(produced)[..., 3], weave(4)[..., 3])


@pytest.mark.parametrize("channels", [3, 4])
async def test_a_continued_picture_has_the_size_and_itself_unchanged_in_it(provider: LocalProvider, channels: int):
    spec = OutpaintSpec(image=IMAGE, left=40, right=8, up=24, seed=1)

    produced = await made(provider, spec, image=weave(channels))

    result = pixels(produced)
    assert result.shape == (HEIGHT + 24, WIDTH + 48, channels)
    assert np.array_equal(result[24:, 40 : 40 + WIDTH][..., :3], weave(channels)[..., :3])
    if channels == 4:
        assert result[60:, :30, 3].mean() < 32, "next to what is see-through it stays so"


async def test_words_are_refused_and_not_ignored(provider: LocalProvider):
    for spec in (InpaintSpec(image=IMAGE, mask=MASK, prompt="a dog"), OutpaintSpec(image=IMAGE, left=8, prompt="sea")):
        with pytest.raises(InvalidRequest, match="words") as caught:
            await made(provider, spec, image=weave(), mask=hole())
        assert caught.value.errors[0].pointer == "/prompt"


async def test_a_mask_of_everything_is_refused_and_so_is_none(provider: LocalProvider):
    spec = EraseSpec(image=IMAGE, mask=MASK)
    with pytest.raises(RequestRefused, match="nothing is left"):
        await made(provider, spec, image=weave(), mask=np.full((HEIGHT, WIDTH), 255, np.uint8))
    with pytest.raises(RequestRefused, match="black"):
        await made(provider, spec, image=weave(), mask=np.zeros((HEIGHT, WIDTH), np.uint8))
    with pytest.raises(RequestRefused, match="needs the picture"):
        await made(provider, spec, image=weave())


async def test_a_result_beyond_what_fits_is_refused_with_its_size(provider: LocalProvider):
    wide = np.zeros((4000, 5000, 3), np.uint8)
    with pytest.raises(RequestRefused, match="megapixels"):
        await made(provider, OutpaintSpec(image=IMAGE, left=2000, right=2000, up=500, down=500), image=wide)
