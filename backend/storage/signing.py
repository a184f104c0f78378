"""Addresses of pictures that open without credentials: what they allow, until when, and that we said so."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from backend.errors import AccessRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from backend.schemas.assets import Disposition, SignedQuery

_PURPOSE = b"image-studio addresses 1\n"
_HOUR_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an address opens: one rendition of one asset, shown or downloaded."""

    workspace: str
    asset: str
    rendition: str
    """`content`, `thumbnail`, or `files/<name>`."""
    disposition: Disposition = "inline"


@dataclass(frozen=True, slots=True)
class _Key:
    id: str
    secret: bytes


class Signer:
    """Signs addresses with the first secret and accepts those of all, so that secrets can be changed in use.

    An address holds for `hours` to twice that, and stays the same for `hours`, so that browsers can keep the picture.
    """

    def __init__(self, secrets: Sequence[str], *, hours: int, clock: Callable[[], datetime], base: str = "") -> None:
        """Take the secrets, and the path below which the studio lives: addresses begin with `base`."""
        self.base = base
        self._keys = [_derived(secret) for secret in secrets]
        self._period_s = hours * _HOUR_S
        self._clock = clock

    def sign(self, grant: Grant) -> str:
        """Return the query string that opens what is granted."""
        key = self._keys[0]
        expires = (self._now() // self._period_s + 2) * self._period_s
        signed = f"disposition={grant.disposition}&key={key.id}&signature={_signature(key, grant, expires)}"
        return f"workspace={quote(grant.workspace)}&expires={expires}&{signed}"  # a page has hundreds of them

    def verify(self, asset: str, rendition: str, query: SignedQuery) -> Grant:
        """Return what an address grants.

        Raises:
            AccessRefused: it was altered, belongs to something else, or has expired.
        """
        workspace, disposition = query.workspace or "", query.disposition or "inline"
        grant = Grant(workspace=workspace, asset=asset, rendition=rendition, disposition=disposition)
        expires = query.expires or 0
        claimed = (query.signature or "").encode()
        expected = [_signature(key, grant, expires).encode() for key in self._keys if key.id == query.key]
        if not any(hmac.compare_digest(each, claimed) for each in expected):
            raise AccessRefused(detail="The signature of this address does not fit. Ask for the asset's address again.")
        if expires <= self._now():
            raise AccessRefused(detail="This address has expired. Ask for the asset's address again.")
        return grant

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _derived(secret: str) -> _Key:
    made = hmac.digest(secret.encode(), _PURPOSE, "sha256")
    return _Key(id=hashlib.sha256(made).hexdigest()[:8], secret=made)


def _signature(key: _Key, grant: Grant, expires: int) -> str:
    said = [key.id, grant.workspace, grant.asset, grant.rendition, expires, grant.disposition]
    return hmac.digest(key.secret, json.dumps(said).encode(), "sha256").hex()
