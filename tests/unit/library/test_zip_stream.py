"""A ZIP that is written while it is sent."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from backend.utils.zip_stream import ZipStream

MOMENT = datetime(2026, 11, 23, 2, 3, 5, tzinfo=UTC)
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@given(st.dictionaries(NAMES, st.tuples(st.binary(max_size=3000), st.booleans()), max_size=6))
def test_every_file_comes_out_as_it_went_in(files: dict[str, tuple[bytes, bool]]):
    stream = ZipStream(MOMENT)
    parts = [stream.add(name, data, packed=packed) for name, (data, packed) in files.items()]
    archive = zipfile.ZipFile(io.BytesIO(b"".join([*parts, stream.end()])))
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == {n: data for n, (data, _) in files.items()}


def test_each_file_is_sent_before_the_next_is_read_with_its_length_in_front():
    stream = ZipStream(MOMENT)
    first = stream.add("a.jpg", b"x" * 5000)
    assert len(first) > 5000
    assert first[:4] == b"PK\x03\x04"
    assert first[6:8] == b"\x00\x00", "no flag that says the length comes later"
    assert int.from_bytes(first[22:26], "little") == 5000
    assert len(stream.add("b.jpg", b"y")) < 100


def test_pictures_are_stored_and_texts_are_packed():
    stream = ZipStream(MOMENT)
    data = stream.add("a.jpg", b"x" * 5000) + stream.add("a.txt", b"x" * 5000, packed=True) + stream.end()
    sizes = {one.filename: one.compress_size for one in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    assert sizes["a.jpg"] == 5000
    assert sizes["a.txt"] < 100


def test_moments_before_zip_was_are_its_first_year():
    stream = ZipStream(datetime(1970, 1, 1, tzinfo=UTC))
    data = stream.add("a", b"") + stream.end()
    assert zipfile.ZipFile(io.BytesIO(data)).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
