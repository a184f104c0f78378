"""Content that nobody refers to goes; all else stays."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backend.utils.asset_tracker import NewAsset
from backend.utils.sweep import sweep
from tests.fakes.library import ANNA, HOME, ME, World, body, picture, uploaded, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made_world:
        yield made_world


async def test_the_sweep_removes_orphans_alone(library: World) -> None:
    asset = await uploaded(library)
    thrown = await uploaded(library, picture("red"))
    await library.service.trash(ME, thrown.id)
    await library.tracker.store(picture("orange"), {"layers.svg": b"<svg/>"})
    with_layers = await library.tracker.store(picture("teal"), {"layers.svg": b"<svg id='1'/>"})
    async with library.db.begin() as session:
        await library.tracker.record(session, NewAsset(workspace_id=HOME, user_id=ANNA), with_layers)
    later = datetime.now(UTC) + timedelta(hours=2)
    before = len(await library.kept())
    swept = await sweep(library.db, library.store, later)
    assert (swept.deleted, swept.unfinished) == (3, 0)
    assert swept.bytes > len(picture("orange"))
    assert len(await library.kept()) == before - 3
    assert await body(library, asset.id, "content") == picture()
    assert await body(library, (await library.service.restore(ME, thrown.id)).id, "thumbnail")
    assert (await sweep(library.db, library.store, later)).deleted == 0


@pytest.mark.only("embedded", reason="a file can be made old, an object can't")
async def test_the_sweep_leaves_what_is_about_to_be_recorded(library: World, tmp_path: Path) -> None:
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    await library.tracker.store(picture())
    assert (await sweep(library.db, library.store, an_hour_ago)).deleted == 0
    make_old(tmp_path / "files")
    stored = await library.tracker.store(picture())  # the same bytes once more, after a job began again
    assert (await sweep(library.db, library.store, an_hour_ago)).deleted == 0
    async with library.db.begin() as session:
        asset = await library.tracker.record(session, NewAsset(workspace_id=HOME, user_id=ANNA), stored)
    assert await body(library, asset, "content") == picture()


def make_old(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
