"""What holds for content holds wherever it is kept: on the disk, and in S3."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import obstore
import pytest
from obstore.store import S3Store

from backend.errors import StorageUnavailable
from backend.storage import S3, ContentStore, content, key_of, removal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from backend.storage import ContentKey
    from backend.storage.places import Place
    from tests.ground.objects import ObjectServer

HOUR = timedelta(hours=1)


class Shifted:
    """The machine's clock, and how far it is off."""

    def __init__(self) -> None:
        self.off = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


def s3_of(server: ObjectServer) -> tuple[str, S3]:
    said = server.storage()
    url = str(said.pop("url"))
    return f"{url}/some/folder", S3(**said)


@pytest.fixture(params=["disk", "s3"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Shifted], ContentStore]:
    """Return what opens one store as often as there are processes on it."""
    if request.param == "disk":
        return lambda clock: ContentStore((tmp_path / "files").as_uri(), clock=clock)
    url, s3 = s3_of(request.getfixturevalue("objects"))
    return lambda clock: ContentStore(url, clock=clock, s3=s3)


@pytest.fixture
def clock() -> Shifted:
    return Shifted()


@pytest.fixture
def store(opened: Callable[[Shifted], ContentStore], clock: Shifted) -> ContentStore:
    return opened(clock)


async def joined(store: ContentStore, key: ContentKey, start: int, end: int) -> bytes:
    return b"".join([chunk async for chunk in await store.stream(key, start, end)])


async def listed(store: ContentStore, older_than: datetime) -> set[ContentKey]:
    return {key async for key in store.keys(older_than)}


@pytest.mark.parametrize("data", [b"", b"x", b"some bytes" * 1000])
async def test_what_is_put_is_got(store: ContentStore, data: bytes) -> None:
    key = await store.put(data)
    assert key == key_of(data)
    assert (await store.get(key), await store.size(key)) == (data, len(data))
    assert await joined(store, key, 0, len(data)) == data


@pytest.mark.parametrize(("start", "end"), [(0, 1), (3, 7), (4_000_000, 4_300_000), (8_999_999, 9_000_000), (5, 5)])
async def test_a_range_is_a_slice(store: ContentStore, start: int, end: int) -> None:
    data = os.urandom(9_000_000)
    assert await joined(store, await store.put(data), start, end) == data[start:end]


async def test_a_large_file_arrives_whole(store: ContentStore) -> None:
    data = os.urandom(40_000_000)
    for _ in range(2):
        key = await store.put(data)
        assert await store.size(key) == len(data)
    assert await joined(store, key, 0, len(data)) == data


async def test_many_may_put_the_same_bytes_at_once(store: ContentStore) -> None:
    keys = await asyncio.gather(*(store.put(b"same") for _ in range(20)))
    assert set(keys) == await listed(store, datetime.now(UTC) + HOUR) == {key_of(b"same")}


async def test_a_listing_is_complete_and_knows_what_is_young(store: ContentStore) -> None:
    keys = {await store.put(str(number).encode()) for number in range(30)}
    assert await listed(store, datetime.now(UTC) + HOUR) == keys
    assert await listed(store, datetime.now(UTC) - HOUR) == set()


async def test_deleting_may_be_repeated(store: ContentStore) -> None:
    key = await store.put(b"12345")
    later = datetime.now(UTC) + HOUR
    assert await store.delete_unless_renewed(key, datetime.now(UTC) - HOUR) is None
    assert await store.delete_unless_renewed(key, later) == 5
    assert await store.delete_unless_renewed(key, later) is None
    await store.delete(key)
    assert await listed(store, later) == set()


async def modified(store: ContentStore, key: ContentKey) -> datetime:
    return (await obstore.head_async(store._store, key))["last_modified"]


async def test_putting_again_makes_old_content_new(store: ContentStore, clock: Shifted) -> None:
    key = await store.put(b"seen before")
    before = await modified(store, key)
    await store.put(b"seen before")
    assert await modified(store, key) == before
    clock.off = HOUR
    async with asyncio.timeout(10):
        while await modified(store, key) == before:  # S3 counts in seconds
            await store.put(b"seen before")


async def test_bytes_that_are_missing_are_told_before_an_answer_begins(store: ContentStore) -> None:
    key = key_of(b"never put")
    for opening in (store.get(key), store.stream(key, 0, 5), store.size(key)):
        with pytest.raises(StorageUnavailable):
            await opening


async def test_a_probe_leaves_nothing(store: ContentStore) -> None:
    await store.probe()
    found = await obstore.list(store._store).collect_async()
    assert list(found) == []


async def test_what_a_sweep_is_about_to_remove_and_somebody_puts_again_stays(
    opened: Callable[[Shifted], ContentStore], clock: Shifted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst moment: the sweep has looked, the put writes, the sweep removes."""
    mine, swept, data = opened(clock), opened(clock), b"an orphan until now"
    key = await mine.put(data)
    looked, written = asyncio.Event(), asyncio.Event()
    remove, write = removal.remove, ContentStore._write

    async def removed(place: Place, path: str) -> None:
        if path == key:
            looked.set()
            await written.wait()
        await remove(place, path)

    async def wrote(store: ContentStore, path: ContentKey, content: bytes) -> None:
        await write(store, path, content)
        written.set()

    monkeypatch.setattr(removal, "remove", removed)
    monkeypatch.setattr(ContentStore, "_write", wrote)
    monkeypatch.setattr(content, "RENEWED_AFTER", timedelta(0))
    sweep = asyncio.create_task(swept.delete_unless_renewed(key, datetime.now(UTC) + HOUR))
    await looked.wait()
    await mine.put(data)
    assert await sweep == len(data)
    assert await mine.get(key) == data


async def test_the_mark_of_a_sweep_that_died_holds_nobody_up_for_long(store: ContentStore, clock: Shifted) -> None:
    key = await store.put(b"left in the middle")
    await obstore.put_async(store._store, f"doomed/{key.rpartition('/')[2]}", b"")
    later = datetime.now(UTC) + HOUR
    assert await store.delete_unless_renewed(key, later) is None
    clock.off = HOUR
    assert await store.put(b"left in the middle") == key
    assert await store.delete_unless_renewed(key, later) is None
    assert await store.delete_unless_renewed(key, later) == 18


async def test_marks_that_were_left_are_cleared(store: ContentStore) -> None:
    await obstore.put_async(store._store, "doomed/abc", b"")
    assert await store.clear_unfinished(datetime.now(UTC) - HOUR) == 0
    assert await store.clear_unfinished(datetime.now(UTC) + HOUR) == 1


async def test_a_bucket_that_is_missing_is_named(objects: ObjectServer) -> None:
    _, s3 = s3_of(objects)
    store = ContentStore("s3://nowhere-to-be-found", clock=Shifted(), s3=s3)
    with pytest.raises(StorageUnavailable, match=r"bucket does not exist.*STORAGE__URL"):
        await store.put(b"x")


async def test_the_environments_own_variables_are_enough(
    objects: ObjectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, s3 = s3_of(objects)
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3.endpoint or "")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3.access_key_id or "")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3.secret_access_key or "")
    monkeypatch.setenv("AWS_REGION", s3.region or "")
    store = ContentStore(url, clock=Shifted(), s3=S3(allow_http=True))
    assert await store.get(await store.put(b"known by the environment")) == b"known by the environment"


async def test_the_bucket_may_stand_in_the_hosts_name(objects: ObjectServer) -> None:
    url, s3 = s3_of(objects)
    bucket = url.split("/")[2]
    other = replace(s3, endpoint=(s3.endpoint or "").replace("127.0.0.1", "localhost"), virtual_host=True)
    store = ContentStore(url, clock=Shifted(), s3=other)
    assert isinstance(store._store, S3Store)
    assert f"//{bucket}.localhost:" in store._store.config.get("endpoint", "")
