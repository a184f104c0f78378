"""Names of files that no system, header or archive can be hurt by."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "text/plain": "txt",
}
"""The extension of each media type that the library keeps."""
_ALIKE = {"jpg": {"jpg", "jpeg", "jpe", "jfif"}}
_LONGEST = 120
_LAYER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")
_FORBIDDEN = frozenset('<>:"/\\|?*%;')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices."""


def with_extension(name: str, mime: str) -> str:
    """Return a safe name for a file of a media type: the name's last part, with the type's own extension."""
    extension = EXTENSIONS.get(mime.partition(";")[0], "bin")
    stem, dot, given = _clean(name).rpartition(".")
    if not dot or given.lower() not in {*EXTENSIONS.values(), *_ALIKE["jpg"]}:
        stem = _clean(name)
    if given.lower() not in _ALIKE.get(extension, {extension}) or not dot:
        given = extension
    stem = stem[:_LONGEST].strip(". ") or "untitled"
    return f"{stem}.{given}" if not _RESERVED.fullmatch(stem) else f"_{stem}.{given}"


def layer_name(name: str) -> str:
    """Return the name of a file that belongs to an asset.

    Raises:
        ValueError: it is not made of ASCII letters, digits, `_`, `-` and `.`, or too long.
    """
    if _LAYER.fullmatch(name) is None:
        raise ValueError(f"{name[:120]!r} can't name a file of an asset")
    return name


def disposition(kind: str, name: str) -> str:
    """Return a Content-Disposition for any name, in ASCII and in UTF-8.

    Source: https://www.rfc-editor.org/rfc/rfc6266 appendix D (read 2026-11-22).
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(each for each in folded if each.isprintable() and each not in _FORBIDDEN).strip() or "file"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


def _clean(name: str) -> str:
    """Return a name's last part without what could mean something: separators, control and invisible characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(" " if each in _FORBIDDEN else each for each in last if unicodedata.category(each)[0] != "C")
    return " ".join(kept.split())
