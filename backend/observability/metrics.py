"""What Prometheus reads: figures of this process, counted as things happen, and of the studio, from its database.

Labels are routes, statuses, engines and slugs: of few kinds, never paths, ids or workspaces.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from backend import __version__
from backend.observability.shared import Shared
from backend.tracing import heard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.services.census_service import Census
    from backend.tracing import Step

NAME = "image_studio"
QUICK_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
SLOW_S = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 900)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NOTHING_WRONG = "none"


class Metrics:
    """The figures of one process."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, *, connections: Callable[[], Mapping[str, int]], places: Callable[[str], int]) -> None:
        disable_created_metrics()  # when each series began is nothing anybody looks at, and a third of the text
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._shared = Shared(places)
        self.registry.register(self._shared)
        self._hearing = ExitStack()
        self._listeners: dict[str, Callable[[Step], None]] = {
            "request": self._on_request,
            "admission": self._on_admission,
            "job": self._on_job,
            "call": self._on_call,
            "storage": self._on_storage,
            "database": self._on_database,
        }
        self._declare(connections)

    def _declare(self, connections: Callable[[], Mapping[str, int]]) -> None:
        build = Gauge(f"{NAME}_build_info", "1, with the version as a label.", ["version"], registry=self.registry)
        build.labels(__version__).set(1)
        self._declare_work()
        self._declare_ground(connections)

    def _declare_work(self) -> None:
        self._requests = self._histogram(
            "http_request_duration_seconds",
            "Time until an answer begins, waiting for a job's result included.",
            ["method", "route", "status"],
        )
        self.in_progress = Gauge(
            f"{NAME}_http_requests_in_progress",
            "Requests that are being answered, streams of events included.",
            registry=self.registry,
        )
        self._admissions = self._histogram(
            "admission_duration_seconds", "Time to check, price, reserve and queue a job.", ["operation", "problem"]
        )
        self._jobs = self._histogram(
            "job_run_duration_seconds", "Time that a job was at work in this process.", ["operation"], SLOW_S
        )
        self._queued = self._histogram(
            "job_queue_duration_seconds", "Time that a job waited until it first began.", ["operation"], SLOW_S
        )
        self._calls = self._histogram(
            "provider_call_duration_seconds", "Time that an engine took for a call.", ["provider", "operation"], SLOW_S
        )
        self._called = Counter(
            f"{NAME}_provider_calls",
            f"Calls to engines by the slug of what went wrong, `{NOTHING_WRONG}` if nothing did.",
            ["provider", "problem"],
            registry=self.registry,
        )

    def _declare_ground(self, connections: Callable[[], Mapping[str, int]]) -> None:
        self._storage = self._histogram(
            "storage_duration_seconds", "Time to read, keep or remove a file.", ["verb", "problem"]
        )
        self._database = self._histogram(
            "database_duration_seconds", "Time that a session of the database was open.", ["mode", "problem"]
        )
        held = Gauge(
            f"{NAME}_database_connections", "Connections of this process by state.", ["state"], registry=self.registry
        )
        for state in ("used", "idle", "most"):
            held.labels(state).set_function(lambda state=state: connections()[state])

    def _histogram(self, name: str, about: str, labels: list[str], buckets: tuple[float, ...] = QUICK_S) -> Histogram:
        return Histogram(f"{NAME}_{name}", about, labels, buckets=buckets, registry=self.registry)

    def open(self) -> None:
        """Begin to count."""
        self._hearing.enter_context(heard(self._hear))

    def close(self) -> None:
        """Count no more."""
        self._hearing.close()

    def text(self, census: Census) -> bytes:
        """Return all figures in Prometheus's format."""
        self._shared.census = census
        return generate_latest(self.registry)

    def _hear(self, step: Step) -> None:
        if listener := self._listeners.get(step.kind):
            listener(step)

    def _on_request(self, step: Step) -> None:
        method = str(step.facts.get("http.request.method", ""))
        status = int(step.facts.get("http.response.status_code", 500))
        route = str(step.facts.get("http.route", ""))
        seconds = float(step.facts.get("studio.answered_s", step.seconds))
        known = method if method in METHODS else "other"
        self._requests.labels(known, route, f"{status // 100}xx").observe(seconds)

    def _on_admission(self, step: Step) -> None:
        operation = str(step.facts.get("studio.operation", ""))
        self._admissions.labels(operation, step.problem or NOTHING_WRONG).observe(step.seconds)

    def _on_job(self, step: Step) -> None:
        operation = str(step.facts.get("studio.operation", ""))
        self._jobs.labels(operation).observe(step.seconds)
        if (waited := step.facts.get("studio.queued_s")) is not None:
            self._queued.labels(operation).observe(float(waited))

    def _on_call(self, step: Step) -> None:
        provider = str(step.facts.get("gen_ai.provider.name", ""))
        operation = str(step.facts.get("studio.operation", ""))
        self._called.labels(provider, step.problem or NOTHING_WRONG).inc()
        self._calls.labels(provider, operation).observe(step.seconds)

    def _on_storage(self, step: Step) -> None:
        self._storage.labels(step.name, step.problem or NOTHING_WRONG).observe(step.seconds)

    def _on_database(self, step: Step) -> None:
        self._database.labels(step.name, step.problem or NOTHING_WRONG).observe(step.seconds)
