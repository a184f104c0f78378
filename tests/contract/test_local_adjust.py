"""The adjustments of the local engine, asked for in words and carried out in real child processes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from backend.errors import InvalidRequest, ProviderUnavailable, RequestRefused
from backend.providers.base import Finished, Produced
from backend.providers.local import LocalProvider
from backend.schemas.base import AssetId
from backend.schemas.specs import GeneralEditSpec
from tests.unit.local import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.imaging.workbench import Workbench


def png(pixels: NDArray[np.uint8]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def pixels_of(data: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(data)), np.int16)


BALL = pictures.ball().pixels


async def adjusted(provider: LocalProvider, pixels: NDArray[np.uint8], prompt: str, **changes: object) -> Produced:
    (row,) = (row for row in provider.offers if row.operation == "general_edit")
    spec = GeneralEditSpec.model_validate({"image": AssetId("a"), "prompt": prompt, **changes})
    outcome = await provider.start(row, spec, {"image": png(pixels)})
    assert isinstance(outcome, Finished)
    (produced,) = outcome.images
    return produced


async def test_a_sentence_is_carried_out_and_told(provider: LocalProvider):
    made = await adjusted(provider, BALL, "a bit warmer and much more contrast")

    after = pixels_of(made.data)
    assert after.shape == BALL.shape
    assert (after[..., 0] - after[..., 2]).mean() > (BALL[..., 0].astype(int) - BALL[..., 2]).mean()
    assert made.facts == {"model": "adjust", "adjustments": {"contrast": 1.6, "warmth": 0.5}}


async def test_no_strength_changes_nothing(provider: LocalProvider):
    made = await adjusted(provider, BALL, "noir, brighter, and straighten it", strength=0)

    assert np.array_equal(pixels_of(made.data), BALL)


async def test_transparency_stays_as_it_was(provider: LocalProvider):
    alpha = np.linspace(0, 255, BALL[..., 0].size).astype(np.uint8).reshape(BALL.shape[:2])
    made = await adjusted(provider, np.dstack((BALL, alpha)), "vintage and sharper", output_format="webp")

    assert np.array_equal(pixels_of(made.data)[..., 3], alpha)


async def test_the_subject_stays_sharp_where_the_background_is_blurred(provider: LocalProvider):
    made = await adjusted(provider, BALL, "blur the background strongly")

    after = pixels_of(made.data)
    assert np.abs(np.diff(after[:20], axis=1)).mean() < 0.3 * np.abs(np.diff(BALL[:20].astype(int), axis=1)).mean()
    assert np.abs(after[110:150, 110:150] - BALL[110:150, 110:150]).max() <= 3


async def test_words_that_are_not_understood_are_refused_by_name(provider: LocalProvider):
    with pytest.raises(InvalidRequest, match="Not understood: “cat”") as refusal:
        await adjusted(provider, BALL, "make it brighter and add a cat")

    assert [error.pointer for error in refusal.value.errors] == ["/prompt"]


async def test_a_background_is_not_blurred_without_the_weights_that_find_it(workbench: Workbench, tmp_path: Path):
    bare = LocalProvider(workbench=workbench, models_dir=tmp_path)

    with pytest.raises(ProviderUnavailable, match="models pull"):
        await adjusted(bare, BALL, "blur the background")
    assert (await adjusted(bare, BALL, "brighter")).data


async def test_a_picture_without_a_subject_has_no_background_to_blur(provider: LocalProvider):
    with pytest.raises(RequestRefused, match="Send a mask"):
        await adjusted(provider, np.full((96, 128, 3), 120, np.uint8), "blur the background")


async def test_a_picture_without_lines_is_not_straightened(provider: LocalProvider):
    with pytest.raises(RequestRefused, match="rotate 2 degrees"):
        await adjusted(provider, np.full((96, 128, 3), 120, np.uint8), "straighten")


async def test_a_part_of_a_picture_is_not_turned(provider: LocalProvider):
    with pytest.raises(InvalidRequest, match="without a mask"):
        await adjusted(provider, BALL, "straighten", mask=AssetId("m"))


@pytest.mark.parametrize("prompt", ["noir", "vintage", "denoise, sharpen, clarity +20", "rotate 3 degrees", "blur"])
async def test_a_single_pixel_is_a_picture_too(provider: LocalProvider, prompt: str):
    made = await adjusted(provider, np.full((1, 1, 3), 90, np.uint8), prompt)

    assert pixels_of(made.data).shape == (1, 1, 3)
