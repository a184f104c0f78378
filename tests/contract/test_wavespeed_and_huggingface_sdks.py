"""The vendors' own packages are content with the fake: what it answers is what they expect of their vendors."""

from __future__ import annotations

import asyncio
import io

import pytest
from huggingface_hub import InferenceClient, constants
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.inference._providers import PROVIDERS, _common, hf_inference
from PIL import Image
from wavespeed.api.client import Client

from tests.fakes.provider_server import serving
from tests.fakes.provider_server.huggingface import FORBIDDEN, UNPAID
from tests.fakes.provider_server.huggingface import KEY as HF_KEY
from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.wavespeed import KEY, SLOW_SYNC

FLUX = "black-forest-labs/FLUX.1-dev"
KONTEXT = "black-forest-labs/FLUX.1-Kontext-dev"
QWEN = "wavespeed-ai/qwen-image/text-to-image"


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
def hub(vendor, monkeypatch):
    """Point the package at the fake: its router is a constant, and what it looked up before is forgotten."""
    monkeypatch.setattr(constants, "INFERENCE_PROXY_TEMPLATE", f"{vendor.url}/huggingface/{{provider}}")
    monkeypatch.setattr(constants, "ENDPOINT", f"{vendor.url}/huggingface")
    for task in ("text-to-image", "image-to-image"):
        monkeypatch.setattr(PROVIDERS["hf-inference"][task], "base_url", f"{vendor.url}/huggingface/hf-inference")
    _common._fetch_inference_provider_mapping.cache_clear()
    hf_inference._check_supported_task.cache_clear()


def wave(vendor, key=KEY):
    return Client(api_key=key, base_url=f"{vendor.url}/wavespeed", max_connection_retries=0)


async def test_wavespeed_runs_a_model_to_its_end(vendor):
    asked = {"prompt": "A fox", "size": "512*512", "output_format": "png"}
    made = await asyncio.to_thread(lambda: wave(vendor).run(QWEN, asked, poll_interval=0))
    assert made["outputs"][0].startswith(f"{vendor.url}/pictures/")
    assert len(vendor.record.begun()) == 1


async def test_wavespeed_tells_failures_and_timeouts_of_synchronous_calls(vendor):
    failed = await asyncio.to_thread(
        lambda: wave(vendor).run_no_throw(QWEN, {"prompt": "[fails:1403]"}, poll_interval=0)
    )
    assert (failed["status"], failed["outputs"]) == ("failed", None)
    assert "code 1403" in failed["error"]
    client = wave(vendor)
    slow = await asyncio.to_thread(lambda: client.run_no_throw(QWEN, {"prompt": SLOW_SYNC}, enable_sync_mode=True))
    assert slow["status"] == "processing"
    found = await asyncio.to_thread(client.get_result, slow["task_id"])
    assert found["data"]["status"] == "processing"


async def test_wavespeed_refuses_a_wrong_key(vendor):
    with pytest.raises(RuntimeError, match="HTTP 401"):
        await asyncio.to_thread(lambda: wave(vendor, "wrong").run(QWEN, {"prompt": "a"}))


async def test_wavespeed_takes_an_upload_and_reads_it_again(vendor, tmp_path):
    file = tmp_path / "photo.png"
    file.write_bytes(picture(320, 240, "photo"))
    client = wave(vendor)
    url = await asyncio.to_thread(client.upload, str(file))
    asked = {"image": url, "prompt": "dusk", "output_format": "png", "enable_base64_output": True}
    made = await asyncio.to_thread(lambda: client.run("wavespeed-ai/qwen-image/edit", asked, poll_interval=0))
    assert made["outputs"][0].startswith("iVBOR")


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "together", "hf-inference"])
async def test_the_hubs_client_makes_pictures_with_everybody(provider):
    client = InferenceClient(provider=provider, api_key=HF_KEY)
    size = {} if provider == "replicate" else {"width": 512, "height": 768}
    made = await asyncio.to_thread(lambda: client.text_to_image("A fox", model=FLUX, **size))
    assert isinstance(made, Image.Image)
    assert made.size == ((512, 768) if size else (1024, 1024))


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("provider", ["fal-ai", "replicate", "together", "hf-inference"])
async def test_the_hubs_client_changes_pictures_with_everybody(provider):
    client = InferenceClient(provider=provider, api_key=HF_KEY)
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(file, "JPEG")
    made = await asyncio.to_thread(lambda: client.image_to_image(file.getvalue(), prompt="dusk", model=KONTEXT))
    assert made.size == (64, 48)


@pytest.mark.usefixtures("hub")
async def test_the_hubs_client_makes_pictures_with_wavespeed():
    client = InferenceClient(provider="wavespeed", api_key=HF_KEY)
    made = await asyncio.to_thread(lambda: client.text_to_image("A fox", model="Qwen/Qwen-Image"))
    assert made.size == (1024, 1024)


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(("words", "status"), [(UNPAID, 402), (FORBIDDEN, 422)])
async def test_the_hubs_client_understands_refusals(words, status):
    client = InferenceClient(provider="fal-ai", api_key=HF_KEY)
    with pytest.raises(HfHubHTTPError) as refused:
        await asyncio.to_thread(lambda: client.text_to_image(f"a {words}", model=FLUX))
    assert refused.value.response.status_code == status
