"""Secrets sealed for keeping: each workspace has a key for its own, and the studio's secret opens that key.

Envelope encryption with AES-256-GCM. The studio's secret is never used itself: a wrapping key is derived from it, and
the first of several secrets wraps what is new, while each opens what it wrapped. What is sealed is bound to its
workspace and to what it is for, so that a row moved elsewhere in the database does not open.

Source: https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf (read 2026-11-23): nonces of 96
random bits; a key seals far fewer than 2^32 times.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.errors import SealLost

if TYPE_CHECKING:
    from collections.abc import Sequence

_BYTES, _NONCE, _MARK = 32, 12, 8
_PURPOSE: Final = b"image-studio: keys of workspaces"


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """A key that wraps others, and the mark by which what it wrapped is known."""

    mark: bytes
    key: AESGCM


class Seals:
    """Seals and opens, with the studio's secrets."""

    def __init__(self, studio: Sequence[str]) -> None:
        self._wrappings = tuple(_wrapping(secret) for secret in studio)

    def new_key(self, workspace: str) -> str:
        """Return a new key of a workspace, wrapped: that is what is kept."""
        return self._wrapped(secrets.token_bytes(_BYTES), workspace)

    def seal(self, wrapped: str, workspace: str, purpose: str, secret: str) -> str:
        """Return a secret sealed with the workspace's key, for a purpose.

        Raises:
            SealLost: the studio's secret that wrapped the key is not known any more.
        """
        return _closed(AESGCM(self._key(wrapped, workspace)), secret.encode(), _bound(workspace, purpose))

    def open(self, wrapped: str, workspace: str, purpose: str, sealed: str) -> str:
        """Return what was sealed for the same workspace and purpose.

        Raises:
            SealLost: as `seal`; or it was changed, or belongs elsewhere.
        """
        return _opened(AESGCM(self._key(wrapped, workspace)), sealed, _bound(workspace, purpose)).decode()

    def is_current(self, wrapped: str) -> bool:
        """Return whether the first of the studio's secrets wrapped a key."""
        return _split(wrapped)[0] == self._wrappings[0].mark

    def _wrapped(self, key: bytes, workspace: str) -> str:
        first = self._wrappings[0]
        return f"{_text(first.mark)}.{_closed(first.key, key, _bound(workspace, 'key'))}"

    def _key(self, wrapped: str, workspace: str) -> bytes:
        mark, body = _split(wrapped)
        for wrapping in self._wrappings:
            if wrapping.mark == mark:
                return _opened(wrapping.key, body, _bound(workspace, "key"))
        raise SealLost(
            detail="The secret that sealed this workspace's keys is not known here. Put it back behind the new one in "
            "`IMAGE_STUDIO_SECRET_KEY`, or give the keys anew."
        )


def _wrapping(secret: str) -> _Wrapping:
    key = HKDF(algorithm=hashes.SHA256(), length=_BYTES, salt=None, info=_PURPOSE).derive(secret.encode())
    return _Wrapping(hashlib.sha256(_PURPOSE + key).digest()[:_MARK], AESGCM(key))


def _closed(key: AESGCM, data: bytes, bound: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return _text(nonce + key.encrypt(nonce, data, bound))


def _opened(key: AESGCM, sealed: str, bound: bytes) -> bytes:
    try:
        data = base64.b64decode(sealed, validate=True)
        return key.decrypt(data[:_NONCE], data[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise SealLost(detail="A sealed key was changed, or belongs to another workspace. Give it anew.") from error


def _bound(workspace: str, purpose: str) -> bytes:
    return f"{workspace}\n{purpose}".encode()


def _split(wrapped: str) -> tuple[bytes, str]:
    mark, _, body = wrapped.partition(".")
    try:
        return base64.b64decode(mark, validate=True), body
    except ValueError:
        return b"", body


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
