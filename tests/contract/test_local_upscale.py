"""What the local engine promises where it enlarges, with its real network and a real workbench."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest

from backend.imaging.codec import decode, encode
from backend.imaging.faithfulness import colour_shift
from backend.imaging.types import Size
from backend.providers.base import Finished
from backend.providers.local import LocalProvider, models
from backend.schemas.base import AssetId
from backend.schemas.specs import UpscaleSpec
from tests.unit.local import pictures

if TYPE_CHECKING:
    from backend.imaging.workbench import Workbench
    from backend.providers.base import Offer


def offer(provider: LocalProvider, model: str) -> Offer:
    (found,) = (row for row in provider.offers if row.model == model)
    return found


def asked(width: int, height: int) -> UpscaleSpec:
    return UpscaleSpec(image=AssetId("a"), mode="fast", width=width, height=height)


async def made(provider: LocalProvider, model: str, pixels: np.ndarray, spec: UpscaleSpec) -> np.ndarray:
    outcome = await provider.start(offer(provider, model), spec, {"image": encode(pixels, "png")})
    assert isinstance(outcome, Finished)
    return decode(outcome.images[0].data).pixels


@pytest.mark.parametrize("model", ["span-x4", "lanczos"])
@pytest.mark.parametrize("size", [Size(384, 384), Size(225, 225), Size(113, 113), Size(563, 563)])
async def test_any_size_comes_out_exactly_and_in_the_same_colours(provider: LocalProvider, model: str, size: Size):
    before = pictures.ball().pixels[80:176, 80:176]
    after = await made(provider, model, before, asked(size.width, size.height))
    assert after.shape == (size.height, size.width, 3)
    assert colour_shift(before, after) < 1


async def test_the_network_tells_more_than_resampling_does(provider: LocalProvider):
    sharp = pictures.star().pixels
    small = sharp.reshape(64, 4, 64, 4, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    apart = {
        model: np.mean((await made(provider, model, small, asked(256, 256)) - sharp.astype(float)) ** 2)
        for model in ("span-x4", "lanczos")
    }
    assert apart["span-x4"] < 0.8 * apart["lanczos"]


async def test_it_says_how_far_it_is(provider: LocalProvider):
    heard: list[float] = []
    pixels = np.tile(pictures.ball().pixels, (2, 4, 1))
    spec = asked(4096, 2048)
    await provider.start(offer(provider, "span-x4"), spec, {"image": encode(pixels, "png")}, heard.append)
    assert len(heard) >= 2
    assert heard == sorted(heard)
    assert heard[-1] < 1


async def test_cancelled_work_stops_within_a_second(provider: LocalProvider):
    begun = asyncio.Event()
    pixels = np.tile(pictures.ball().pixels, (4, 4, 1))
    call = provider.start(
        offer(provider, "span-x4"), asked(4096, 4096), {"image": encode(pixels, "png")}, lambda _: begun.set()
    )
    task = asyncio.create_task(call)
    await begun.wait()
    (forkserver,) = (one for one in psutil.Process().children() if "-I" in one.cmdline())  # not a database's
    assert forkserver.children()

    task.cancel()
    stopped = time.monotonic()
    while forkserver.children():
        assert time.monotonic() - stopped < 1
        await asyncio.sleep(0.01)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_without_its_weights_resampling_is_left(workbench: Workbench, tmp_path):
    bare = LocalProvider(workbench=workbench, models_dir=tmp_path)
    reason = bare.missing(offer(bare, "span-x4"))
    assert reason is not None
    assert "models pull" in reason
    assert bare.missing(offer(bare, "lanczos")) is None
    assert (await made(bare, "lanczos", pictures.ball().pixels, asked(512, 512))).shape == (512, 512, 3)


def test_what_is_large_or_seldom_used_is_fetched_only_by_name():
    assert "real-esrgan-x4plus" not in models.usual()
    assert models.how_to_pull("real-esrgan-x4plus").endswith("models pull real-esrgan-x4plus")
    assert "span-x4" in models.usual()
