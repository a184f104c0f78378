"""A library keeps what is put in, shows it to its own people alone, and gives it back as it was."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.errors import (
    AccessRefused,
    InvalidImage,
    InvalidRequest,
    NotFound,
    SignInRequired,
    StorageFull,
)
from backend.schemas.assets import AssetChange, LibraryQuery, NewRecord, SaveForm, SignedQuery
from backend.schemas.base import AssetId, JobId
from backend.utils.asset_tracker import NewAsset
from backend.utils.sweep import sweep
from tests.fakes.library import ANNA, HOME, STRANGER, World, caller, picture, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.schemas.assets import AssetPage, AssetView

ME = caller()
UNSIGNED = SignedQuery()
NOBODY = AssetId("f" * 32)


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def sent(*files: tuple[str, bytes]) -> AsyncIterator[tuple[str, bytes]]:
    for file in files:
        yield file


async def uploaded(library: World, data: bytes | None = None, name: str = "beach.png") -> AssetView:
    return (await library.service.upload(ME, sent((name, data or picture())))).assets[0]


async def made(library: World, number: int, **known: object) -> AssetId:
    """Record one more picture, a minute after the one before."""
    library.clock.pass_(minutes=1)
    stored = await library.tracker.store(picture(f"#0000{number % 256:02x}", (40 + number, 30)))
    asset = NewAsset(workspace_id=HOME, user_id=ANNA, job_id=JobId("c" * 32), ordinal=number, title=f"No {number}")
    async with library.db.begin() as session:
        return await library.tracker.record(session, replace(asset, **known), stored)


async def shown(library: World, **asked: object) -> AssetPage:
    return await library.service.list(ME, LibraryQuery.model_validate(asked))


async def ids(library: World, **asked: object) -> list[str]:
    return [asset.id for asset in (await shown(library, **asked)).assets]


async def body(library: World, asset: AssetId, rendition: str, query: SignedQuery = UNSIGNED) -> bytes:
    found = await library.service.open(ME, asset, rendition, query)
    return b"".join([chunk async for chunk in await found.stream(0, found.size)])


def query_of(url: str) -> SignedQuery:
    return SignedQuery.model_validate({name: value[0] for name, value in parse_qs(urlsplit(url).query).items()})


# --- put in ---------------------------------------------------------------------------------------------


async def test_an_upload_is_an_asset(library: World) -> None:
    asset = await uploaded(library)
    assert (asset.source_module, asset.filename, asset.width, asset.height) == ("upload", "beach.png", 48, 36)
    assert asset == await library.service.get(ME, asset.id)
    assert await body(library, asset.id, "content") == picture()


async def test_one_bad_file_does_not_keep_the_others_out(library: World) -> None:
    answer = await library.service.upload(ME, sent(("a.png", picture()), ("b.txt", b"text"), ("c.png", picture())))
    assert [asset.filename for asset in answer.assets] == ["a.png"]
    problem = answer.errors[0]
    assert (problem.filename, problem.index, problem.status, problem.code) == ("b.txt", 1, 422, "invalid-image")
    assert problem.model_dump()["found"] == "unknown"


async def test_nothing_but_bad_files_is_refused_for_the_first_reason(library: World) -> None:
    with pytest.raises(InvalidImage):
        await library.service.upload(ME, sent(("a.txt", b"a"), ("b.txt", b"b")))
    assert library.kept() == []
    assert await library.rows() == 0


async def test_a_full_disk_is_told_and_records_nothing(library: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(data: bytes) -> None:
        raise StorageFull

    monkeypatch.setattr(library.store, "put", full)
    with pytest.raises(StorageFull):
        await uploaded(library)
    assert await library.rows() == 0


async def test_a_picture_in_a_request_becomes_an_upload_once(library: World) -> None:
    first = await library.service.intake(ME, picture(), "image")
    assert await library.service.intake(ME, picture(), "mask") == first
    assert (await library.service.get(ME, first)).filename == "image.png"


async def test_a_picture_the_studio_made_is_recognised_when_it_comes_back(library: World) -> None:
    asset = await made(library, 1)
    assert await library.service.intake(ME, await library.service.read(ME, asset), "image") == asset


async def test_a_bad_picture_in_a_request_is_pointed_at(library: World) -> None:
    with pytest.raises(InvalidImage) as told:
        await library.service.intake(ME, b"nothing", "image_base64")
    assert [error.pointer for error in told.value.errors] == ["/image_base64"]


async def test_saving_what_is_recorded_answers_the_asset(library: World) -> None:
    asset = await library.service.get(ME, await made(library, 1))
    by_id = await library.service.save_to_library(ME, SaveForm(asset_id=asset.id), None)
    by_url = await library.service.save_to_library(ME, SaveForm(file_url=f"https://here{asset.file_url}"), None)
    by_bytes = await library.service.save_to_library(ME, SaveForm(), await library.service.read(ME, asset.id))
    assert by_id == by_url == by_bytes == asset


async def test_saving_something_new_makes_it_an_asset(library: World) -> None:
    asset = await library.service.save_to_library(ME, SaveForm(title="Sea", tags=("blue", "blue")), picture())
    assert (asset.title, asset.tags, asset.source_module) == ("Sea", ["blue"], "image_studio")


async def test_saving_nothing_or_something_unknown_is_refused(library: World) -> None:
    with pytest.raises(InvalidRequest):
        await library.service.save_to_library(ME, SaveForm(), None)
    for form in (SaveForm(asset_id=NOBODY), SaveForm(file_url="https://elsewhere/picture.png")):
        with pytest.raises(NotFound):
            await library.service.save_to_library(ME, form, None)


async def test_a_text_of_another_module_can_be_kept(library: World) -> None:
    form = NewRecord(asset_type="text", source_module="blog_writer", content="Sea views.", asset_metadata={"words": 2})
    asset = await library.service.record(ME, form, None)
    assert (asset.asset_type, asset.mime_type, asset.asset_metadata) == (
        "text",
        "text/plain; charset=utf-8",
        {"words": 2},
    )
    found = await library.service.open(ME, asset.id, "content", UNSIGNED)
    assert found.disposition == "attachment"
    assert await body(library, asset.id, "content") == b"Sea views."


async def test_a_record_without_its_content_is_refused(library: World) -> None:
    with pytest.raises(InvalidRequest):
        await library.service.record(ME, NewRecord(asset_type="image", source_module="seo_tools", content="x"), None)


# --- found ----------------------------------------------------------------------------------------------


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
    counted = await library.service.statistics(ME)
    assert (counted.total, counted.favorites, counted.total_cost) == (2, 1, 1.5)
    assert counted.by_source == {"image_studio": 1, "upload": 1}
    assert counted.by_type == {"image": 2}


# --- changed and thrown away ----------------------------------------------------------------------------


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
    assert (await service.statistics(STRANGER)).total == 0
    assert await service.intake(STRANGER, picture(), "image") != asset.id
    assert await service.get(ME, asset.id) == asset


# --- opened ---------------------------------------------------------------------------------------------


async def test_a_signed_address_opens_without_credentials(library: World) -> None:
    asset = await uploaded(library)
    found = await library.service.open(None, asset.id, "content", query_of(asset.url))
    assert (found.mime, found.size, found.filename, found.disposition) == (
        "image/png",
        len(picture()),
        "beach.png",
        "inline",
    )
    assert asset.thumbnail_url
    small = await library.service.open(None, asset.id, "thumbnail", query_of(asset.thumbnail_url))
    assert (small.mime, small.filename) == ("image/webp", "beach.webp")
    assert small.etag != found.etag


async def test_an_address_opens_nothing_else_and_not_for_ever(library: World) -> None:
    asset, other = await uploaded(library), await uploaded(library, picture("red"))
    with pytest.raises(SignInRequired):
        await library.service.open(None, asset.id, "content", UNSIGNED)
    with pytest.raises(AccessRefused):
        await library.service.open(None, other.id, "content", query_of(asset.url))
    with pytest.raises(AccessRefused):
        await library.service.open(STRANGER, asset.id, "thumbnail", query_of(asset.url))
    library.clock.pass_(days=3)
    with pytest.raises(AccessRefused, match="expired"):
        await library.service.open(None, asset.id, "content", query_of(asset.url))


async def test_layers_are_downloaded_and_never_shown(library: World) -> None:
    stored = await library.tracker.store(picture(), {"layers.svg": b"<svg/>", "scene.json": b"{}"})
    async with library.db.begin() as session:
        asset = await library.tracker.record(session, NewAsset(workspace_id=HOME, user_id=ANNA), stored)
    files = (await library.service.get(ME, asset)).files
    assert [file.name for file in files] == ["layers.svg", "scene.json"]
    found = await library.service.open(None, asset, "files/layers.svg", query_of(files[0].url))
    assert (found.mime, found.disposition, found.size) == ("image/svg+xml", "attachment", 6)
    for rendition in ("files/other.svg", "files/", "files", "", "../content"):
        with pytest.raises(NotFound):
            await library.service.open(ME, asset, rendition, SignedQuery(disposition="inline"))


# --- swept ----------------------------------------------------------------------------------------------


async def test_the_sweep_removes_orphans_alone(library: World) -> None:
    asset = await uploaded(library)
    thrown = await uploaded(library, picture("red"))
    await library.service.trash(ME, thrown.id)
    await library.tracker.store(picture("orange"), {"layers.svg": b"<svg/>"})
    with_layers = await library.tracker.store(picture("teal"), {"layers.svg": b"<svg id='1'/>"})
    async with library.db.begin() as session:
        await library.tracker.record(session, NewAsset(workspace_id=HOME, user_id=ANNA), with_layers)
    later = datetime.now(UTC) + timedelta(hours=2)
    before = len(library.kept())
    swept = await sweep(library.db, library.store, later)
    assert (swept.deleted, swept.unfinished) == (3, 0)
    assert swept.bytes > len(picture("orange"))
    assert len(library.kept()) == before - 3
    assert await body(library, asset.id, "content") == picture()
    assert await body(library, (await library.service.restore(ME, thrown.id)).id, "thumbnail")
    assert (await sweep(library.db, library.store, later)).deleted == 0


async def test_the_sweep_leaves_what_is_about_to_be_recorded(library: World) -> None:
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    await library.tracker.store(picture())
    assert (await sweep(library.db, library.store, an_hour_ago)).deleted == 0
    for path in library.kept():
        os.utime(path, (0, 0))
    stored = await library.tracker.store(picture())  # the same bytes once more, after a job began again
    assert (await sweep(library.db, library.store, an_hour_ago)).deleted == 0
    async with library.db.begin() as session:
        asset = await library.tracker.record(session, NewAsset(workspace_id=HOME, user_id=ANNA), stored)
    assert await body(library, asset, "content") == picture()
