"""Where content lies: a local folder, an S3 store, or, for tests, memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.store import LocalStore, MemoryStore, S3Store

from backend.errors import Misconfigured

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config

Place = LocalStore | MemoryStore | S3Store


@dataclass(frozen=True, slots=True, kw_only=True)
class S3:
    """How an S3 store is reached. What is None comes from the `AWS_*` variables, or is AWS's own."""

    endpoint: str | None = None
    region: str | None = None
    access_key_id: str | None = None
    secret_access_key: str | None = field(default=None, repr=False)
    session_token: str | None = field(default=None, repr=False)
    virtual_host: bool | None = None
    """Whether the bucket stands in the host's name instead of in the path."""
    allow_http: bool = False
    connect_s: float = 3
    request_s: float = 20
    retries: int = 3
    retry_s: float = 10
    redirect_s: int | None = None
    """How long an address that browsers are sent to holds at least; None where they are not sent anywhere."""
    public_endpoint: str | None = None
    """Where browsers reach the store, if not at `endpoint`."""


def opened_place(url: str, s3: S3) -> Place:
    """Return the place at `file:///folder` or `s3://bucket/folder`; a folder is made.

    Raises:
        Misconfigured: the address is none of these, or asks for what the place can't do.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc:
        return _bucket(parts.netloc, parts.path.strip("/"), s3)
    if s3.redirect_s is not None:
        raise Misconfigured(
            detail="Browsers can be sent to an S3 store only: unset IMAGE_STUDIO_STORAGE__REDIRECT, or set "
            "IMAGE_STUDIO_STORAGE__URL to s3://bucket."
        )
    if parts.scheme == "memory":
        return MemoryStore()
    if parts.scheme == "file" and parts.path:
        return LocalStore.from_url(url, mkdir=True)
    raise Misconfigured(
        detail="IMAGE_STUDIO_STORAGE__URL has to be file:///folder, or s3://bucket with or without a folder in it."
    )


def _bucket(bucket: str, folder: str, s3: S3) -> S3Store:
    return S3Store(
        bucket,
        prefix=folder or None,
        config=_config(bucket, s3),
        client_options=_client(s3),
        retry_config=_retries(s3),
    )


def _config(bucket: str, s3: S3) -> S3Config:
    """Return what is set; obstore reads the rest from the environment.

    With `virtual_host` it wants the bucket in the endpoint.
    Source: https://developmentseed.org/obstore/latest/api/store/aws/ (read 2026-11-22).
    """
    known: S3Config = {"disable_bulk_delete": True}  # we remove one by one, which every store knows
    if s3.endpoint:
        known["endpoint"] = with_bucket(s3.endpoint, bucket) if s3.virtual_host else s3.endpoint.rstrip("/")
    if s3.region:
        known["region"] = s3.region
    if s3.access_key_id:
        known["access_key_id"] = s3.access_key_id
    if s3.secret_access_key:
        known["secret_access_key"] = s3.secret_access_key
    if s3.session_token:
        known["session_token"] = s3.session_token
    if s3.virtual_host is not None:
        known["virtual_hosted_style_request"] = s3.virtual_host
    return known


def with_bucket(endpoint: str, bucket: str) -> str:
    """Return an endpoint with the bucket in front of its host."""
    parts = urlsplit(endpoint)
    return parts._replace(netloc=f"{bucket}.{parts.netloc}", path=parts.path.rstrip("/")).geturl()


def _client(s3: S3) -> ClientConfig:
    times: ClientConfig = {
        "connect_timeout": timedelta(seconds=s3.connect_s),
        "timeout": timedelta(seconds=s3.request_s),
    }
    return {**times, "allow_http": True} if s3.allow_http else times


def _retries(s3: S3) -> RetryConfig:
    return {"max_retries": s3.retries, "retry_timeout": timedelta(seconds=s3.retry_s)}
