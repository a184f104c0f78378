"""Ranges are read as RFC 9110 says, and base64 becomes the bytes it stands for."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from backend.errors import InvalidImage
from backend.routers.base64_pictures import decoded
from backend.routers.serving import byte_range

SIZES = st.integers(1, 10_000)


@given(SIZES, st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_range_never_leaves_the_file(size: int, first: int, length: int) -> None:
    first %= size
    start, end = byte_range(f"bytes={first}-{first + length}", size) or (0, 0)
    assert (start, end) == (first, min(first + length + 1, size))


@given(SIZES, st.integers(1, 20_000))
def test_a_suffix_is_the_end_of_the_file(size: int, length: int) -> None:
    assert byte_range(f"bytes=-{length}", size) == (max(size - length, 0), size)


@given(st.text(st.characters(exclude_categories=["Nd"]), max_size=60), st.integers(0, 100))
def test_no_header_breaks_the_reader(header: str, size: int) -> None:
    assert byte_range(header, size) is None


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=5-2", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,4-5", "bytes=٣-٤", "bytes=1--2"],
)
def test_what_is_no_single_range_means_the_whole(header: str) -> None:
    assert byte_range(header, 100) is None


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_a_range_outside_is_refused_with_the_size(header: str, size: int) -> None:
    with pytest.raises(HTTPException) as told:
        byte_range(header, size)
    assert (told.value.status_code, told.value.headers) == (416, {"Content-Range": f"bytes */{size}"})


@given(st.binary(max_size=200), st.sampled_from(["", "data:image/png;base64,", " DATA:;base64,"]), st.booleans())
def test_base64_is_what_it_stands_for(data: bytes, prefix: str, padded: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    text = base64.b64encode(data).decode()
    assert decoded(prefix + (text if padded else text.rstrip("=")), "image_base64") == data
    assert decoded(base64.encodebytes(data).decode(), "image_base64") == data


@pytest.mark.parametrize(
    "text", ["!", "a", "data:image/png", "data:,x", "data:a;base64,é", "ab=c", "https://here/x.png"]
)
def test_what_is_not_base64_is_pointed_at(text: str) -> None:
    with pytest.raises(InvalidImage) as told:
        decoded(text, "image_base64")
    assert told.value.errors[0].pointer == "/image_base64"
