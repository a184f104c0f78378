"""What is in a library is found again, in order, while it grows and changes."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend.errors import InvalidRequest, NotFound
from backend.schemas.assets import AssetChange, SaveForm
from backend.schemas.library_query import LibraryQuery
from tests.fakes.library import ME, STRANGER, UNSIGNED, World, ids, made, picture, query_of, shown, uploaded, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made_world:
        yield made_world


async def test_the_newest_comes_first(library: World) -> None:
    made_ids = [await made(library, n) for n in range(3)]
    assert await ids(library) == made_ids[::-1]
    assert await ids(library, sort_order="asc") == made_ids


@pytest.mark.parametrize("sort_by", ["created_at", "updated_at", "cost", "file_size", "title"])
@pytest.mark.parametrize("sort_order", ["asc", "desc"])
async def test_walking_by_cursor_meets_everything_once_in_every_order(
    library: World, sort_by: str, sort_order: str
) -> None:
    everything = {await made(library, n, cost_milli=n // 2, title=("a", "B", "ä")[n % 3]) for n in range(7)}
    met: list[str] = []
    cursor = None
    while True:
        page = await shown(library, sort_by=sort_by, sort_order=sort_order, limit=2, cursor=cursor)
        met += [asset.id for asset in page.assets]
        assert page.total == 7
        if (cursor := page.next_cursor) is None:
            break
    assert len(met) == 7
    assert set(met) == everything
    assert met == await ids(library, sort_by=sort_by, sort_order=sort_order)


async def test_pages_stay_in_step_while_new_assets_arrive(library: World) -> None:
    old = [await made(library, n) for n in range(4)][::-1]
    first = await shown(library, limit=2)
    new = [await made(library, n) for n in range(4, 7)]
    second = await ids(library, limit=10, cursor=first.next_cursor)
    assert [asset.id for asset in first.assets] + second == old
    assert not set(new) & set(second)


@pytest.mark.parametrize("cursor", ["x", "WzFd", "bnVsbA", "W1tbW1tb", "é", "eyJhIjoxfQ"])
async def test_what_is_no_cursor_is_refused(library: World, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        await shown(library, cursor=cursor)


@pytest.mark.parametrize(
    ("sort_by", "value", "place"),
    [
        ("cost", 2**40, "x"),
        ("file_size", -(2**62), "x"),
        ("created_at", "9999-12-31T23:59:59-12:00", "x"),
        ("created_at", "2026-11-22T12:00:00+00:00", "\ud800"),
        ("title", "\ud800", "x"),
        ("title", "\x00", "x"),
    ],
)
async def test_a_cursor_that_no_column_could_hold_is_refused(library: World, sort_by, value, place) -> None:
    said = json.dumps([sort_by, "desc", value, place])
    with pytest.raises(InvalidRequest):
        await shown(library, sort_by=sort_by, cursor=base64.urlsafe_b64encode(said.encode()).decode().rstrip("="))


async def test_dates_at_the_edges_of_time_narrow_as_any(library: World) -> None:
    await made(library, 1)
    assert len(await ids(library, date_from="0001-01-01T00:00:00+14:00", date_to="9999-12-31T23:59:59-12:00")) == 1
    assert await ids(library, date_to="0001-01-01T00:00:00+14:00") == []


async def test_a_cursor_of_another_order_is_refused(library: World) -> None:
    for n in range(2):
        await made(library, n)
    page = await shown(library, limit=1)
    with pytest.raises(InvalidRequest, match="another order"):
        await shown(library, sort_by="title", cursor=page.next_cursor)


async def test_search_looks_where_people_put_words(library: World) -> None:
    await made(library, 0, prompt="A lighthouse at DUSK", tags=("Küste",))
    sea = await made(library, 1, title="100% sea_view", model="core-2", tags=("a,b".replace(",", " "),))
    assert len(await ids(library, search="dusk lighthouse")) == 1
    assert len(await ids(library, search="Küste")) == 1
    assert await ids(library, search="core-2") == [sea]
    assert await ids(library, search=sea[-8:]) == [sea]
    assert await ids(library, search="100%") == [sea]
    assert await ids(library, search="sea_") == [sea]
    assert await ids(library, search="dusk sea_view") == []
    assert await ids(library, search="%%%%") == []
    assert len(await ids(library, search="   ")) == 2


async def test_filters_narrow_together(library: World) -> None:
    start = library.clock()
    first = await made(library, 0, provider="local", tags=("red", "sea"))
    await made(library, 1, provider="other", tags=("redder",))
    await uploaded(library)
    await library.service.toggle_favorite(ME, first)
    assert await ids(library, provider="local") == [first]
    assert await ids(library, tags="red,blue") == [first]
    assert await ids(library, favorites_only=True) == [first]
    assert len(await ids(library, source_module="upload")) == 1
    assert await ids(library, asset_type="text") == []
    assert await ids(library, date_to=(start + timedelta(minutes=1)).isoformat()) == [first]
    assert len(await ids(library, date_from="2026-11-22", date_to="2026-11-22")) == 3
    assert await ids(library, source_module="upload", favorites_only=True) == []
    assert len(await ids(library, status="completed")) == 3


async def test_offset_and_limit_cut_out_a_part(library: World) -> None:
    made_ids = [await made(library, n) for n in range(5)][::-1]
    page = await shown(library, offset=1, limit=2)
    assert [asset.id for asset in page.assets] == made_ids[1:3]
    assert (page.total, page.limit, page.offset) == (5, 2, 1)


async def test_statistics_count_what_is_there(library: World) -> None:
    await made(library, 0, cost_milli=1500)
    gone = await made(library, 1)
    await library.service.trash(ME, gone)
    await library.service.toggle_favorite(ME, (await uploaded(library)).id)
    counted = await library.figures.statistics(ME)
    assert (counted.total, counted.favorites, counted.total_cost) == (2, 1, 1.5)
    assert counted.by_source == {"image_studio": 1, "upload": 1}
    assert counted.by_type == {"image": 2}


async def test_only_what_is_given_changes(library: World) -> None:
    asset = await uploaded(library)
    library.clock.pass_(hours=1)
    changed = await library.service.update(ME, asset.id, AssetChange(title="Beach", tags=("sea",)))
    assert (changed.title, changed.tags, changed.description) == ("Beach", ["sea"], "")
    assert changed.updated_at - changed.created_at == timedelta(hours=1)
    cleared = await library.service.update(ME, asset.id, AssetChange(title=""))
    assert (cleared.title, cleared.tags) == ("", ["sea"])


async def test_the_trash_hides_and_gives_back(library: World) -> None:
    asset = await uploaded(library)
    await library.service.trash(ME, asset.id)
    assert await ids(library) == []
    for gone in (library.service.get, library.service.read, library.service.trash, library.service.toggle_favorite):
        with pytest.raises(NotFound):
            await gone(ME, asset.id)
    with pytest.raises(NotFound):
        await library.service.open(None, asset.id, "content", query_of(asset.url))
    assert (await library.service.views(ME, [asset.id]))[asset.id].status == "trashed"
    restored = await library.service.restore(ME, asset.id)
    assert restored.status == "completed"
    assert await ids(library) == [asset.id]
    assert await library.service.restore(ME, asset.id) == restored


async def test_a_file_uploaded_again_after_it_was_thrown_away_is_a_new_asset(library: World) -> None:
    asset = await uploaded(library)
    await library.service.trash(ME, asset.id)
    assert (await uploaded(library)).id != asset.id


async def test_uses_are_counted(library: World) -> None:
    asset = (await uploaded(library)).id
    await asyncio.gather(*(library.service.track_usage(ME, asset, "download") for _ in range(5)))
    await library.service.track_usage(ME, asset, "share")
    await library.service.track_usage(ME, asset, "access")
    seen = await library.service.get(ME, asset)
    assert (seen.download_count, seen.share_count) == (5, 1)
    assert seen.asset_metadata["last_access"] == library.clock().isoformat()


async def test_another_workspace_sees_nothing_and_changes_nothing(library: World) -> None:
    asset = await uploaded(library)
    service = library.service
    attempts = [
        service.get(STRANGER, asset.id),
        service.read(STRANGER, asset.id),
        service.open(STRANGER, asset.id, "content", UNSIGNED),
        service.open(STRANGER, asset.id, "thumbnail", UNSIGNED),
        service.update(STRANGER, asset.id, AssetChange(title="mine")),
        service.trash(STRANGER, asset.id),
        service.restore(STRANGER, asset.id),
        service.toggle_favorite(STRANGER, asset.id),
        service.track_usage(STRANGER, asset.id, "download"),
        service.save_to_library(STRANGER, SaveForm(asset_id=asset.id), None),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            await attempt
    assert await service.views(STRANGER, [asset.id]) == {}
    assert (await service.list(STRANGER, LibraryQuery())).total == 0
    assert (await library.figures.statistics(STRANGER)).total == 0
    assert await service.intake(STRANGER, picture(), "image") != asset.id
    assert await service.get(ME, asset.id) == asset
