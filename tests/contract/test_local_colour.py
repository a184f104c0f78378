"""Selecting and recolouring on the local engine, with its real models and a real workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from backend.errors import InvalidRequest, ProviderUnavailable, RequestRefused
from backend.imaging import codec
from backend.providers.base import Finished
from backend.providers.local import LocalProvider
from backend.schemas.base import AssetId
from backend.schemas.specs import SearchRecolorSpec, SelectSpec
from tests.unit.local import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.imaging.workbench import Workbench
    from backend.providers.base import Produced, Provider
    from backend.schemas.specs import Spec

BALL = pictures.ball()
INSIDE, OUTSIDE = (135, 132), (10, 10)


@pytest.fixture
def bare(workbench: Workbench, tmp_path: Path) -> Provider:
    """An engine whose weights are not installed."""
    return LocalProvider(workbench=workbench, models_dir=tmp_path)


async def made(provider: Provider, spec: Spec, variant: str = "", **pixels: NDArray[np.uint8]) -> Produced:
    offer = next(
        row
        for row in provider.offers
        if row.operation == spec.operation and (not row.variants or variant in row.variants)
    )
    images = {field: codec.encode(values, "png") for field, values in pixels.items()}
    outcome = await provider.start(offer, spec, images)
    assert isinstance(outcome, Finished)
    return outcome.images[0]


def mask_of(produced: Produced) -> NDArray[np.uint8]:
    return codec.decode(produced.data).pixels[..., 0]


def selection(**fields: object) -> SelectSpec:
    return SelectSpec.model_validate({"image": "a"} | fields)


def recolouring(prompt: str, select_prompt: str | None = None, **fields: object) -> SearchRecolorSpec:
    words = {"image": AssetId("a"), "prompt": prompt, "select_prompt": select_prompt}
    return SearchRecolorSpec.model_validate(words | fields)


def overlap(mask: NDArray[np.uint8]) -> float:
    chosen, true = mask > 127, BALL.alpha > 0.5
    return float((chosen & true).sum() / (chosen | true).sum())


async def test_the_subject_is_selected_and_the_background_is_the_rest(provider: Provider):
    subject = mask_of(await made(provider, selection(what="subject"), "subject", image=BALL.pixels))
    background = mask_of(await made(provider, selection(what="background"), "background", image=BALL.pixels))

    assert overlap(subject) > 0.95
    assert np.abs(subject.astype(int) + background - 255).max() <= 1


@pytest.mark.parametrize(
    "pointing",
    [
        {"what": "points", "points": [{"x": 0.5, "y": 0.53}, {"x": 0.1, "y": 0.1, "keep": False}]},
        {"what": "points", "points": [{"x": 0.4, "y": 0.45}]},
        {"what": "box", "box": [0.2, 0.2, 0.85, 0.85]},
    ],
)
async def test_clicks_and_boxes_select_without_any_weights(bare: Provider, pointing: dict[str, object]):
    mask = mask_of(await made(bare, selection(**pointing), str(pointing["what"]), image=BALL.pixels))

    assert mask.shape == BALL.alpha.shape
    assert overlap(mask) > 0.95


async def test_what_is_named_changes_its_colour_and_nothing_else_changes(provider: Provider):
    produced = await made(provider, recolouring("blue", "the red ball"), image=BALL.pixels)
    after = codec.decode(produced.data).pixels
    mask = codec.decode(produced.files["mask.png"]).pixels[..., 0]

    assert (after[mask == 0] == BALL.pixels[mask == 0]).all()
    assert after[INSIDE].argmax() == 2
    assert overlap(mask) > 0.95
    assert produced.facts["read_as"] == "red"
    assert produced.facts["not_read"] == ["ball"]


async def test_a_mask_says_what_changes_whatever_else_is_said(bare: Provider):
    mask = np.zeros((*BALL.alpha.shape, 3), np.uint8)
    mask[:, :60] = 255
    spec = recolouring("green", "the red ball", mask="m", feather=4)

    after = codec.decode((await made(bare, spec, image=BALL.pixels, mask=mask)).data).pixels

    assert (after[:, 80:] == BALL.pixels[:, 80:]).all()
    assert (after[20:200, 5:50].argmax(axis=-1) == 1).mean() > 0.95


async def test_alpha_and_size_stay(bare: Provider):
    alpha = np.linspace(0, 255, BALL.alpha.size).reshape(BALL.alpha.shape).astype(np.uint8)
    spec = recolouring("green", "everything red")

    after = codec.decode((await made(bare, spec, image=np.dstack((BALL.pixels, alpha)))).data).pixels

    assert (after[..., 3] == alpha).all()


async def test_a_colour_that_is_not_there_is_refused_in_words(bare: Provider):
    with pytest.raises(InvalidRequest, match="Nothing was found in the picture that is purple"):
        await made(bare, recolouring("green", "the purple ball"), image=BALL.pixels)


async def test_places_that_need_weights_say_so_where_there_are_none(bare: Provider):
    with pytest.raises(ProviderUnavailable, match="models pull"):
        await made(bare, recolouring("green", "the background"), image=BALL.pixels)


async def test_a_place_that_a_picture_has_not_is_refused(provider: Provider):
    plain = np.full((160, 200, 3), (90, 120, 150), np.uint8)
    with pytest.raises(RequestRefused, match="No clear subject"):
        await made(provider, recolouring("green", "the subject"), image=plain)


async def test_points_and_boxes_must_be_given(bare: Provider):
    for what in ("points", "box"):
        with pytest.raises(InvalidRequest, match="needs"):
            await made(bare, selection(what=what), what, image=BALL.pixels)


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (3, 2)])
async def test_the_tiniest_pictures_are_done(bare: Provider, size: tuple[int, int]):
    tiny = np.full((*size, 3), (200, 30, 30), np.uint8)
    box = selection(what="box", box=(0, 0, 1, 1))
    points = selection(what="points", points=[{"x": 1, "y": 1}])

    assert mask_of(await made(bare, box, "box", image=tiny)).shape == size
    assert mask_of(await made(bare, points, "points", image=tiny)).shape == size
    recoloured = await made(bare, recolouring("blue", "everything"), image=tiny)
    assert codec.decode(recoloured.data).pixels[..., 2].min() > 100
