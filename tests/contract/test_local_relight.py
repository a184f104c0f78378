"""Relighting by the local engine, with its real weights and in a real child process."""

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
from backend.schemas.specs import RelightSpec
from tests.unit.local import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.workbench import Workbench

BALL = pictures.ball().pixels
PLAIN = np.full((200, 160, 3), (90, 120, 150), np.uint8)


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def opened(made: Produced) -> Image.Image:
    return Image.open(io.BytesIO(made.data))


async def relit(provider: LocalProvider, pixels: np.ndarray = BALL, **changes: object) -> Produced:
    (row,) = (row for row in provider.offers if row.operation == "relight")
    images = {"image": png(pixels)}
    for name in ("background_image", "lighting_image"):
        if isinstance(picture := changes.pop(name, None), np.ndarray):
            images[name] = png(picture)
            changes[name] = AssetId(name)
    spec = RelightSpec.model_validate({"image": AssetId("a"), **changes})
    outcome = await provider.start(row, spec, images)
    assert isinstance(outcome, Finished)
    (produced,) = outcome.images
    return produced


async def test_a_subject_stands_before_the_colour_that_was_named(provider: LocalProvider):
    made = await relit(provider, prompt="white background")

    pixels = np.asarray(opened(made))
    assert pixels.shape == (256, 256, 3)
    assert tuple(pixels[2, 2]) == (255, 255, 255)
    red, green, _ = pixels[135, 132].astype(int)
    assert red > green + 60
    assert made.facts["background_from"] == "prompt"
    assert made.facts["shadow"] is True
    assert made.facts["model"] == "u2netp"


async def test_a_background_picture_is_covered_and_gives_its_light(provider: LocalProvider):
    share = np.linspace(0, 1, 400)[None, :, None]
    evening = (np.array((255, 190, 90)) * (1 - share) + np.array((30, 30, 60)) * share) * np.ones((100, 1, 1))
    made = await relit(provider, background_image=evening.astype(np.uint8))

    assert opened(made).size == (256, 256)
    light = made.facts["light"]
    assert isinstance(light, dict)
    assert light["direction"] == "left"
    assert light["colour_from"] == "background_image"


async def test_the_light_may_come_from_another_picture_than_the_background(provider: LocalProvider):
    cold = np.full((50, 50, 3), (90, 120, 230), np.uint8)
    warm = np.full((50, 50, 3), (230, 160, 80), np.uint8)
    ground = np.full((64, 64, 3), 128, np.uint8)
    by = {
        name: np.asarray(opened(await relit(provider, background_image=ground, lighting_image=picture))).astype(int)
        for name, picture in (("cold", cold), ("warm", warm))
    }

    assert by["cold"][135, 132, 2] > by["warm"][135, 132, 2]
    assert np.abs(by["cold"][2, 2] - by["warm"][2, 2]).max() <= 2


async def test_a_picture_that_keeps_its_background_is_lit_from_the_side_that_was_named(provider: LocalProvider):
    made = await relit(provider, keep_background=True, light_direction="left", light_strength=1.0)

    change = np.asarray(opened(made)).astype(int).sum(axis=2) - BALL.astype(int).sum(axis=2)
    assert change[:, :60].mean() > change[:, -60:].mean() + 10
    assert made.facts["background_from"] == "image"
    assert made.facts["subject_found"] is True


async def test_a_landscape_can_be_lit_but_not_set_before_something_else(provider: LocalProvider):
    made = await relit(provider, PLAIN, prompt="warm light")
    red, _, blue = (np.asarray(opened(made)).astype(int) - PLAIN)[100, 80]
    assert red > blue
    assert made.facts["subject_found"] is False

    with pytest.raises(RequestRefused, match="No clear subject"):
        await relit(provider, PLAIN, prompt="sunset")


async def test_alpha_is_the_backgrounds_or_the_pictures_own_where_that_stays(provider: LocalProvider):
    glass = np.dstack((PLAIN, np.full(PLAIN.shape[:2], 128, np.uint8)))
    over = np.asarray(opened(await relit(provider, background_image=glass)))
    assert over.shape == (256, 256, 4)
    assert over[2, 2, 3] == 128
    assert over[135, 132, 3] == 255

    own = np.dstack((BALL, np.full(BALL.shape[:2], 200, np.uint8)))
    kept = np.asarray(opened(await relit(provider, own, light_direction="above")))
    assert (kept[..., 3] == 200).all()


async def test_the_same_seed_gives_the_same_picture(provider: LocalProvider):
    first, again, other = [await relit(provider, prompt="night", seed=seed) for seed in (1, 1, 2)]
    assert first.data == again.data != other.data


@pytest.mark.parametrize("wanted", [{}, {"prompt": "a castle made of cheese"}, {"keep_background": True}])
async def test_what_can_not_be_understood_is_refused_at_its_field(provider: LocalProvider, wanted: dict[str, object]):
    with pytest.raises(InvalidRequest) as refused:
        await relit(provider, **wanted)
    (error,) = refused.value.errors
    assert error.pointer == "/prompt"
    assert "Understood are" in error.detail


async def test_without_weights_it_says_what_brings_them(workbench: Workbench, tmp_path: Path):
    with pytest.raises(ProviderUnavailable, match="models pull"):
        await relit(LocalProvider(workbench=workbench, models_dir=tmp_path), prompt="white")


async def test_every_format_is_given(provider: LocalProvider):
    for wanted, named in (("png", "PNG"), ("jpg", "JPEG"), ("webp", "WEBP")):
        picture = opened(await relit(provider, prompt="studio", output_format=wanted))
        assert (picture.format, picture.size) == (named, (256, 256))
