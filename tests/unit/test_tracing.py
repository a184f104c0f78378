"""Steps: heard by whoever listens, within one another, and silent about what people wrote."""

from __future__ import annotations

import asyncio

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from backend.errors import NotFound
from backend.tracing import apart, continued, current_traceparent, heard, installed, step, stepped

THEIRS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans():
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with installed(provider.get_tracer("test")):
        yield exporter.get_finished_spans


def test_without_a_tracer_a_step_is_heard_and_stands_nowhere():
    told = []
    with heard(told.append), step("call", "draw", {"n": 1}) as taken:
        taken.tell({"m": 2})
        assert current_traceparent() is None
    assert [(one.kind, one.name, one.facts, one.problem) for one in told] == [("call", "draw", {"n": 1, "m": 2}, None)]
    assert told[0].seconds > 0


def test_nobody_hears_after_the_end():
    told = []
    with heard(told.append):
        pass
    with step("call", "draw"):
        pass
    assert told == []


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (NotFound(detail="Marlene"), "not-found"),
        (ValueError("Marlene"), "unforeseen"),
        (KeyboardInterrupt(), "cut-off"),
    ],
)
def test_a_step_that_fails_names_the_problem_and_quotes_nothing(spans, error, problem):
    told = []
    with pytest.raises(type(error)), heard(told.append), step("call", "draw"):
        raise error
    assert told[0].problem == problem
    assert spans()[0].attributes["error.type"] == problem
    assert "Marlene" not in spans()[0].to_json()


def test_a_step_in_the_handling_of_an_error_did_not_fail_itself(spans):
    try:
        int("no number")
    except ValueError:
        with step("call", "mend"):
            pass
    assert "error.type" not in spans()[0].attributes


def test_a_step_goes_on_where_another_process_stood(spans):
    with continued(THEIRS, "run"), step("record", "record"):
        pass
    record, run = spans()
    assert f"00-{run.parent.trace_id:032x}-{run.parent.span_id:016x}-01" == THEIRS
    assert record.parent.span_id == run.context.span_id


@pytest.mark.parametrize(
    "theirs", [None, "", "rubbish", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", THEIRS + "-x", "ff" + THEIRS[2:]]
)
def test_what_is_no_place_in_a_trace_begins_a_new_one(spans, theirs):
    with step("admission", "present"), continued(theirs, "run"):
        pass
    run, present = spans()
    assert run.parent is None
    assert run.context.trace_id != present.context.trace_id


def test_what_stands_on_its_own_makes_a_trace_unless_it_is_the_ground(spans):
    with step("database", "read"):
        pass
    assert spans() == ()
    with step("admission", "admit"), step("database", "read"), apart(), step("database", "read"):
        pass
    assert [span.name for span in spans()] == ["database read", "admit"]


def test_a_trace_that_was_not_sampled_stays_so_in_other_processes(spans):
    with continued(THEIRS[:-2] + "00", "run"):
        assert current_traceparent().endswith("-00")
    assert spans() == ()


async def test_steps_of_tasks_side_by_side_do_not_mix(spans):
    @stepped("call", "draw")
    async def draw():
        await asyncio.sleep(0)
        return current_traceparent()

    with step("job", "run"):
        found = await asyncio.gather(draw(), draw())
    assert len(set(found)) == 2
    *draws, run = spans()
    assert {one.parent.span_id for one in draws} == {run.context.span_id}
