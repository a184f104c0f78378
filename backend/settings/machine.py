"""Settings of what the studio stands on: database, files, jobs, engines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, SecretStr


class ProviderSettings(BaseModel):
    """An engine's key and, where it is not the vendor's own, its address."""

    api_key: SecretStr | None = None
    base_url: str | None = None
    """Scheme, host and port alone (OPENAI: with its `/v1`)."""
    concurrency: Annotated[int, Field(ge=1, le=1000)] | None = None
    """How many calls may run at once; what the vendor takes, or the common number, otherwise."""
    per_minute: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """How many calls may begin in a minute; what the vendor is known to take otherwise."""
    hosts: tuple[Annotated[str, Field(pattern=r"^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$")], ...] = ()
    """More hosts that its finished pictures may be fetched from, as JSON; `.example.org` stands for all below it
    (HUGGINGFACE and WAVESPEED)."""
    models: Path | None = None
    """A file of models that adds to those the studio knows (HUGGINGFACE and WAVESPEED)."""


class StorageSettings(BaseModel):
    """Where pictures are kept."""

    url: str | None = None
    """`file:///folder` or `s3://bucket/folder`; the data folder's `files` by default."""
    endpoint: str | None = None
    """Where an S3 store that is not AWS's is reached, such as `https://s3.example.org:9000`."""
    region: str | None = None
    """The store's region; what stands in `AWS_REGION`, else `us-east-1`, by default."""
    access_key_id: str | None = None
    """The id of the store's key; `AWS_ACCESS_KEY_ID`, or what the machine's role gives, by default."""
    secret_access_key: SecretStr | None = None
    """The store's key; `AWS_SECRET_ACCESS_KEY`, or what the machine's role gives, by default."""
    session_token: SecretStr | None = None
    """The token that belongs to a key which was lent for a while."""
    virtual_host: bool | None = None
    """Whether the bucket stands in the host's name (`bucket.host`) instead of in the path, which is the default."""
    allow_http: bool = False
    """Whether an endpoint may be spoken to without TLS."""
    connect_s: Annotated[float, Field(gt=0, le=600)] = 3
    """How long to try to connect to the store."""
    request_s: Annotated[float, Field(gt=0, le=3600)] = 20
    """How long one request to the store may take, with its body; large files take several."""
    retries: Annotated[int, Field(ge=0, le=20)] = 3
    """How often a request that failed for a passing reason is sent again."""
    retry_s: Annotated[float, Field(ge=0, le=240)] = 10
    """After so long a request is not sent again: a store that hangs is given up after this and `request_s`."""
    redirect: bool = False
    """Whether browsers are sent to the store for pictures, instead of getting them through the server."""
    redirect_s: Annotated[int, Field(ge=60, le=43_200)] = 3600
    """How long an address in the store opens a picture at least; at most it is twice as long."""
    public_endpoint: str | None = None
    """Where browsers reach the store, if not where the servers do."""


class DatabaseSettings(BaseModel):
    """How the database is spoken to."""

    pool: Annotated[int, Field(ge=1, le=1000)] = 10
    """How many connections a process keeps (PostgreSQL)."""
    overflow: Annotated[int, Field(ge=0, le=1000)] = 20
    """How many more it may open for a while."""
    wait_s: Annotated[float, Field(gt=0, le=600)] = 30
    """How long to wait for a free connection, or for another who writes."""
    connect_s: Annotated[float, Field(gt=0, le=600)] = 10
    """How long to try to connect (PostgreSQL)."""
    idle_s: Annotated[float, Field(gt=0, le=3600)] = 60
    """After so long a transaction that stands still is ended, so that others get what it holds (PostgreSQL)."""
    outage_s: Annotated[float, Field(ge=0, le=86_400)] = 600
    """How long what jobs have to write is tried again while the database or the files can't be reached."""
    migrate: bool = True
    """Bring the tables up to date at the start; otherwise a start with old tables is refused."""
    copies: Annotated[int, Field(ge=0, le=100)] = 3
    """How many copies are kept of the database as it was before its tables were changed (SQLite)."""


class JobsSettings(BaseModel):
    """How work is done."""

    wait_s: Annotated[float, Field(ge=0, le=3600)] = 120
    """How long a call waits for its result before it answers 202."""
    deadline_s: Annotated[float, Field(ge=1)] = 900
    """How long a job may take before what is missing of it fails."""
    running: Annotated[int, Field(ge=1, le=1000)] = 64
    """How many jobs may run at once."""
    calls: Annotated[int, Field(ge=1, le=1000)] = 10
    """How many calls to one engine may run at once, where its own settings don't say."""
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    """How often a call that failed for a passing reason is tried again before the next engine is."""
    pause_s: Annotated[float, Field(ge=0, le=300)] = 20
    """The longest pause that a busy engine may ask for; beyond it the next engine is tried at once."""
    ticket_s: Annotated[float, Field(gt=0, le=86_400)] = 600
    """How long an engine that took work and gave a ticket is asked for the result."""
    poll_s: Annotated[float, Field(gt=0, le=60)] = 0.25
    """How often the queue is looked at besides; what is admitted begins at once."""


class WorkersSettings(BaseModel):
    """How several processes share the work (PostgreSQL)."""

    serve: bool = True
    """Whether the server runs jobs too, or leaves them to `image-studio worker`."""
    beat_s: Annotated[float, Field(gt=0, le=60)] = 1
    """How often a worker says that it lives."""
    lease_s: Annotated[float, Field(ge=1, le=3600)] = 8
    """After so long without a word a worker is taken for dead and its jobs go to others."""
    drain_s: Annotated[float, Field(ge=0, le=3600)] = 30
    """How long a worker that is told to stop may finish what it does."""
    poll_s: Annotated[float, Field(gt=0, le=5)] = 0.1
    """How often each looks for work."""
    places_poll_s: Annotated[float, Field(gt=0, le=5)] = 0.05
    """How often the next in line looks for a place at an engine that all of them use."""
