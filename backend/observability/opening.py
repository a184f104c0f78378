"""Opening what tells: metrics where they are on, traces where they are configured."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.observability.traces import traced

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from opentelemetry.sdk.trace.export import SpanExporter

    from backend.observability.metrics import Metrics
    from backend.services.census_service import CensusService
    from backend.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What requests are told to, and what readers of metrics ask."""

    metrics: Metrics | None
    census: CensusService
    trust_callers: bool
    """Whether a request may say which trace it belongs to."""


@asynccontextmanager
async def telling(
    settings: Settings,
    census: CensusService,
    connections: Callable[[], Mapping[str, int]],
    exporter: SpanExporter | None = None,
) -> AsyncGenerator[Telling]:
    """Tell what happens in this process, until the end; `exporter` takes the spans instead of a collector.

    Raises:
        Misconfigured: the standard variables ask for what is not there.
    """
    metrics = _metrics(settings, connections) if settings.metrics.on else None
    try:
        async with traced(settings.telemetry, exporter=exporter):
            yield Telling(metrics=metrics, census=census, trust_callers=settings.telemetry.trust_callers)
    finally:
        if metrics:
            metrics.close()
        await census.aclose()


def _metrics(settings: Settings, connections: Callable[[], Mapping[str, int]]) -> Metrics:
    from backend.observability.metrics import Metrics  # noqa: PLC0415 - only where metrics are on

    def places(provider: str) -> int:
        return settings.provider(provider).concurrency or settings.jobs.calls

    metrics = Metrics(connections=connections, places=places)
    metrics.open()
    return metrics


@asynccontextmanager
async def answering(metrics: Metrics | None, listen: str | None) -> AsyncGenerator[None]:
    """Answer with the figures of this process at `host:port`, for a process that has no other address."""
    if metrics is None or listen is None:
        yield
        return
    from prometheus_client import start_http_server  # noqa: PLC0415 - only where metrics are on

    host, _, port = listen.rpartition(":")
    server, thread = start_http_server(int(port), host.strip("[]") or "0.0.0.0", registry=metrics.registry)  # noqa: S104 - what was asked for
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
