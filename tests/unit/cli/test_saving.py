"""Pictures become files of their own: nothing is written over, nothing half, nothing outside the folder."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cli.saving import save_as, save_into
from backend.errors import Conflict, MachineTrouble, StorageFull
from backend.utils.filenames import with_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

PNG = "image/png"


@pytest.fixture
def little_space() -> Iterator[None]:
    """Let no file grow beyond 1000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_taken_name_is_numbered_and_the_first_file_stays(tmp_path):
    paths = [save_into(tmp_path, "a.png", PNG, data) for data in (b"1", b"2", b"3")]
    assert [path.name for path in paths] == ["a.png", "a-2.png", "a-3.png"]
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]


@given(st.text(max_size=60))
def test_whatever_a_server_calls_a_picture_it_lands_in_the_folder(tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("in")
    path = save_into(folder, name, PNG, b"x")
    assert path.parent == folder
    assert path.name == with_extension(name, PNG)


def test_a_named_file_is_never_written_over(tmp_path):
    (tmp_path / "a.png").write_bytes(b"mine")
    with pytest.raises(Conflict, match="exists already"):
        save_as(tmp_path / "a.png", b"other")
    assert (tmp_path / "a.png").read_bytes() == b"mine"


@pytest.mark.usefixtures("little_space")
def test_a_full_disk_leaves_no_half_file_and_says_where_the_picture_is(tmp_path):
    with pytest.raises(StorageFull, match="in the library"):
        save_into(tmp_path, "a.png", PNG, bytes(2000))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_made_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MachineTrouble, match="--out"):
        save_into(tmp_path / "file" / "under", "a.png", PNG, b"")
