"""Names for the files that are not taken, so that the answer can say what was really sent."""

from __future__ import annotations

import codecs
from typing import Final

_HEAD: Final = 1024
_CONTROLS: Final = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x1b")

_MAGIC: Final = (
    (0, b"%PDF-", "pdf"),
    (0, b"%!PS", "eps"),
    (0, b"\xc5\xd0\xd3\xc6", "eps"),
    (0, b"8BPS", "psd"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"II+\0", "tiff"),
    (0, b"MM\0+", "tiff"),
    (0, b"\xff\x0a", "jxl"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg 2000"),
    (0, b"\xff\x4f\xff\x51", "jpeg 2000"),
    (0, b"\0\0\1\0", "ico"),
    (0, b"\0\0\2\0", "cur"),
    (0, b"icns", "icns"),
    (0, b"DDS ", "dds"),
    (0, b"v/1\x01", "openexr"),
    (0, b"#?RADIANCE", "hdr"),
    (0, b"qoif", "qoi"),
    (0, b"gimp xcf", "xcf"),
    (0, b"FORM", "iff"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf"),
    (0, b"\x01\0\x09\0\0\x03", "wmf"),
    (40, b" EMF", "emf"),
    (4, b"\x11\xaf", "fli"),
    (4, b"\x12\xaf", "fli"),
    (0, b"\x8aMNG", "mng"),
    (0, b"\x0a\x05\x01", "pcx"),
    (0, b"SIMPLE  =", "fits"),
    (0, b"\x01\xda", "sgi"),
    (0, b"\x59\xa6\x6a\x95", "sun raster"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (257, b"ustar", "tar"),
    (0, b"\x7fELF", "elf"),
    (0, b"\xfe\xed\xfa", "mach-o"),
    (0, b"\xcf\xfa\xed\xfe", "mach-o"),
    (0, b"\xca\xfe\xba\xbe", "java class"),
    (0, b"\0asm", "wasm"),
    (0, b"SQLite format 3\0", "sqlite"),
    (0, b"\x1aE\xdf\xa3", "webm"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"wOFF", "font"),
    (0, b"wOF2", "font"),
    (0, b"OTTO", "font"),
    (0, b"\0\1\0\0\0", "font"),
    (0, b"\xd0\xcf\x11\xe0", "office document"),
    (0, b"MZ", "exe"),
    (0, b"BM", "bmp"),
)
_HEIF_BRANDS: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_TEXTS: Final = (
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<head", "html"),
    (b"<script", "html"),
    (b"<?php", "php"),
    (b"#!/", "script"),
    (b"{", "json"),
    (b"[", "json"),
)


def name(data: bytes) -> str:
    """Return a short lower-case name for what the bytes are; "unknown" where nothing fits."""
    head = data[:_HEAD]
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIF_BRANDS else "mp4"
    if head[:4] == b"RIFF":
        return {b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12], "riff")
    for at, magic, found in _MAGIC:
        if head[at : at + len(magic)] == magic:
            return found
    if len(head) > 2 and head[:1] == b"P" and head[1:2] in b"1234567Ff" and head[2:3].isspace():  # noqa: PLR2004 - bytes of the magic
        return "netpbm"
    return _text(head)


def _is_text(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # incremental: the head may end within a letter
    except UnicodeDecodeError:
        return False
    return _CONTROLS.isdisjoint(head)


def _text(head: bytes) -> str:
    if not _is_text(head):
        return "unknown"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in start and start.startswith(b"<"):
        return "svg"
    for prefix, found in _TEXTS:
        if start.startswith(prefix):
            return found
    return "xml" if start.startswith(b"<?xml") else "text"
