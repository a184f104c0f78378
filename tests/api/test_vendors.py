"""A picture by a vendor's engine, from the door to the library: size, price, and what is said where it fails."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from backend.settings import ProviderSettings
from tests.fakes.provider_server import faults, serving
from tests.fakes.provider_server.openai import KEY
from tests.fakes.studio import running, settings_for

CREATE = "/api/image-studio/create"
ASKED = {
    "prompt": "A red fox in snow",
    "width": 1080,
    "height": 1350,
    "response_format": "url",
    "enhance_prompt": False,
}


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
async def studio(tmp_path, vendor):
    own = ProviderSettings(api_key=SecretStr(KEY), base_url=f"{vendor.url}/openai/v1")
    settings = settings_for(tmp_path / "data", providers={"openai": own}, jobs={"retries": 0})
    async with running(settings) as found:
        yield found


async def test_a_picture_has_exactly_the_size_and_the_price_that_were_told(studio, vendor):
    told = (await studio.client.post("/api/image-studio/estimate-cost", json={"provider": "openai"})).json()
    made = (await studio.client.post(CREATE, json={**ASKED, "provider": "openai"})).json()
    (one,) = made["results"]
    assert (one["width"], one["height"], one["provider"], one["model"]) == (1080, 1350, "openai", told["model"])
    assert made["cost"]["credits"] == told["estimated_cost"] > 0
    assert one["metadata"]["engine"]["made_at"] == "896x1152"
    assert len(vendor.record.begun()) == 1


async def test_where_it_is_busy_this_machine_takes_over_and_nothing_is_charged(studio, vendor):
    vendor.record.faults.append(faults.busy)
    made = (await studio.client.post(CREATE, json={**ASKED, "quality": "premium"})).json()
    job = (await studio.client.get(f"/api/jobs/{made['job_id']}")).json()
    assert len(vendor.record.begun()) == 1
    assert [one["provider"] for one in made["results"]] == ["local"]
    assert (job["cost"]["captured"], job["cost"]["reserved"]) == (0, 0)
    assert job["fallback"]["from"] == "openai"


async def test_a_key_is_told_nowhere(studio, vendor, tmp_path):
    await studio.client.post(CREATE, json={**ASKED, "provider": "openai"})
    vendor.record.faults.append(faults.down)
    refused = await studio.client.post(CREATE, json={**ASKED, "provider": "openai"})
    assert KEY not in refused.text
    kept = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert [file for file in kept if KEY.encode() in file.read_bytes()] == []
