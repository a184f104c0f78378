"""An operator adds a model with a file: it is offered, and asked by its own fields; wrong files say what is wrong."""

from __future__ import annotations

import json

import pytest
from pydantic import SecretStr

from backend.errors import Misconfigured, ProviderRefused
from backend.providers.wavespeed import WaveSpeed
from backend.schemas.specs import CreateSpec
from tests.fakes.provider_server import serving
from tests.fakes.provider_server.wavespeed import KEY

ROW = """
models:
- model: wavespeed-ai/qwen-image/text-to-image-2512
  operation: create
  label: Mine
  source: "https://example.org/mine (read 2026-11-23)"
  price: {milli_credits: 2500, read: 2026-11-23}
  max_side: 1536
  min_side: 256
  step: 16
  send: {prompt: prompt, size: size_starred, FIELD: seed}
  always: {output_format: png}
"""
SPEC = CreateSpec(prompt="A fox", original_prompt="A fox", width=1024, height=512, seeds=(7,))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "mine.yaml"


async def asked(file, vendor):
    engine = WaveSpeed(key=SecretStr(KEY), base_url=f"{vendor.url}/wavespeed", models=file)
    (offer,) = (one for one in engine.offers if one.label == "Mine")
    try:
        await engine.start(offer, SPEC, {})
    finally:
        await engine.aclose()
    return json.loads(vendor.record.begun()[0].body)


async def test_a_model_of_a_file_stands_in_the_place_of_ours_and_is_asked_by_its_own_fields(file):
    file.write_text(ROW.replace("FIELD", "seed"))
    async with serving() as vendor:
        body = await asked(file, vendor)
    assert body == {"prompt": "A fox", "size": "1088*544", "seed": 7, "output_format": "png"}
    names = [(one.model, one.operation) for one in WaveSpeed(models=file).offers]
    assert len(names) == len(set(names))


async def test_a_field_that_the_vendor_does_not_know_is_told_in_its_words(file):
    file.write_text(ROW.replace("FIELD", "sede"))
    async with serving() as vendor:
        with pytest.raises(ProviderRefused, match="unknown parameter: sede"):
            await asked(file, vendor)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("FIELD: seed", "mask_image: mask", "an operation create has no mask"),
        ("size_starred", "ratio", "needs ratios"),
        ("size_starred", "sighs", "Input should be"),
        ("output_format", "prompt", "stands in `send` and in `always`"),
        ("operation: create", "operation: dream", "row 0.operation"),
        ("https://", "http://", "row 0.source"),
        ("models:", "modles:", "should be a valid tuple"),
        ("step: 16", "step: 16\n  colour: red", "Extra inputs"),
        ("label:", "label: [", "can't be read"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_nothing_starts(file, old, new, says):
    file.write_text(ROW.replace("FIELD: seed", "FIELD: seed").replace(old, new))
    with pytest.raises(Misconfigured, match=says):
        WaveSpeed(models=file)


def test_a_file_that_is_not_there_is_said_to_be_so(file):
    with pytest.raises(Misconfigured, match="can't be read"):
        WaveSpeed(models=file)
