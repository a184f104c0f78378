"""Traces: OpenTelemetry's SDK and its exporter, imported here and only where traces are configured."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from backend import __version__
from backend.errors import Misconfigured
from backend.tracing import installed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.sdk.trace.sampling import Sampler

    from backend.settings import TelemetrySettings

log = structlog.get_logger()

PROTOCOL = "http/protobuf"
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
SERVICE = "image-studio"
BATCH = 512
"""How many spans are delivered at once."""


def wanted(settings: TelemetrySettings) -> bool:
    """Return whether traces are to be sent.

    Source: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ (read 2026-11-22)
    """
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true" or os.environ.get("OTEL_TRACES_EXPORTER") == "none":
        return False
    if settings.traces is not None:
        return settings.traces
    return bool(settings.endpoint or any(os.environ.get(name) for name in ENDPOINTS))


@asynccontextmanager
async def traced(settings: TelemetrySettings, *, exporter: SpanExporter | None = None) -> AsyncGenerator[None]:
    """Send traces until the end, if they are wanted; with an `exporter` of one's own they are.

    Raises:
        Misconfigured: the variables ask for a protocol that the studio does not speak.
    """
    if exporter is None and not wanted(settings):
        yield
        return
    provider = _provider(settings)
    provider.add_span_processor(_at_once(exporter) if exporter else _in_batches(settings))
    with installed(provider.get_tracer(SERVICE, __version__)):
        yield
    await _over(provider, settings.export_s)


def _provider(settings: TelemetrySettings) -> TracerProvider:
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - only where traces are configured
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above

    named = settings.service_name or os.environ.get("OTEL_SERVICE_NAME") or SERVICE
    facts = {"service.name": named, "service.version": __version__}
    return TracerProvider(sampler=_sampler(settings), resource=Resource.create(facts), shutdown_on_exit=False)


def _sampler(settings: TelemetrySettings) -> Sampler | None:
    """Return what chooses traces; None leaves it to the standard variables."""
    from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio  # noqa: PLC0415 - as above

    return None if settings.ratio is None else ParentBasedTraceIdRatio(settings.ratio)


def _at_once(exporter: SpanExporter) -> SpanProcessor:
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415 - as above

    return SimpleSpanProcessor(exporter)


def _in_batches(settings: TelemetrySettings) -> SpanProcessor:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above

    asked = next((found for name in PROTOCOLS if (found := os.environ.get(name))), PROTOCOL)
    if asked != PROTOCOL:
        raise Misconfigured(detail=f"Traces are sent by {PROTOCOL}; the variables ask for another protocol: {asked}.")
    endpoint = f"{settings.endpoint.rstrip('/')}/v1/traces" if settings.endpoint else None
    log.info("traces.sent", service=settings.service_name or SERVICE)
    return BatchSpanProcessor(
        OTLPSpanExporter(endpoint=endpoint, timeout=settings.export_s),
        max_queue_size=settings.queue,
        max_export_batch_size=min(BATCH, settings.queue),
        schedule_delay_millis=settings.every_s * 1000,
        export_timeout_millis=settings.export_s * 1000,
    )


async def _over(provider: TracerProvider, seconds: float) -> None:
    """Deliver what is left, but don't keep the program alive for a collector that does not answer."""
    last = asyncio.create_task(asyncio.to_thread(provider.shutdown))
    _, late = await asyncio.wait({last}, timeout=seconds + 1)
    if late:
        log.warning("traces.lost", waited_s=seconds)
