"""What the settings say about files and their addresses, as the room that keeps them takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import Misconfigured
from backend.imaging.provenance.types import Anchors
from backend.storage import S3, ContentStore, Signer
from backend.storage.presigning import presigner
from backend.utils.credentials import SelfMade, anchors_in, brought, root

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pydantic import SecretStr

    from backend.datafolder import DataFolder
    from backend.settings import Settings, StorageSettings
    from backend.utils.credentials import Signing

SHORTEST = 32
"""A secret with fewer characters can be guessed from an address that it signed."""


def store_of(settings: Settings, folder: DataFolder, *, clock: Callable[[], datetime]) -> ContentStore:
    """Return the store of a studio: the data folder's, unless the settings name another."""
    url = settings.storage.url or (folder.path / "files").resolve().as_uri()
    return ContentStore(url, clock=clock, s3=_s3(settings.storage))


def picture_origins(settings: Settings) -> tuple[str, ...]:
    """Return the origins that browsers are sent to for pictures, besides the studio's own."""
    url = settings.storage.url or ""
    signs = presigner(url, _s3(settings.storage)) if url.startswith("s3:") else None
    return (signs.origin,) if signs else ()


def signer_of(settings: Settings, folder: DataFolder, *, clock: Callable[[], datetime]) -> Signer:
    """Return what signs a studio's addresses: with the set secrets, or with the data folder's own.

    Raises:
        Misconfigured: a secret is too short, or none is set where other servers have to know the same.
    """
    chosen = _chosen(settings, folder)
    return Signer(chosen, hours=settings.sign_in.url_hours, clock=clock, base=settings.base_path)


def signing_of(settings: Settings, folder: DataFolder, *, clock: Callable[[], datetime]) -> Signing:
    """Return what files are signed with: the operator's certificate, or one that the studio's secret stands for.

    Raises:
        Misconfigured: the certificate, its key or the list of trust is of no use; the secret as `signer_of` says.
    """
    said = settings.provenance
    trusted = anchors_in(said.anchors)
    if said.certificate and said.private_key:
        return brought(said.certificate, said.private_key, clock(), trusted)
    if said.certificate or said.private_key:
        raise Misconfigured(detail="A certificate and its key belong together: set both, or neither.")
    return SelfMade(tuple(_chosen(settings, folder)), clock, trusted)


def known_anchors(settings: Settings, folder: DataFolder) -> Anchors:
    """Return whom a command on this machine believes: nothing is made where there is no studio.

    Raises:
        Misconfigured: the operator's certificates can't be read.
    """
    said = settings.provenance
    if said.certificate:
        return Anchors(trusted=anchors_in(said.anchors), own=anchors_in(said.certificate))
    secrets = _secrets(settings.secret_key) or ([folder.secret()] if folder.has_secret else [])
    return Anchors(trusted=anchors_in(said.anchors), own="".join(root(secret) for secret in secrets))


def _chosen(settings: Settings, folder: DataFolder) -> list[str]:
    """Return the studio's secrets, the one that signs first."""
    secrets = _secrets(settings.secret_key)
    if not secrets and not settings.database.startswith("sqlite"):
        raise Misconfigured(
            detail="Set IMAGE_STUDIO_SECRET_KEY, to the same value for every server and worker on this database: "
            "addresses that one of them signs have to open at the others. `openssl rand -base64 48` makes one."
        )
    return secrets or [folder.secret()]


def _secrets(said: SecretStr | None) -> list[str]:
    """Return the secrets, the one that signs first."""
    found = [one.strip() for one in said.get_secret_value().split(",")] if said else []
    if any(len(one) < SHORTEST for one in found):
        raise Misconfigured(
            detail=f"IMAGE_STUDIO_SECRET_KEY has to be {SHORTEST} characters or more, or several such with commas "
            "between them. `openssl rand -base64 48` makes one."
        )
    return found


def _s3(said: StorageSettings) -> S3:
    return S3(
        endpoint=said.endpoint,
        region=said.region,
        access_key_id=said.access_key_id,
        secret_access_key=_plain(said.secret_access_key),
        session_token=_plain(said.session_token),
        virtual_host=said.virtual_host,
        allow_http=said.allow_http,
        connect_s=said.connect_s,
        request_s=said.request_s,
        retries=said.retries,
        retry_s=said.retry_s,
        redirect_s=said.redirect_s if said.redirect else None,
        public_endpoint=said.public_endpoint,
    )


def _plain(said: SecretStr | None) -> str | None:
    return said.get_secret_value() if said else None
