"""A store that fails is told apart from one that works: soon, clearly, without secrets; and nothing stays broken."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from backend.errors import StorageFull, StorageUnavailable
from backend.storage import S3, ContentStore, key_of
from tests.fakes.s3_answers import answering, unconditional
from tests.ground.outage import Proxy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from pathlib import Path

    from backend.storage import ContentKey
    from tests.ground.objects import ObjectServer

CANARY = "canary-in-a-coal-mine"
QUICK = S3(
    access_key_id="someone",
    secret_access_key=CANARY,
    region="us-east-1",
    allow_http=True,
    connect_s=0.5,
    request_s=0.5,
    retries=2,
    retry_s=0.5,
)
BOUND_S = QUICK.retry_s + QUICK.request_s
SLACK_S = 1.5
"""A busy machine."""


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def behind_a_proxy(objects: ObjectServer, s3: S3 = QUICK) -> Generator[tuple[ContentStore, Proxy]]:
    url = str(objects.storage()["url"])
    with Proxy("127.0.0.1", urlsplit(objects.endpoint).port or 0) as proxy:
        there = replace(s3, endpoint=f"http://{proxy.host}:{proxy.port}")
        yield ContentStore(url, clock=now, s3=there), proxy


async def all_fail(store: ContentStore, key: ContentKey, *, saying: str) -> None:
    """Try everything; each has to fail in the time that an operator can work out, and give nothing away."""
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: store.put(b"another"),
        lambda: store.put(b"known"),
        lambda: store.get(key),
        lambda: store.size(key),
        lambda: store.stream(key, 0, 5),
        lambda: store.delete(key_of(b"never put")),
        lambda: anext(store.keys(now())),
        store.probe,
    ]
    for call in calls:
        began = time.monotonic()
        with pytest.raises(StorageUnavailable, match=saying) as told:
            await call()
        assert time.monotonic() - began < BOUND_S + SLACK_S
        assert CANARY not in repr(told.value)
        assert "http" not in told.value.detail


async def test_a_store_that_refuses_is_told_soon_and_works_again_without_a_restart(objects: ObjectServer) -> None:
    with behind_a_proxy(objects) as (store, proxy):
        key = await store.put(b"known")
        proxy.refuse()
        await all_fail(store, key, saying="can't be reached")
        proxy.restore()
        assert await store.get(key) == b"known"
        await store.put(b"another")


async def test_a_store_that_hangs_is_given_up_in_time_and_works_again_without_a_restart(objects: ObjectServer) -> None:
    with behind_a_proxy(objects) as (store, proxy):
        key = await store.put(b"known")
        proxy.hang()
        await all_fail(store, key, saying="did not answer in time")
        proxy.restore()
        assert await store.get(key) == b"known"
        assert await store.get(await store.put(b"another")) == b"another"


async def test_a_connection_that_breaks_is_made_again_unseen(objects: ObjectServer) -> None:
    with behind_a_proxy(objects) as (store, proxy):
        key = await store.put(b"known")
        for number in range(5):
            proxy.cut()
            assert await store.get(key) == b"known"
            proxy.cut()
            await store.put(str(number).encode())


async def test_a_write_that_was_cut_off_is_whole_when_it_is_repeated(objects: ObjectServer) -> None:
    """Also in parts: what was written before the outage is not in the way."""
    data = os.urandom(40_000_000)
    with behind_a_proxy(objects, replace(QUICK, request_s=20)) as (store, proxy):
        writing = asyncio.create_task(store.put(data))
        async with asyncio.timeout(20):
            while proxy.passed < 10_000_000:
                await asyncio.sleep(0)
        proxy.refuse()
        with pytest.raises(StorageUnavailable):
            await writing
        proxy.restore()
        key = await store.put(data)
        assert await store.get(key) == data


async def test_somebody_who_reads_slowly_keeps_no_request_open(objects: ObjectServer) -> None:
    data = os.urandom(9_000_000)
    with behind_a_proxy(objects) as (store, proxy):
        key = await store.put(data)
        got: list[bytes] = []
        async for chunk in await store.stream(key, 0, len(data)):
            got.append(chunk)
            await asyncio.sleep(QUICK.request_s + 0.2)  # longer than any request may take
            proxy.cut()
        assert b"".join(got) == data


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [
        (403, "InvalidAccessKeyId", "ACCESS_KEY_ID"),
        (403, "SignatureDoesNotMatch", "SECRET_ACCESS_KEY"),
        (403, "AccessDenied", "read, write, delete and list"),
        (403, "", "read, write, delete and list"),
        (404, "NoSuchBucket", "STORAGE__URL"),
        (400, "AuthorizationHeaderMalformed", "REGION"),
        (400, "ExpiredToken", "lent for a while"),
        (403, "RequestTimeTooSkewed", "clocks"),
        (503, "SlowDown", "slow down"),
        (418, "Teapot", "Teapot"),
    ],
)
async def test_what_the_store_says_becomes_what_to_mend(status: int, code: str, advice: str) -> None:
    with answering(status, code) as endpoint:
        store = ContentStore("s3://bucket", clock=now, s3=replace(QUICK, endpoint=endpoint))
        with pytest.raises(StorageUnavailable, match=advice) as told:
            await store.put(b"x")
        assert endpoint not in told.value.detail
        assert CANARY not in told.value.detail


@pytest.mark.parametrize(("status", "code"), [(507, "XMinioStorageFull"), (403, "QuotaExceeded"), (507, "Whatever")])
async def test_a_full_store_is_told_from_other_trouble(status: int, code: str) -> None:
    with answering(status, code) as endpoint:
        store = ContentStore("s3://bucket", clock=now, s3=replace(QUICK, endpoint=endpoint))
        with pytest.raises(StorageFull):
            await store.put(b"x")


async def test_a_store_that_knows_no_conditions_is_asked_once() -> None:
    writes: list[str] = []
    with unconditional(writes) as endpoint:
        store = ContentStore("s3://bucket", clock=now, s3=replace(QUICK, endpoint=endpoint, retries=0))
        first, second = await store.put(b"first"), await store.put(b"second")
        await store.put(b"first")
        assert (await store.get(first), await store.get(second)) == (b"first", b"second")
        assert writes == ["conditional", "plain", "plain"]
        assert await store.delete_unless_renewed(first, now() + timedelta(hours=1)) == 5
        with pytest.raises(StorageUnavailable):
            await store.get(first)


FILL = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from backend.errors import StorageFull
from backend.storage import ContentStore

async def fill():
    store = ContentStore(Path(sys.argv[1]).as_uri(), clock=lambda: datetime.now(UTC))
    small = await store.put(b"small")
    try:
        await store.put(bytes(5_000_000))
    except StorageFull:
        files = [path for path in Path(sys.argv[1]).rglob("*") if path.is_file()]
        print("full", await store.get(small), len(files))
    await store.put(bytes(500_000))
    print("room")

asyncio.run(fill())
"""


@pytest.mark.skipif(
    shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode != 0,
    reason="a small disk needs a namespace of its own",
)
async def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path: Path) -> None:
    mounted = 'mount -t tmpfs -o size=2m none "$0" && exec "$1" -c "$2" "$0"'
    told = await asyncio.create_subprocess_exec(
        *("unshare", "-rm", "sh", "-c", mounted, str(tmp_path), sys.executable, FILL),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await told.communicate()
    assert said.decode().splitlines() == ["full b'small' 1", "room"]
