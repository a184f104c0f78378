"""Marks put on a finished file: XMP first, then the manifest, signed over all bytes of it. Pixels are not touched."""

from __future__ import annotations

import io
import json
from functools import cache
from typing import TYPE_CHECKING, Final

from backend.errors import Misconfigured
from backend.imaging.provenance.manifest import definition
from backend.imaging.provenance.splice import with_packet
from backend.imaging.provenance.xmp import packet

if TYPE_CHECKING:
    import c2pa

    from backend.imaging.provenance.types import Credentials, Statement

OFFLINE: Final = {"remote_manifest_fetch": False, "ocsp_fetch": False}
"""No file makes the studio ask anybody anything."""
_SETTINGS: Final = {
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"verify_after_sign": False, "verify_after_reading": False, **OFFLINE},
}


def marked(data: bytes, mime: str, said: Statement, credentials: Credentials) -> bytes:
    """Return a file that was written here with its marks; at most `MOST_BYTES` longer. It may run in any thread.

    Raises:
        Misconfigured: the certificate is not one to sign with, or has ended.
    """
    import c2pa  # noqa: PLC0415 - a large library, loaded with the first picture

    signer = c2pa.Signer.from_info(
        c2pa.C2paSignerInfo(
            alg=credentials.algorithm.encode(), sign_cert=credentials.chain, private_key=credentials.key, ta_url=None
        )
    )
    into = io.BytesIO()
    try:
        with signer, c2pa.Builder(definition(said, mime), context=_context()) as builder:
            builder.sign(signer, mime, io.BytesIO(with_packet(data, packet(said))), into)
    except c2pa.C2paError as error:
        raise Misconfigured(detail=f"The picture's file can't be signed: {error}") from error
    return into.getvalue()


@cache
def _context() -> c2pa.Context:
    import c2pa  # noqa: PLC0415 - as above

    return c2pa.Context(c2pa.Settings.from_json(json.dumps(_SETTINGS)))
