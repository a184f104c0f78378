"""What the library tells of itself, and what is done with many of its assets at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.errors import Conflict, NotFound
from backend.schemas.library import BulkForm, CollectedForm, CollectionForm
from backend.schemas.library_query import LibraryFilter, LibraryQuery, TagsQuery
from tests.fakes.library import ME, STRANGER, World, ids, made, picture, query_of, sent, shown, uploaded, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made_world:
        yield made_world


async def done(library: World, action: str, *assets: str, who=ME, **more: object):
    return await library.bulk.do(who, BulkForm(asset_ids=assets, action=action, **more))


async def test_what_made_an_asset_its_platform_and_its_colour_narrow(library: World) -> None:
    export = {"platform": "x", "format_id": "post"}
    drawn = await made(library, 0xE0, operation="create", tags=("sea", "red"))  # blue
    cut = await made(library, 1, operation="social", facts=export, tags=("sea",))  # black
    lost = await made(library, 2, operation="inpaint", facts={"platform": "x"})
    assert await ids(library, operation="create,inpaint") == [lost, drawn]
    assert await ids(library, platform="x") == [cut]
    assert await ids(library, colour="#0000ff") == [drawn]
    assert await ids(library, tags="sea,red") == [cut, drawn]
    assert await ids(library, tags="sea,red", tags_match="all") == [drawn]
    assert (await library.service.get(ME, cut)).platform == "x"


async def test_letters_are_found_large_or_small_in_any_alphabet(library: World) -> None:
    asset = await made(library, 0, title="Große KÜSTE", tags=("Straße",))
    for word in ("küste", "GROSSE", "strasse", asset[:6]):
        assert await ids(library, search=word) == [asset]
    await done(library, "tag", asset, tags=("Ökologie",))
    assert await ids(library, search="ökologie") == [asset]
    await done(library, "untag", asset, tags=("Ökologie", "Straße"))
    assert await ids(library, search="ökologie") == []


async def test_what_only_serves_is_not_listed_until_it_comes_for_itself(library: World) -> None:
    black = picture("black")
    mask = await library.service.intake(ME, black, "mask", purpose="mask")
    chosen = await made(library, 1, purpose="mask", operation="select")
    guide = (await library.service.upload(ME, sent(("g.png", picture("white"))), "guide")).assets[0]
    assert guide.purpose == "guide"
    assert await ids(library) == []
    assert set(await ids(library, include_inputs=True)) == {mask, chosen, guide.id}
    assert (await library.figures.statistics(ME)).total == 0
    again = await uploaded(library, black)
    assert (again.id, again.purpose) == (mask, None)
    assert await ids(library) == [mask]
    assert await library.service.intake(ME, black, "mask", purpose="mask") == mask
    assert await ids(library) == [mask]


async def test_each_of_many_is_done_or_says_why_not(library: World) -> None:
    one, two = await made(library, 1), await made(library, 2)
    foreign = "f" * 32
    answer = await done(library, "favorite", one, foreign, two, one)
    assert [(item.asset_id, item.ok) for item in answer.results] == [(one, True), (foreign, False), (two, True)]
    assert (answer.done, answer.failed) == (2, 1)
    assert answer.results[1].problem.code == "not-found"
    assert await ids(library, favorites_only=True) == [two, one]
    await done(library, "unfavorite", one, two)
    assert await ids(library, favorites_only=True) == []
    assert (await done(library, "delete", one, who=STRANGER)).done == 0
    await done(library, "tag", one, tags=tuple(f"t{n}" for n in range(64)))
    refused = await done(library, "tag", one, two, tags=("more",))
    assert [item.ok for item in refused.results] == [False, True]


async def test_the_trash_is_looked_through_given_back_and_emptied_by_name(library: World) -> None:
    kept, lost, other = [await made(library, n) for n in (1, 2, 3)]
    url = (await library.service.get(ME, lost)).thumbnail_url
    assert (await done(library, "delete", kept, lost)).done == 2
    assert await ids(library) == [other]
    assert await ids(library, trashed=True) == [lost, kept]
    seen = (await shown(library, trashed=True)).assets[0]
    assert (seen.status, seen.trashed_at) == ("trashed", library.clock())
    await library.service.open(ME, lost, "thumbnail", query_of(url))
    for who in (None, STRANGER):
        with pytest.raises(NotFound):
            await library.service.open(who, lost, "thumbnail", query_of(url))
    assert (await done(library, "favorite", lost)).done == 0
    await done(library, "restore", kept)
    purged = await done(library, "purge", lost, kept, "e" * 32)
    assert [item.problem and item.problem.code for item in purged.results] == [None, "conflict", "not-found"]
    assert await ids(library, trashed=True) == []
    assert (await library.figures.statistics(ME)).trashed.count == 0


async def test_collections_hold_what_is_put_into_them(library: World) -> None:
    one, two = await made(library, 1), await made(library, 2)
    launch = await library.collections.add(ME, CollectionForm(name="Launch"))
    with pytest.raises(Conflict):
        await library.collections.add(ME, CollectionForm(name="Launch"))
    put = await library.bulk.collect(ME, launch.id, CollectedForm(asset_ids=(one, two, "f" * 32)))
    assert (put.done, put.failed) == (2, 1)
    assert (await library.service.get(ME, one)).collection_ids == [launch.id]
    seen = await library.collections.get(ME, launch.id)
    assert (seen.total, len(seen.covers)) == (2, 2)
    inside = await library.collections.assets(ME, launch.id, LibraryQuery(search="no 1"))
    assert [asset.id for asset in inside.assets] == [one]
    await done(library, "delete", two)
    assert [found.total for found in (await library.collections.listed(ME)).collections] == [1]
    await done(library, "purge", two)
    await done(library, "remove_from_collection", one, collection_id=launch.id)
    renamed = await library.collections.replace(ME, launch.id, CollectionForm(name="Spring", description="May"))
    assert (renamed.name, renamed.total, renamed.covers) == ("Spring", 0, [])
    for attempt in (
        library.collections.get(STRANGER, launch.id),
        library.collections.remove(STRANGER, launch.id),
        library.bulk.collect(STRANGER, launch.id, CollectedForm(asset_ids=(one,))),
    ):
        with pytest.raises(NotFound):
            await attempt
    await done(library, "add_to_collection", one, collection_id=launch.id)
    await library.collections.remove(ME, launch.id)
    assert (await library.collections.listed(ME)).total == 0
    assert (await library.service.get(ME, one)).collection_ids == []


async def test_tags_months_and_figures_count_what_is_shown(library: World) -> None:
    export = {"platform": "x", "format_id": "post"}
    await made(library, 1, tags=("sea", "red"), provider="local", model="m", cost_milli=500, operation="create")
    library.clock.pass_(days=31)
    await made(library, 2, tags=("sea",), provider="local", operation="social", facts=export)
    await done(library, "delete", await made(library, 3, tags=("sea",)))
    tags = await library.figures.tags(ME, TagsQuery())
    assert [(one.tag, one.count) for one in tags.tags] == [("sea", 2), ("red", 1)]
    assert [one.tag for one in (await library.figures.tags(ME, TagsQuery(search="RE"))).tags] == ["red"]
    months = await library.figures.months(ME, LibraryFilter())
    assert [(one.month, one.count) for one in months.months] == [("2026-12", 1), ("2026-11", 1)]
    assert (await library.figures.months(ME, LibraryFilter(search="no 2"))).total == 1
    told = await library.figures.statistics(ME)
    assert (told.by_provider, told.by_model, told.by_platform) == ({"local": 2}, {"m": 1}, {"x": 1})
    assert told.by_operation == {"create": 1, "social": 1}
    assert [(one.month, one.credits) for one in told.by_month] == [("2026-12", 0.0), ("2026-11", 0.5)]
    assert told.trashed.count == 1
    assert told.storage.used > told.total_size


async def test_lineage_goes_back_to_the_first_and_on_to_the_last(library: World) -> None:
    first = await made(library, 1, operation="create")
    mask = await made(library, 2, purpose="mask")
    second = await made(library, 3, operation="inpaint", parents=((first, "image"), (mask, "mask")))
    third = await made(library, 4, operation="upscale", parents=((second, "image"),))
    await made(library, 5, operation="social", parents=((first, "image"),))
    told = await library.figures.lineage(ME, second)
    assert [node.id for node in told.nodes] == [first, mask, second, third]
    assert {(edge.parent_id, edge.child_id, edge.role) for edge in told.edges} == {
        (first, second, "image"),
        (mask, second, "mask"),
        (second, third, "image"),
    }
    assert not told.truncated
    with pytest.raises(NotFound):
        await library.figures.lineage(STRANGER, second)


async def test_a_lineage_of_many_is_cut_short_and_says_so(library: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.db.repositories.lineage.MOST_KIN", 3)
    first = await made(library, 1)
    for n in range(2, 7):
        await made(library, n, operation="upscale", parents=((first, "image"),))
    told = await library.figures.lineage(ME, first)
    assert (len(told.nodes), told.truncated) == (3, True)
    assert {edge.child_id for edge in told.edges} < {node.id for node in told.nodes}
