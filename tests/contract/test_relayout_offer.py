"""The local engine lays its designs out again, in a child process of a real workbench."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from backend.errors import InvalidRequest
from backend.imaging.workbench import Places, Workbench
from backend.providers.base import Finished, Produced
from backend.providers.local import LocalProvider
from backend.schemas.base import AssetId
from backend.schemas.specs import CreateSpec, Layers, RelayoutSpec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.schemas.specs import Spec


@pytest.fixture
async def provider(tmp_path: Path) -> AsyncIterator[LocalProvider]:
    bench = Workbench(places=Places(workers=1))
    yield LocalProvider(workbench=bench, models_dir=tmp_path)
    await bench.aclose()


async def made(provider: LocalProvider, spec: Spec) -> Produced:
    (offer,) = (row for row in provider.offers if (row.model, row.operation) == ("compose", spec.operation))
    outcome = await provider.start(offer, spec, {})
    assert isinstance(outcome, Finished)
    return outcome.images[0]


async def test_a_design_comes_back_the_same_or_at_another_size_and_what_is_no_design_is_refused(provider):
    words = 'Sea "Take the slow boat" "Daily"'
    first = await made(provider, CreateSpec(prompt=words, original_prompt=words, width=160, height=160, seeds=(3,)))
    layers = Layers.model_validate_json(first.files["composition.json"])
    spec = RelayoutSpec(image=AssetId("a"), layers=layers, width=160, height=160)

    assert (await made(provider, spec)).data == first.data
    wide = await made(provider, spec.model_copy(update={"width": 300, "height": 100, "palette": ("#ff0000",)}))
    assert Image.open(io.BytesIO(wide.data)).size == (300, 100)
    assert json.loads(wide.files["composition.json"])["headline"] == "Take the slow boat"
    assert "#ff0000" in json.loads(wide.files["composition.json"])["colours"]
    stranger = layers.model_copy(update={"family": "oil"})
    with pytest.raises(InvalidRequest):
        await made(provider, spec.model_copy(update={"layers": stranger}))
