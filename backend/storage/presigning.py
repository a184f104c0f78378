"""Addresses in an S3 store that open one object for a while, as the picture it is and nothing else.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (read 2026-11-22).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from backend.errors import Misconfigured
from backend.storage.places import with_bucket

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.storage.places import S3

ALGORITHM = "AWS4-HMAC-SHA256"
REGION = "us-east-1"
"""What obstore takes, too, where none is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who signs."""

    id: str
    secret: str = field(repr=False)
    token: str | None = field(default=None, repr=False)
    region: str = REGION


@dataclass(frozen=True, slots=True, kw_only=True)
class Presigner:
    """Makes addresses that stay the same for `hold`, so that browsers can keep what they got there.

    An address holds for `hold` to twice that.
    """

    base: str
    """What stands before a key."""
    credentials: Credentials
    hold: timedelta

    @property
    def origin(self) -> str:
        """Return the origin that browsers are sent to."""
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.netloc}"

    def address(self, key: str, answer: Mapping[str, str], *, now: datetime) -> str:
        """Return the address of a key; the store answers with these headers, in lower case, whatever it keeps."""
        hold_s = int(self.hold.total_seconds())
        begin = datetime.fromtimestamp(int(now.timestamp()) // hold_s * hold_s, UTC)
        wanted = {f"response-{name}": value for name, value in answer.items()}
        return presigned(f"{self.base}/{key}", self.credentials, wanted, since=begin, lasts=2 * self.hold)


def presigner(url: str, s3: S3) -> Presigner | None:
    """Return what signs addresses of what is kept at `s3://bucket/folder`; None where browsers are not sent there.

    Raises:
        Misconfigured: there is no key to sign with.
    """
    if s3.redirect_s is None:
        return None
    identity = s3.access_key_id or os.environ.get("AWS_ACCESS_KEY_ID")
    secret = s3.secret_access_key or os.environ.get("AWS_SECRET_ACCESS_KEY")
    if not identity or not secret:
        raise Misconfigured(
            detail="To send browsers to the store, set IMAGE_STUDIO_STORAGE__ACCESS_KEY_ID and "
            "IMAGE_STUDIO_STORAGE__SECRET_ACCESS_KEY: addresses can't be signed with a role of the machine."
        )
    parts = urlsplit(url)
    token = s3.session_token or os.environ.get("AWS_SESSION_TOKEN")
    region = s3.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or REGION
    return Presigner(
        base=f"{_base(parts.netloc, s3, region)}/{parts.path.strip('/')}".rstrip("/"),
        credentials=Credentials(id=identity, secret=secret, token=token, region=region),
        hold=timedelta(seconds=s3.redirect_s),
    )


def presigned(
    url: str, credentials: Credentials, query: Mapping[str, str], *, since: datetime, lasts: timedelta
) -> str:
    """Return an address of an object that opens by itself, once a moment has come and until it `lasts` no more."""
    parts = urlsplit(url)
    moment = since.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{credentials.region}/s3/aws4_request"
    asked = {
        **query,
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{credentials.id}/{scope}",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(int(lasts.total_seconds())),
        "X-Amz-SignedHeaders": "host",
        **({"X-Amz-Security-Token": credentials.token} if credentials.token else {}),
    }
    path = quote(parts.path, safe="/-_.~")
    said = "&".join(sorted(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in asked.items()))
    request = "\n".join(["GET", path, said, f"host:{parts.netloc}", "", "host", "UNSIGNED-PAYLOAD"])
    told = "\n".join([ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()])
    signature = hmac.new(_key(credentials.secret, scope), told.encode(), "sha256").hexdigest()
    return f"{parts.scheme}://{parts.netloc}{path}?{said}&X-Amz-Signature={signature}"


def _key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def _base(bucket: str, s3: S3, region: str) -> str:
    """Return where browsers find a bucket."""
    named = (
        os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT")
    )
    virtual = s3.virtual_host
    if virtual is None:
        virtual = os.environ.get("AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "").lower() in {"1", "true", "yes", "on"}
    endpoint = s3.public_endpoint or s3.endpoint
    if endpoint is None and named and virtual:
        return named.rstrip("/")  # the variable holds the bucket already
    endpoint = (endpoint or named or f"https://s3.{region}.amazonaws.com").rstrip("/")
    return with_bucket(endpoint, bucket) if virtual else f"{endpoint}/{bucket}"
