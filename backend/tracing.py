"""What happens within what, step by step and from process to process: spans for traces, and figures for metrics.

Only OpenTelemetry's API is spoken here. While nobody listens and no tracer is installed, a step costs microseconds.
Facts are names, counts and states; never prompts, bytes, keys, addresses of pictures or texts of errors.
"""

from __future__ import annotations

import functools
import re
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from opentelemetry import trace
from opentelemetry.context import Context, attach, detach
from opentelemetry.trace import SpanContext, SpanKind, StatusCode, TraceFlags

from backend.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping

    from opentelemetry.trace import Span, Tracer

P = ParamSpec("P")
T = TypeVar("T")

Kind = Literal["request", "admission", "job", "call", "record", "storage", "database"]
"""What a step is: answering, admitting, running a job, calling an engine, recording a part, files, rows."""
Fact = str | int | float | bool

SPAN_KINDS: dict[Kind, SpanKind] = {
    "request": SpanKind.SERVER,
    "job": SpanKind.CONSUMER,
    "call": SpanKind.CLIENT,
    "storage": SpanKind.CLIENT,
    "database": SpanKind.CLIENT,
}
"""Seen from outside; all others are internal."""
WITHIN: frozenset[Kind] = frozenset({"storage", "database"})
"""What makes no trace by itself: the studio looks at its tables every second."""
TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
"""Source: https://www.w3.org/TR/trace-context/#traceparent-header (read 2026-11-22)"""
CUT_OFF = "cut-off"
UNFORESEEN = "unforeseen"


@dataclass(slots=True, kw_only=True)
class Step:
    """Something that is being done; `facts` may be added to until it ends."""

    kind: Kind
    name: str
    """Of few kinds: routes, verbs, operations."""
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])
    problem: str | None = None
    """The slug of what went wrong."""
    seconds: float = 0.0
    """How long it took; 0 until it has ended."""
    span: Span = trace.INVALID_SPAN

    @property
    def title(self) -> str:
        """Return what the span is called."""
        return f"{self.kind} {self.name}" if self.kind in WITHIN else self.name

    def tell(self, facts: Mapping[str, Fact]) -> None:
        """Add facts."""
        self.facts.update(facts)


_no_tracer = trace.NoOpTracer()
_tracer: list[Tracer] = []
_listeners: list[Callable[[Step], None]] = []


@contextmanager
def installed(tracer: Tracer) -> Generator[None]:
    """Make spans with a tracer, until the end."""
    _tracer.append(tracer)
    try:
        yield
    finally:
        _tracer.remove(tracer)


@contextmanager
def heard(listener: Callable[[Step], None]) -> Generator[None]:
    """Tell a listener of every step that ends, until the end. It must be quick and must not fail."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def step(kind: Kind, name: str, facts: Mapping[str, Fact] | None = None) -> Generator[Step]:
    """Do something as a step within the present one."""
    with _step(Step(kind=kind, name=name, facts=dict(facts or {})), None) as taken:
        yield taken


@contextmanager
def continued(
    traceparent: str | None, name: str, facts: Mapping[str, Fact] | None = None, *, kind: Kind = "job"
) -> Generator[Step]:
    """Do something as a step of the trace that another process began, or of a new trace where there is none."""
    taken = Step(kind=kind, name=name, facts=dict(facts or {}))
    with _step(taken, _context_of(traceparent)) as begun:
        yield begun


@contextmanager
def apart() -> Generator[None]:
    """Do something that no trace should tell of, such as what is tried again twenty times a second."""
    token = attach(Context())
    try:
        yield
    finally:
        detach(token)


@contextmanager
def _step(taken: Step, context: Context | None) -> Generator[Step]:
    alone = taken.kind in WITHIN and not trace.get_current_span().get_span_context().is_valid
    tracer = _tracer[-1] if _tracer and not alone else _no_tracer
    begun = time.perf_counter()
    with tracer.start_as_current_span(
        taken.title,
        context=context,
        kind=SPAN_KINDS.get(taken.kind, SpanKind.INTERNAL),
        record_exception=False,  # texts and stacks of errors may hold what people wrote
        set_status_on_exception=False,
    ) as taken.span:
        whole = False
        try:
            yield taken
            whole = True
        finally:
            if not whole:
                taken.problem = taken.problem or _slug(sys.exception())
            taken.seconds = time.perf_counter() - begun
            _close(taken)


def _close(taken: Step) -> None:
    if taken.span.is_recording():
        taken.span.update_name(taken.title)
        taken.span.set_attributes(taken.facts)
        if taken.problem:
            taken.span.set_attribute("error.type", taken.problem)
            taken.span.set_status(StatusCode.ERROR)
    for listener in tuple(_listeners):
        listener(taken)


def _slug(error: BaseException | None) -> str:
    match error:
        case StudioError():
            return error.slug
        case Exception():
            return UNFORESEEN
        case _:
            return CUT_OFF


def stepped(kind: Kind, name: str) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Coroutine[Any, Any, T]]]:
    """Return what makes each call of a coroutine function a step. Any: what coroutines are sent, which is nothing."""

    def wrapped(function: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
        @functools.wraps(function)
        async def within(*given: P.args, **named: P.kwargs) -> T:
            with step(kind, name):
                return await function(*given, **named)

        return within

    return wrapped


def current_traceparent() -> str | None:
    """Return where the present step stands, for another process to go on from; None without a tracer."""
    found = trace.get_current_span().get_span_context()
    if not found.is_valid:
        return None
    return f"00-{found.trace_id:032x}-{found.span_id:016x}-{int(found.trace_flags):02x}"


def current_ids() -> dict[str, str]:
    """Return the present `trace_id` and `span_id`, for log lines; nothing without a tracer."""
    found = trace.get_current_span().get_span_context()
    if not found.is_valid:
        return {}
    return {"trace_id": f"{found.trace_id:032x}", "span_id": f"{found.span_id:016x}"}


def _context_of(traceparent: str | None) -> Context:
    """Return a context with the span of another process in it, or one with none at all."""
    found = TRACEPARENT.fullmatch(traceparent or "")
    if found is None:
        return Context()
    trace_id, span_id, flags = (int(part, 16) for part in found.groups())
    origin = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    if not origin.is_valid:
        return Context()
    return trace.set_span_in_context(trace.NonRecordingSpan(origin), Context())
