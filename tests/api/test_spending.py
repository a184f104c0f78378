"""What was made and spent, by day, engine and operation; on both databases."""

from __future__ import annotations

import pytest

from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for

SPENDING = "/api/account/spending"


@pytest.fixture
async def studio(tmp_path):
    settings = settings_for(tmp_path / "data", jobs={"retries": 0})
    async with running(settings, providers=[StubProvider(seconds=0.01)], prices=prices(2)) as found:
        yield found


async def test_what_was_made_today_is_told_by_engine_and_operation(studio):
    await studio.ended(await studio.create(num_variations=2))
    await studio.ended(await studio.create())
    told = (await studio.client.get(SPENDING)).json()
    (line,) = told["lines"]
    assert (line["provider"], line["operation"], line["pictures"], line["credits"]) == ("stub", "create", 3, 6)
    assert (told["pictures"], told["credits"], told["worth"]) == (3, 6, 0), "what was paid for is worth what was paid"
    assert told["date_to"] == line["day"]


async def test_days_without_work_are_empty(studio):
    await studio.ended(await studio.create())
    told = (await studio.client.get(SPENDING, params={"date_from": "2020-01-01", "date_to": "2020-12-31"})).json()
    assert (told["lines"], told["pictures"], told["credits"]) == ([], 0, 0)


@pytest.mark.parametrize(("first", "last"), [("2026-11-02", "2026-11-01"), ("2025-01-01", "2026-11-01")])
async def test_a_span_in_the_wrong_order_or_too_long_is_refused(studio, first, last):
    answer = await studio.client.get(SPENDING, params={"date_from": first, "date_to": last})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


async def test_prices_are_told_by_operation_and_engine(tmp_path):
    async with running(settings_for(tmp_path / "data"), providers=[StubProvider(seconds=0.01)]) as studio:
        told = (await studio.client.get("/api/account/prices")).json()
    rows = {row["operation"]: row for row in told["operations"]}
    assert rows["remove_background"]["credits"] == {"stability": 5}
    assert rows["create"]["credits"]["huggingface"] == 0.3, "the cheapest model of an engine"
    assert rows["social"]["credits"] == {}, "nobody charges for cutting"
    assert told["labels"]["huggingface"] == "Hugging Face"
