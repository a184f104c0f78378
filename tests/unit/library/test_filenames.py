"""Whatever people call their files, nothing is hurt by it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.utils.filenames import disposition, layer_name, with_extension

HEADER = re.compile(r"inline; filename=\"[ -~]*\"; filename\*=UTF-8''[A-Za-z0-9%._~-]+")


@pytest.mark.parametrize(
    ("given_name", "mime", "expected"),
    [
        ("beach.png", "image/png", "beach.png"),
        ("beach.JPEG", "image/jpeg", "beach.JPEG"),
        ("beach.png", "image/webp", "beach.webp"),
        ("beach 2.0", "image/png", "beach 2.0.png"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\windows\\system32\\cmd.exe", "image/png", "cmd.exe.png"),
        ("shell.php\x00.png", "image/png", "shell.php.png"),
        ("evil\r\nSet-Cookie: a=b.png", "image/png", "evilSet-Cookie a=b.png"),
        ("\u202egnp.exe", "image/png", "gnp.exe.png"),
        ("con.png", "image/png", "_con.png"),
        ("...", "image/png", "untitled.png"),
        ("", "text/plain; charset=utf-8", "untitled.txt"),
        ("Übersicht 夏.png", "image/png", "Übersicht 夏.png"),
        ("note", "application/zip", "note.bin"),
    ],
)
def test_a_file_is_named_safely(given_name: str, mime: str, expected: str) -> None:
    assert with_extension(given_name, mime) == expected


@given(st.text(max_size=400))
@settings(max_examples=300)
def test_any_name_becomes_one_that_is_safe_everywhere(name: str) -> None:
    safe = with_extension(name, "image/png")
    assert safe.lower().endswith(".png")
    assert len(safe) <= 130
    assert not re.search(r"[\x00-\x1f\x7f<>:\"/\\|?*%;\u202a-\u202e\ud800-\udfff]", safe)
    assert not safe.startswith(".")
    assert with_extension(safe, "image/png") == safe


@given(st.text(max_size=400))
@settings(max_examples=300)
def test_any_name_fits_into_a_header(name: str) -> None:
    assert HEADER.fullmatch(disposition("inline", name or "x"))


def test_a_name_arrives_whole() -> None:
    header = disposition("attachment", "Übersicht 夏.png")
    assert 'filename="Ubersicht .png"' in header
    assert unquote(header.partition("UTF-8''")[2]) == "Übersicht 夏.png"


@pytest.mark.parametrize("name", ["", ".hidden", "../up", "a/b", "a b", "a\n", "é.svg", "x" * 121])
def test_a_file_of_an_asset_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="name a file"):
        layer_name(name)
