"""A library keeps what is put in, and gives it back as it was, to its own people alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from backend.errors import AccessRefused, InvalidImage, InvalidRequest, NotFound, SignInRequired, StorageFull
from backend.imaging.workbench import Workbench
from backend.schemas.assets import NewRecord, SaveForm, SignedQuery
from backend.schemas.base import AssetId
from backend.utils.asset_tracker import AssetTracker, NewAsset
from backend.utils.credentials import SelfMade
from backend.utils.marks import Marks
from tests.fakes.library import (
    ANNA,
    HOME,
    ME,
    STRANGER,
    UNSIGNED,
    Ids,
    World,
    body,
    made,
    picture,
    query_of,
    sent,
    uploaded,
    world,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOBODY = AssetId("f" * 32)


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made_world:
        yield made_world


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
    assert await library.kept() == []
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


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
async def test_no_format_gives_away_where_a_photo_was_taken(library: World, form: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Owner Name"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    data = picture(form=form, exif=exif.tobytes())
    bench = Workbench()
    tracker = AssetTracker(
        library.store, bench, Marks(SelfMade(("secret",), library.clock)), clock=library.clock, new_id=Ids()
    )
    try:
        stored = await tracker.store(data)
        again = await tracker.store(data)
    finally:
        await bench.aclose()
    async with library.db.begin() as session:
        asset = await tracker.record(session, NewAsset(workspace_id=HOME, user_id=ANNA), stored)
    assert again.key == stored.key
    kept = b"".join([await library.store.get(key) for key in await library.kept()])
    assert b"Owner Name" in data
    assert b"Owner Name" not in kept
    assert not Image.open(io.BytesIO(await body(library, asset, "content"))).getexif().get_ifd(0x8825)
    assert "gps" in (await library.service.get(ME, asset)).asset_metadata["removed_metadata"]


async def test_a_signed_address_opens_without_credentials(library: World) -> None:
    asset = await uploaded(library)
    found = await library.service.open(None, asset.id, "content", query_of(asset.url))
    assert (found.mime, await found.size(), found.filename, found.disposition) == (
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
    assert (found.mime, found.disposition, await found.size()) == ("image/svg+xml", "attachment", 6)
    for rendition in ("files/other.svg", "files/", "files", "", "../content"):
        with pytest.raises(NotFound):
            await library.service.open(ME, asset, rendition, SignedQuery(disposition="inline"))
