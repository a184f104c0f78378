"""A PNG's manifest made apart from its pixels: only a digest of the file goes in, so that large files stay quick.

The library's own way reads and writes a file through Python in pieces of 8 kB, which costs 3 ms for each megabyte. Its
C interface also signs the digest of a file that has a gap, and its Python package does not pass that on. Of the
package nothing but what it publishes is used: the context, and the library's file.

Source: https://github.com/contentauth/c2pa-rs/blob/main/c2pa_c_ffi/src/c_api.rs (read 2026-11-23)
"""

from __future__ import annotations

import ctypes
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import c2pa

if TYPE_CHECKING:
    from collections.abc import Sequence

_MIME: Final = b"image/png"
_MEMORY = ctypes.c_void_p
_INTO: Final = ctypes.POINTER(ctypes.c_void_p)
_CALLS: Final[dict[str, tuple[list[type], type]]] = {
    "c2pa_builder_from_context": ([_MEMORY], _MEMORY),
    "c2pa_builder_with_definition": ([_MEMORY, ctypes.c_char_p], _MEMORY),
    "c2pa_builder_data_hashed_placeholder": ([_MEMORY, ctypes.c_size_t, ctypes.c_char_p, _INTO], ctypes.c_int64),
    "c2pa_builder_sign_data_hashed_embeddable": (
        [_MEMORY, _MEMORY, ctypes.c_char_p, ctypes.c_char_p, _MEMORY, _INTO],
        ctypes.c_int64,
    ),
    "c2pa_signer_from_info": ([_MEMORY], _MEMORY),
    "c2pa_signer_reserve_size": ([_MEMORY], ctypes.c_int64),
    "c2pa_error": ([], _MEMORY),
    "c2pa_free": ([_MEMORY], ctypes.c_int),
}
"""What each of its functions takes and gives."""


def with_manifest(
    before: bytes, after: Sequence[bytes | memoryview], said: str, info: c2pa.C2paSignerInfo, context: c2pa.Context
) -> bytes:
    """Return a PNG with a signed manifest between `before` and `after`, where a chunk may stand.

    `said` is the manifest's definition. Raises C2paError: the certificate is not one to sign with, or has ended.
    """
    library = _library()
    setting = context.execution_context  # pyright: ignore[reportUnknownMemberType,reportUnknownVariableType] - a pointer
    plain = _given(library.c2pa_builder_from_context(setting))
    builder = _given(library.c2pa_builder_with_definition(plain, said.encode()))  # takes the plain one over
    signer = None
    try:
        signer = _given(library.c2pa_signer_from_info(ctypes.byref(info)))
        room = int(library.c2pa_signer_reserve_size(signer))
        gap = _filled("c2pa_builder_data_hashed_placeholder", builder, room, _MIME)
        known = json.dumps(_known(before, after, len(gap))).encode()
        chunk = _filled("c2pa_builder_sign_data_hashed_embeddable", builder, signer, known, _MIME, None)
    finally:
        for owned in (builder, signer):
            if owned:
                library.c2pa_free(owned)
    if len(chunk) != len(gap):
        raise c2pa.C2paError(f"The manifest takes {len(chunk)} bytes where {len(gap)} were kept for it")
    return b"".join((before, chunk, *after))


def _known(before: bytes, after: Sequence[bytes | memoryview], gap: int) -> dict[str, object]:
    """Return the digest of everything but the gap, as the assertion `c2pa.hash.data` states it.

    Source: https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html#_data_hash
    (read 2026-11-23)
    """
    digest = hashlib.sha256(before)
    for part in after:
        digest.update(part)
    return {
        "exclusions": [{"start": len(before), "length": gap}],
        "name": "jumbf manifest",
        "alg": "sha256",
        "hash": list(digest.digest()),
        "pad": [],
    }


@cache
def _library() -> ctypes.CDLL:
    """Return the library, which the package has loaded already, with its functions' types."""
    folder = Path(c2pa.__file__).parent / "libs"
    (path,) = (found for found in folder.iterdir() if found.suffix in {".so", ".dylib", ".dll"})
    library = ctypes.CDLL(str(path))
    for name, (takes, gives) in _CALLS.items():
        function = getattr(library, name)
        function.argtypes, function.restype = takes, gives
    return library


def _given(address: int | None) -> int:
    if not address:
        raise _error()
    return address


def _filled(name: str, *given: object) -> bytes:
    """Return the bytes that a function hands out by its last argument, and give them back to it."""
    library, into = _library(), ctypes.c_void_p()
    length = int(getattr(library, name)(*given, ctypes.byref(into)))
    if length < 0:
        raise _error()
    found = ctypes.string_at(into, length)
    library.c2pa_free(into)
    return found


def _error() -> c2pa.C2paError:
    said = _library().c2pa_error()
    words = ctypes.string_at(said).decode(errors="replace") if said else "no reason"
    _library().c2pa_free(said)
    return c2pa.C2paError(words)
