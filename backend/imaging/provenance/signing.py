"""Marks put on a finished file: XMP first, then the manifest, signed over all bytes of it. Pixels are not touched."""

from __future__ import annotations

import io
import json
from functools import cache
from typing import TYPE_CHECKING, Final

from backend.errors import Misconfigured
from backend.imaging.provenance.manifest import definition
from backend.imaging.provenance.splice import png_parts, with_packet
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

    info = c2pa.C2paSignerInfo(
        alg=credentials.algorithm.encode(), sign_cert=credentials.chain, private_key=credentials.key, ta_url=None
    )
    try:
        if mime == "image/png":
            return _png(data, said, info)
        into = io.BytesIO()
        signer = c2pa.Signer.from_info(info)
        with signer, c2pa.Builder(definition(said, mime), context=_context()) as builder:
            builder.sign(signer, mime, io.BytesIO(with_packet(data, packet(said))), into)
    except c2pa.C2paError as error:
        raise Misconfigured(detail=f"The picture's file can't be signed: {error}") from error
    return into.getvalue()


def _png(data: bytes, said: Statement, info: c2pa.C2paSignerInfo) -> bytes:
    """Return a marked PNG; these are the files that are large."""
    from backend.imaging.provenance.embedding import with_manifest  # noqa: PLC0415 - needs the library

    header, words, rest = png_parts(data, packet(said))
    return with_manifest(header, (words, rest), definition(said, "image/png"), info, _context())


@cache
def _context() -> c2pa.Context:
    import c2pa  # noqa: PLC0415 - as above

    return c2pa.Context(c2pa.Settings.from_json(json.dumps(_SETTINGS)))
