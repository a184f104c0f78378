"""What an operator sees: one trace from the request to the picture, figures; and no secret in any of it."""

from __future__ import annotations

import asyncio
import contextvars
import json
import re
from contextlib import asynccontextmanager

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import SecretStr

from backend.errors import ProviderUnavailable
from backend.observability.traces import traced
from backend.schemas.account import KeyForm
from backend.schemas.base import JobId
from backend.settings import LogSettings, MetricsSettings, TelemetrySettings, WorkersSettings
from tests.fakes.library import picture
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for

CREATE = "/api/image-studio/create"
CANARY = "Marlene"
BODY = {"prompt": f"a lighthouse called {CANARY}", "enhance_prompt": False, "width": 64, "height": 64}
HERE = {"Host": "localhost:8000"}
THEIRS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@asynccontextmanager
async def watched(settings, *failures):
    exporter = InMemorySpanExporter()
    engine = StubProvider(seconds=0.01, failures=list(failures))
    async with (
        traced(settings.telemetry, exporter=exporter),
        running(settings, providers=(engine,), prices=prices(1.0)) as studio,
    ):
        yield studio, exporter


def one(exporter, name):
    found = [span for span in exporter.get_finished_spans() if span.name == name]
    assert len(found) == 1, sorted(span.name for span in exporter.get_finished_spans())
    return found[0]


def is_child(span, parent):
    return (span.context.trace_id, span.parent.span_id) == (parent.context.trace_id, parent.context.span_id)


# --- traces -------------------------------------------------------------------------------------------------


async def test_one_create_is_one_trace_from_the_request_to_the_record(tmp_path):
    async with watched(settings_for(tmp_path)) as (studio, exporter):
        answer = await studio.client.post(CREATE, json=BODY)
        assert answer.status_code == 200
    request, admission = one(exporter, f"POST {CREATE}"), one(exporter, "admit create")
    run, call, record = one(exporter, "run create"), one(exporter, "generate_content stub-1"), one(exporter, "record")
    assert request.parent is None
    assert is_child(admission, request)
    assert is_child(run, admission)
    assert is_child(call, run)
    assert is_child(record, run)
    assert answer.headers["traceparent"].split("-")[1] == f"{request.context.trace_id:032x}"
    assert call.attributes["gen_ai.provider.name"] == "stub"
    assert request.attributes["http.route"] == CREATE
    assert request.attributes["http.response.status_code"] == 200


async def test_a_job_that_another_process_runs_goes_on_in_its_trace(tmp_path):
    exporter = InMemorySpanExporter()
    settings = settings_for(tmp_path, workers=WorkersSettings(drain_s=0))
    engine = StubProvider(seconds=1, mode="ticket")
    async with traced(settings.telemetry, exporter=exporter):
        async with running(settings, providers=(engine,), prices=prices(1.0)) as first:
            first.container.engine.stop_taking()  # it begins nothing itself
            job = (await first.client.post(CREATE, json=BODY, headers={"Prefer": "respond-async"})).json()["id"]
        admission = one(exporter, "admit create")
        exporter.clear()
        later = asyncio.create_task(_ended(settings, job), context=contextvars.Context())  # nothing but the row is left
        assert await later == "done"
    assert is_child(one(exporter, "run create"), admission)


async def _ended(settings, job):
    engine = StubProvider(seconds=1, mode="ticket")
    async with running(settings, providers=(engine,), prices=prices(1.0)) as second:
        return (await second.ended(JobId(job))).status


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_callers_trace_is_continued_where_callers_are_trusted(tmp_path, trusted):
    settings = settings_for(tmp_path, telemetry=TelemetrySettings(trust_callers=trusted))
    async with watched(settings) as (studio, exporter):
        await studio.client.get("/api/jobs", headers={"traceparent": THEIRS})
    assert (f"{one(exporter, 'GET /api/jobs').context.trace_id:032x}" == THEIRS.split("-")[1]) == trusted


async def test_what_goes_wrong_with_an_engine_is_named_and_not_quoted(tmp_path):
    refusal = ProviderUnavailable(detail=f"can't draw {CANARY}", provider="stub", model="stub-1")
    settings = settings_for(tmp_path, jobs={"retries": 0})
    async with watched(settings, refusal) as (studio, exporter):
        await studio.client.post(CREATE, json=BODY)
        text = (await studio.client.get("/metrics", headers=HERE)).text
    call = one(exporter, "generate_content stub-1")
    assert call.attributes["error.type"] == "provider-unavailable"
    assert 'image_studio_provider_calls_total{problem="provider-unavailable",provider="stub"} 1.0' in text
    assert CANARY not in call.to_json()


async def test_nothing_that_people_wrote_or_keep_secret_is_told(tmp_path, capsys):
    settings = settings_for(tmp_path, metrics=MetricsSettings(token=SecretStr("the-scrapers-token")))
    settings = settings.model_copy(update={"log": LogSettings(level="DEBUG", json_lines=True)})
    async with watched(settings) as (studio, exporter):
        key = (await studio.container.access.create_key(studio.owner, KeyForm(name="press"))).key
        client = studio.client
        client.headers["Authorization"] = f"Bearer {key}"
        await client.post("/api/content-assets/upload", files={"file": (f"{CANARY}.png", picture("teal"), "image/png")})
        made = await client.post(CREATE, json=BODY)
        await client.get(f"/api/content-assets?search={CANARY}")
        await client.post("/api/auth/login", json={"email": "a@b.example", "password": f"{CANARY}-password"})
        await client.get(f"/api/nothing/{CANARY}?token={key}")
        await client.get(made.json()["results"][0]["url"])
        figures = await client.get("/metrics", headers={"Authorization": "Bearer the-scrapers-token"})
        assert figures.status_code == 200
    told = figures.text + capsys.readouterr().err + "".join(one.to_json() for one in exporter.get_finished_spans())
    assert "http_request_duration" in told
    for secret in (CANARY, key, key[4:20], "the-scrapers-token", "a@b.example", "PNG", "signature"):
        assert secret not in told, secret


async def test_a_log_line_leads_to_its_request_its_job_and_its_trace(tmp_path, capsys):
    settings = settings_for(tmp_path).model_copy(update={"log": LogSettings(level="INFO", json_lines=True)})
    async with watched(settings) as (studio, exporter):
        await studio.client.post(CREATE, json=BODY)
        run = one(exporter, "run create")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    closed = next(line for line in lines if line["event"] == "job.closed")
    assert closed["trace_id"] == f"{run.context.trace_id:032x}"
    assert closed["span_id"] == f"{run.context.span_id:016x}"
    assert closed["job_id"] == run.attributes["studio.job_id"]


# --- metrics ------------------------------------------------------------------------------------------------


async def test_figures_tell_what_was_done_and_what_it_cost(tmp_path):
    settings = settings_for(tmp_path, metrics=MetricsSettings(refresh_s=0.01, ledger_s=0.01))
    async with running(settings, providers=(StubProvider(seconds=0.01),), prices=prices(1.5)) as studio:
        assert (await studio.client.post(CREATE, json=BODY)).status_code == 200
        await studio.client.get("/metrics", headers=HERE)
        await studio.container.census._summing
        text = (await studio.client.get("/metrics", headers=HERE)).text
    for line in (
        f'image_studio_http_request_duration_seconds_count{{method="POST",route="{CREATE}",status="2xx"}} 1.0',
        'image_studio_job_run_duration_seconds_count{operation="create"} 1.0',
        'image_studio_job_queue_duration_seconds_count{operation="create"} 1.0',
        'image_studio_provider_calls_total{problem="none",provider="stub"} 1.0',
        'image_studio_storage_duration_seconds_count{problem="none",verb="put"}',
        'image_studio_jobs_open{status="queued"} 0.0',
        'image_studio_jobs_ended{status="done"} 1.0',
        'image_studio_workers{state="alive"} 1.0',
        'image_studio_provider_ready{provider="stub"} 1.0',
        'image_studio_credits_moved_total{kind="captured"} 1.5',
        'image_studio_credits{account="spent"} 1.5',
        "image_studio_ledger_sum_credits 0.0",
        "image_studio_ledger_drift_credits 0.0",
        "image_studio_library_assets 1.0",
        "image_studio_shared_up 1.0",
    ):
        assert line in text, line
    assert studio.owner.workspace_id not in text
    assert not re.search(r"[0-9a-f]{32}", text)


@pytest.mark.parametrize(
    ("metrics", "headers", "status"),
    [
        ({}, HERE, 200),
        ({}, {"Host": "studio.example.org"}, 401),
        ({}, {**HERE, "X-Forwarded-For": "203.0.113.7"}, 401),
        ({}, {**HERE, "Origin": "https://elsewhere.example"}, 401),
        ({"token": SecretStr("t0k3n")}, HERE, 401),
        ({"token": SecretStr("t0k3n")}, {**HERE, "Authorization": "Bearer wrong"}, 401),
        ({"token": SecretStr("t0k3n")}, {"Authorization": "Bearer t0k3n"}, 200),
        ({"open": True}, {"Host": "studio.example.org"}, 200),
        ({"on": False}, HERE, 404),
    ],
)
async def test_figures_are_for_this_machine_or_for_whom_the_operator_says(tmp_path, metrics, headers, status):
    async with running(settings_for(tmp_path, metrics=MetricsSettings(**metrics))) as studio:
        assert (await studio.client.get("/metrics", headers=headers)).status_code == status


async def test_behind_a_proxy_nobody_is_taken_for_a_program_of_this_machine(tmp_path):
    async with running(settings_for(tmp_path, public_url="https://studio.example.org")) as studio:
        assert (await studio.client.get("/metrics", headers=HERE)).status_code == 401
