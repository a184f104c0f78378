"""What is written into a backup is what is read out of it, and names are told apart without memory."""

from __future__ import annotations

import io
import tarfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.db.snapshot import Named
from backend.errors import BackupUnusable
from backend.services.backup.archive import ArchiveWriter, Member, reading
from backend.services.backup.spools import Names, without

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILES = st.lists(st.tuples(st.from_regex(r"[a-z]{1,8}/[a-z0-9]{1,80}", fullmatch=True), st.binary(max_size=2000)))
KEYS = st.sets(st.text("abc", max_size=3))


def written(files: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    writer = ArchiveWriter(out, NOON)
    for name, data in files:
        writer.add(name, data)
    writer.end()
    return out.getvalue()


def read(backup: bytes) -> list[Member]:
    with reading(io.BytesIO(backup)) as archive:
        return list(iter(archive.next, None))


@given(FILES)
def test_files_come_out_as_they_went_in(files):
    assert [(one.name, one.data) for one in read(written(files))] == files


@given(FILES)
def test_every_tar_program_can_list_it(files):
    with tarfile.open(fileobj=io.BytesIO(written(files))) as tar:
        assert [(info.name, info.size, info.mode) for info in tar] == [(n, len(data), 0o600) for n, data in files]


@given(st.binary(max_size=3000))
def test_what_is_no_tar_is_refused_or_empty(data):
    try:
        assert all(isinstance(one, Member) for one in read(data))
    except BackupUnusable:
        return


def test_a_tar_that_is_cut_off_is_refused():
    with pytest.raises(BackupUnusable):
        read(written([("rows/a", bytes(5000))])[:3000])


@given(KEYS, st.lists(KEYS, max_size=3))
def test_what_is_left_is_what_nobody_else_has(wanted, known):
    def named(keys):
        return [Named(key, 1) for key in sorted(keys)]

    left = without(named(wanted), [named(keys) for keys in known])
    assert [one.key for one in left] == sorted(wanted.difference(*known))


def test_names_are_counted_and_can_be_read_again_and_again(tmp_path):
    found = [Named("a", 3), Named("b", 4)]
    with Names(tmp_path, found) as names:
        assert (list(names), list(names)) == (found, found)
        assert (names.files, names.bytes) == (2, 7)
    assert list(tmp_path.iterdir()) == []
