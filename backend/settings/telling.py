"""Settings of what the studio tells of itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr


class LogSettings(BaseModel):
    """What is told, and how."""

    level: str = "INFO"
    """The least that is told: DEBUG, INFO, WARNING or ERROR."""
    json_lines: bool = False
    """JSON, one object a line, instead of lines for people."""


class TelemetrySettings(BaseModel):
    """Traces by OpenTelemetry. Its own variables (`OTEL_…`) count wherever nothing is said here."""

    traces: bool | None = None
    """Send traces. By default where an endpoint is known: the next setting, or `OTEL_EXPORTER_OTLP_ENDPOINT`."""
    endpoint: str | None = None
    """Where to, by OTLP over HTTP, such as `http://collector:4318`."""
    service_name: str | None = None
    """What the studio is called in traces; `image-studio`, or what `OTEL_SERVICE_NAME` says, by default."""
    ratio: Annotated[float, Field(ge=0, le=1)] | None = None
    """The part of all traces that is sent, 0 to 1; all of them, or what `OTEL_TRACES_SAMPLER` says, by default."""
    trust_callers: bool = False
    """Continue the trace that a request's `traceparent` names. Only where every caller is yours."""
    export_s: Annotated[float, Field(gt=0, le=600)] = 5
    """How long one delivery to the collector may take, and how long the end of the program waits for the last."""
    every_s: Annotated[float, Field(gt=0, le=600)] = 5
    """How often spans are delivered."""
    queue: Annotated[int, Field(ge=16, le=1_000_000)] = 2048
    """How many spans may wait to be delivered; further ones are lost, and never wait."""


class MetricsSettings(BaseModel):
    """Figures for Prometheus at `/metrics`."""

    on: bool = True
    """Count, and answer at `/metrics`."""
    token: SecretStr | None = None
    """The bearer token that readers send. Without one, only programs on this machine may read, and nobody where
    `IMAGE_STUDIO_PUBLIC_URL` is set: behind a proxy everybody seems to be on this machine."""
    open: bool = False
    """Let everybody read who reaches the address."""
    refresh_s: Annotated[float, Field(gt=0, le=3600)] = 5
    """How old what is read from the database may be: jobs, workers, places, balances."""
    ledger_s: Annotated[float, Field(gt=0, le=86400)] = 300
    """How old the sums over the whole ledger and library may be."""
    patience_s: Annotated[float, Field(gt=0, le=60)] = 1
    """How long a reader waits for the database; then it gets what needs none."""
    worker_listen: str | None = None
    """`host:port` where a worker, which has no other address, answers at `/metrics`, to everybody who reaches it."""


class HealthSettings(BaseModel):
    """How it is found out whether the studio is ready."""

    patience_s: Annotated[float, Field(gt=0, le=60)] = 2
    """A part that does not answer for so long is not ready."""
    still_s: Annotated[float, Field(ge=0, le=60)] = 1
    """How long an answer counts: many may ask at once."""
    storage_s: Annotated[float, Field(ge=0, le=3600)] = 15
    """The same for the storage, where trying writes and removes a small file."""


class RetentionSettings(BaseModel):
    """How long the database keeps what is over."""

    every_s: Annotated[float, Field(ge=1, le=86400)] = 3600
    """How often old rows are looked for."""
    batch: Annotated[int, Field(ge=1, le=100_000)] = 1000
    """How many rows are removed in one transaction."""
    audit_days: Annotated[int, Field(ge=1, le=36500)] = 365
    """Entries of the audit log."""
    job_events_days: Annotated[int, Field(ge=1, le=36500)] = 7
    """What the watchers of a job were told, after its end."""
    sign_in_days: Annotated[int, Field(ge=1, le=36500)] = 30
    """Sessions and sign-in links, after they were ended, used or too old."""
    idempotency_days: Annotated[int, Field(ge=1, le=36500)] = 2
    """Callers' names for their requests, which stand for them for a day."""
