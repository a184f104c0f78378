"""Bytes go in, the same bytes come out, and what the disk says is understood."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.exceptions import GenericError

from backend.errors import StorageFull, StorageUnavailable
from backend.storage import S3, ContentKey, ContentStore, key_of
from backend.storage.trouble import translated

if TYPE_CHECKING:
    from pathlib import Path

LATER = datetime.now(UTC) + timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    return ContentStore((tmp_path / "files").as_uri(), clock=now)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def joined(store: ContentStore, key: ContentKey, start: int, end: int) -> bytes:
    return b"".join([chunk async for chunk in await store.stream(key, start, end)])


@given(st.binary(max_size=3000))
async def test_what_is_put_is_got(data: bytes) -> None:
    store = ContentStore("memory:///", clock=now)
    key = await store.put(data)
    assert key == key_of(data)
    assert await store.get(key) == data
    assert await store.size(key) == len(data)


@given(st.binary(min_size=1, max_size=300), st.integers(0, 300), st.integers(0, 300))
async def test_a_range_is_a_slice(data: bytes, start: int, end: int) -> None:
    store = ContentStore("memory:///", clock=now)
    start, end = min(start, len(data)), min(end, len(data))
    assert await joined(store, await store.put(data), start, end) == data[start:end]


async def test_a_large_file_comes_in_chunks(store: ContentStore) -> None:
    data = os.urandom(7_000_000)
    key = await store.put(data)
    assert await joined(store, key, 0, len(data)) == data


async def test_the_key_says_what_the_bytes_are(store: ContentStore) -> None:
    key = await store.put(b"")
    assert key == "cas/sha256/e3/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


async def test_the_same_bytes_are_kept_once(store: ContentStore, tmp_path: Path) -> None:
    keys = await asyncio.gather(*(store.put(b"same") for _ in range(20)))
    assert len(set(keys)) == 1
    assert len(kept(tmp_path)) == 1


async def test_putting_again_makes_old_content_new(store: ContentStore, tmp_path: Path) -> None:
    key = await store.put(b"seen before")
    path = tmp_path / "files" / key
    os.utime(path, (0, 0))
    assert [k async for k in store.keys(now() - timedelta(hours=1))] == [key]
    await store.put(b"seen before")
    assert [k async for k in store.keys(now() - timedelta(hours=1))] == []
    assert await store.delete_unless_renewed(key, now() - timedelta(hours=1)) is None


async def test_putting_again_mends_a_file_that_was_cut_short(store: ContentStore, tmp_path: Path) -> None:
    key = await store.put(b"whole")
    (tmp_path / "files" / key).write_bytes(b"")
    await store.put(b"whole")
    assert await store.get(key) == b"whole"


async def test_deleting_says_how_much_it_freed_and_may_be_repeated(store: ContentStore) -> None:
    key = await store.put(b"12345")
    assert await store.delete_unless_renewed(key, LATER) == 5
    assert await store.delete_unless_renewed(key, LATER) is None
    await store.delete(key)


async def test_leavings_of_a_killed_write_are_not_content_and_go(store: ContentStore, tmp_path: Path) -> None:
    key = await store.put(b"whole")
    leaving = tmp_path / "files" / f"{key}#1"
    leaving.write_bytes(b"wh")
    assert [k async for k in store.keys(LATER)] == [key]
    assert await store.clear_unfinished(now() - timedelta(hours=1)) == 0
    assert await store.clear_unfinished(LATER) == 1
    assert not leaving.exists()
    assert await store.get(key) == b"whole"


async def test_a_probe_leaves_nothing(store: ContentStore, tmp_path: Path) -> None:
    await store.probe()
    assert kept(tmp_path) == []


async def test_bytes_that_are_gone_are_trouble_before_an_answer_begins(store: ContentStore) -> None:
    with pytest.raises(StorageUnavailable):
        await store.get(key_of(b"never put"))
    with pytest.raises(StorageUnavailable):
        await store.stream(key_of(b"never put"), 0, 5)


async def test_a_folder_that_became_a_file_is_unavailable(store: ContentStore, tmp_path: Path) -> None:
    (tmp_path / "files").rmdir()
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(StorageUnavailable) as told:
        await store.put(b"x")
    assert "Debug source" not in told.value.detail
    with pytest.raises(StorageUnavailable):
        await store.probe()


def test_a_file_in_the_folders_place_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        ContentStore((tmp_path / "files" / "deeper").as_uri(), clock=now)


async def test_an_endpoint_without_tls_has_to_be_allowed() -> None:
    s3 = S3(endpoint="http://127.0.0.1:9", access_key_id="a", secret_access_key="b", retries=0)
    with pytest.raises(StorageUnavailable, match="ALLOW_HTTP"):
        await ContentStore("s3://bucket", clock=now, s3=s3).put(b"x")


def test_a_machine_without_key_and_role_is_told_to_get_a_key() -> None:
    said = "Generic S3 error: Error performing PUT http://169.254.169.254/latest/api/token in 1s, after 3 retries"
    with pytest.raises(StorageUnavailable, match="ACCESS_KEY_ID"), translated():
        raise GenericError(said)


@pytest.mark.parametrize("said", ["Unable to copy data: No space left on device (os error 28)", "QuotaExceeded"])
def test_a_full_disk_is_told_from_other_trouble(said: str) -> None:
    with pytest.raises(StorageFull), translated():
        raise GenericError(said)
