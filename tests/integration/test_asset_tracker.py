"""What is kept and what is recorded stay in step, whatever happens in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from backend.db.repositories.assets import Assets
from backend.db.repositories.lineage import Edges
from backend.errors import InvalidImage, NotFound, StorageFull
from backend.schemas.base import AssetId, JobId
from backend.utils.asset_tracker import NewAsset
from tests.fakes.library import ANNA, BORIS, ELSEWHERE, HOME, World, encoded, picture, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

JOB = JobId("c" * 32)
UPLOADED = NewAsset(workspace_id=HOME, user_id=ANNA, source_module="upload", filename="beach.png")
MADE = NewAsset(workspace_id=HOME, user_id=ANNA, job_id=JOB, ordinal=0, prompt="a beach", tags=("sea",), cost_milli=40)


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def recorded(library: World, asset: NewAsset, data: bytes, files: dict[str, bytes] | None = None) -> AssetId:
    stored = await library.tracker.store(data, files)
    async with library.db.begin() as session:
        return await library.tracker.record(session, asset, stored)


async def test_an_asset_holds_what_is_known_of_it(library: World) -> None:
    made = await recorded(library, MADE, picture("teal", (48, 36)), {"layers.svg": b"<svg/>"})
    async with library.db.read() as session:
        row = await Assets(session).get(HOME, made)
        files = await Assets(session).files(HOME, [made])
    assert (row.width, row.height, row.mime_type, row.colour) == (48, 36, "image/png", "#008080")
    assert (row.prompt, row.tags, row.cost_milli, row.status) == ("a beach", ["sea"], 40, "completed")
    assert row.filename == "image_studio.png"
    assert await library.store.get(row.content_key) == picture("teal", (48, 36))
    assert [(file.name, file.file_size) for file in files[made]] == [("layers.svg", 6)]


async def test_a_refused_file_leaves_nothing_behind(library: World) -> None:
    with pytest.raises(InvalidImage):
        await library.tracker.store(b"<svg onload=alert(1)>", {"layers.svg": b"<svg/>"})
    assert await library.kept() == []
    assert await library.rows() == 0


async def test_a_badly_named_file_is_refused_before_anything_is_kept(library: World) -> None:
    with pytest.raises(ValueError, match="name a file"):
        await library.tracker.store(picture(), {"../layers.svg": b"<svg/>"})
    assert await library.kept() == []


async def test_the_place_a_photo_was_taken_is_not_kept(library: World) -> None:
    photo = Image.new("RGB", (64, 64), "navy")
    exif = photo.getexif()
    exif.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    data = encoded(photo, form="JPEG", exif=exif)
    made = await recorded(library, UPLOADED, data)
    async with library.db.read() as session:
        row = await Assets(session).get(HOME, made)
    assert b"Exif" in data
    assert b"Exif" not in await library.store.get(row.content_key)
    assert row.facts["removed_metadata"] == ["exif"]


async def test_a_part_of_a_job_is_recorded_once(library: World) -> None:
    first = await recorded(library, MADE, picture("teal"))
    assert await recorded(library, MADE, picture("teal")) == first
    assert await recorded(library, MADE, picture("navy")) == first
    assert await recorded(library, replace(MADE, ordinal=1), picture("teal")) != first


async def test_the_same_file_uploaded_often_is_one_asset(library: World) -> None:
    ids = await asyncio.gather(*(recorded(library, UPLOADED, picture()) for _ in range(8)))
    assert len(set(ids)) == 1
    assert await library.rows() == 1


async def test_two_workspaces_have_an_asset_each_of_the_same_bytes(library: World) -> None:
    here = await recorded(library, UPLOADED, picture())
    there = await recorded(library, replace(UPLOADED, workspace_id=ELSEWHERE, user_id=BORIS), picture())
    assert here != there
    assert len(await library.kept()) == 2  # the picture and its thumbnail


async def test_what_the_studio_made_is_not_mistaken_for_an_upload(library: World) -> None:
    made = await recorded(library, MADE, picture())
    assert await recorded(library, UPLOADED, picture()) != made


async def test_an_asset_knows_what_it_was_made_from(library: World) -> None:
    source, mask = (
        await recorded(library, UPLOADED, picture("red")),
        await recorded(library, UPLOADED, picture("white")),
    )
    edit = replace(MADE, operation="inpaint", parents=((source, "image"), (mask, "mask"), (source, "style")))
    made = await recorded(library, edit, picture("blue"))
    async with library.db.read() as session:
        assert await Edges(session).parents(HOME, [made]) == {made: sorted([source, mask])}
        assert await Edges(session).parents(ELSEWHERE, [made]) == {}


async def test_a_parent_of_another_workspace_is_not_found_and_nothing_is_recorded(library: World) -> None:
    foreign = await recorded(library, replace(UPLOADED, workspace_id=ELSEWHERE, user_id=BORIS), picture())
    with pytest.raises(NotFound):
        await recorded(library, replace(MADE, parents=((foreign, "image"),)), picture("blue"))
    assert await library.rows() == 1


async def test_a_full_disk_records_nothing(library: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(data: bytes) -> None:
        raise StorageFull

    monkeypatch.setattr(library.store, "put", full)
    with pytest.raises(StorageFull):
        await recorded(library, MADE, picture())
    assert await library.rows() == 0


async def test_a_transaction_that_fails_takes_the_asset_with_it(library: World) -> None:
    stored = await library.tracker.store(picture())

    async def interrupted() -> None:
        async with library.db.begin() as session:
            await library.tracker.record(session, MADE, stored)
            raise StorageFull

    with pytest.raises(StorageFull):
        await interrupted()
    assert await library.rows() == 0
    assert await recorded(library, MADE, picture())


async def test_a_text_is_an_asset_without_size_or_thumbnail(library: World) -> None:
    stored = await library.tracker.store_text("Sea views, naturally.")
    async with library.db.begin() as session:
        made = await library.tracker.record(session, replace(UPLOADED, asset_type="text", filename="post"), stored)
    async with library.db.read() as session:
        row = await Assets(session).get(HOME, made)
    assert (row.filename, row.width, row.thumbnail_key) == ("post.txt", None, None)
