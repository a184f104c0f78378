"""The local engine keeps what every engine promises, with its real models and a real workbench."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from backend.errors import ProviderMisbehaved, ProviderUnavailable, RequestRefused
from backend.providers.base import Finished, Offer
from backend.providers.local import LocalProvider, models
from backend.providers.local.engine import ROOMS
from backend.schemas.base import AssetId
from backend.schemas.specs import CreateSpec, OutputFormat, RemoveBackgroundSpec
from tests.unit.local import pictures, weights

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.workbench import Workbench
    from backend.providers.base import Provider


def offer(provider: Provider, operation: str) -> Offer:
    (found,) = (row for row in provider.offers if row.operation == operation)
    return found


def create(**changes: object) -> CreateSpec:
    words = {"prompt": "Summer sale", "original_prompt": "Summer sale", "width": 320, "height": 256, "seeds": (7,)}
    return CreateSpec.model_validate(words | changes)


def removal(output_format: OutputFormat = "png") -> RemoveBackgroundSpec:
    return RemoveBackgroundSpec(image=AssetId("a"), output_format=output_format)


def one(outcome: object):
    assert isinstance(outcome, Finished)
    (produced,) = outcome.images
    return produced


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


async def test_every_offer_is_local_names_its_source_and_can_be_used(provider: Provider):
    assert provider.name == "local"
    for row in provider.offers:
        assert row.provider == provider.name
        assert row.local
        assert "(read 20" in row.source
        assert row.price_key.startswith("local.")
        assert provider.missing(row) is None or models.WEIGHTS[row.model].optional


async def test_a_drawing_has_the_wanted_size_its_seed_and_its_layers(provider: Provider):
    made = one(await provider.start(offer(provider, "create"), create(), {}))

    picture = opened(made.data)
    assert (picture.format, picture.size) == ("PNG", (320, 256))
    assert made.seed == 7
    assert made.files["composition.svg"].lstrip().startswith(b"<svg")
    assert isinstance(json.loads(made.files["composition.json"]), dict)
    assert not offer(provider, "create").generative


async def test_the_same_seed_draws_the_same_bytes_and_another_one_does_not(provider: Provider):
    row = offer(provider, "create")
    first = one(await provider.start(row, create(), {}))
    again = one(await provider.start(row, create(), {}))
    other = one(await provider.start(row, create(seeds=(8,)), {}))

    assert first.data == again.data
    assert first.data != other.data


@pytest.mark.parametrize("output_format", ["png", "webp"])
async def test_a_cut_out_keeps_the_size_and_gains_alpha(provider: Provider, output_format: OutputFormat):
    ball = Image.fromarray(pictures.ball().pixels)
    file = io.BytesIO()
    ball.save(file, "PNG")

    row = offer(provider, "remove_background")
    made = one(await provider.start(row, removal(output_format), {"image": file.getvalue()}))

    picture = opened(made.data)
    assert (picture.format, picture.mode, picture.size) == (output_format.upper(), "RGBA", ball.size)
    alpha = np.asarray(picture.getchannel("A"))
    assert alpha[135, 132] == 255
    assert alpha[0, 0] == 0
    assert made.facts["model"] == "u2netp"


async def test_a_picture_without_a_subject_is_refused_in_words(provider: Provider):
    file = io.BytesIO()
    Image.new("RGB", (200, 160), (90, 120, 150)).save(file, "PNG")

    with pytest.raises(RequestRefused, match="No clear subject"):
        await provider.start(offer(provider, "remove_background"), removal(), {"image": file.getvalue()})


async def test_a_cut_out_of_nothing_is_refused(provider: Provider):
    with pytest.raises(RequestRefused, match="needs the picture"):
        await provider.start(offer(provider, "remove_background"), removal(), {})


async def test_absent_weights_are_told_with_the_command_that_brings_them(workbench: Workbench, tmp_path: Path):
    bare = LocalProvider(workbench=workbench, models_dir=tmp_path)
    row = offer(bare, "remove_background")

    assert bare.missing(row) == "Weights of U2Net-p are not installed. Run `image-studio models pull`."
    assert bare.missing(offer(bare, "create")) is None
    with pytest.raises(ProviderUnavailable, match="models pull"):
        await bare.start(row, removal(), {"image": b""})


async def test_there_are_no_tickets_to_ask_for(provider: Provider):
    with pytest.raises(ProviderMisbehaved, match="no tickets"):
        await provider.resume("t-1")
    await provider.cancel("t-1")


def test_all_weights_are_needed_by_some_offer_or_by_crops_or_checks_and_no_offer_needs_others():
    needs = {name for room in ROOMS for names in room.needs.values() for name in names}
    used = {row.model for row in LocalProvider.offers} | needs | {"blazeface", "text-lines"}
    assert used >= set(models.WEIGHTS) >= needs


@pytest.mark.parametrize("lacking", ["style-predict", "style-transform"])
def test_an_offer_of_two_networks_needs_both(workbench: Workbench, tmp_path: Path, lacking: str):
    for name in {"style-predict", "style-transform"} - {lacking}:
        (tmp_path / models.WEIGHTS[name].file).write_bytes(weights.real(name).read_bytes())
    provider = LocalProvider(workbench=workbench, models_dir=tmp_path)
    assert models.WEIGHTS[lacking].label in (provider.missing(offer(provider, "style_transfer")) or "")
