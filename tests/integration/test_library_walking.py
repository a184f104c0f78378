"""Walking through a library by cursor meets each asset once and in order, whatever is put in meanwhile."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.db.migrate import upgrade
from backend.db.models import Asset
from backend.db.people import Workspace
from backend.db.repositories.assets import Assets
from backend.db.repositories.library_words import searchable
from backend.db.session import Database
from backend.schemas.base import WorkspaceId
from backend.schemas.library_query import LibraryQuery
from tests.fakes.library import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

SORTS = ("created_at", "updated_at", "cost", "file_size", "title")
NUMBERS = itertools.count(1)

few = st.integers(0, 3)
made = st.fixed_dictionaries(
    {"id": st.uuids(), "created": few, "cost": few, "size": few, "title": st.sampled_from(("a", "B", "b", "ä", ""))}
)
unlike = st.lists(made, max_size=9, unique_by=lambda one: one["id"])


def row(workspace: str, one: dict) -> Asset:
    moment = NOON + timedelta(minutes=one["created"])
    return searchable(
        Asset(
            id=one["id"].hex,
            workspace_id=workspace,
            asset_type="image",
            source_module="upload",
            status="completed",
            filename="a.png",
            title=one["title"],
            description="",
            tags=[],
            facts={},
            content_key="k",
            mime_type="image/png",
            file_size=one["size"],
            cost_milli=one["cost"],
            is_favorite=False,
            download_count=0,
            share_count=0,
            created_at=moment,
            updated_at=moment + timedelta(minutes=one["size"]),
        )
    )


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made_here = f"sqlite:///{tmp_path_factory.mktemp('walk') / 'studio.db'}"
    upgrade(made_here)
    return made_here


@given(
    first=unlike,
    later=unlike,
    asked=st.fixed_dictionaries(
        {"sort_by": st.sampled_from(SORTS), "sort_order": st.sampled_from(("asc", "desc")), "limit": st.integers(1, 4)}
    ),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_asset_is_met_once_and_in_order_while_others_arrive(url, first, later, asked):
    asyncio.run(walked(url, first, later, asked))


async def walked(url: str, first: list[dict], later: list[dict], asked: dict) -> None:
    workspace, db = WorkspaceId(f"{next(NUMBERS):032x}"), Database(url)
    prefix = workspace[-4:]
    for one in (*first, *later):  # ids are of all workspaces together
        one["id"] = type(one["id"])(hex=prefix + one["id"].hex[4:])
    try:
        async with db.begin() as session:
            session.add(Workspace(id=workspace, name="W", tier="free", created_at=NOON))
            await session.flush()
            session.add_all([row(workspace, one) for one in first])
        whole = await page(db, workspace, {**asked, "limit": 100})
        met: list[str] = []
        cursor, waiting = None, list({one["id"]: one for one in later if one["id"] not in ids(first)}.values())
        while True:
            found = await page(db, workspace, {**asked, "cursor": cursor})
            met += [one.id for one in found.rows]
            if (cursor := found.next_cursor) is None:
                break
            if waiting:
                async with db.begin() as session:
                    session.add(row(workspace, waiting.pop()))
    finally:
        await db.aclose()
    assert len(met) == len(set(met))
    there = {one.id for one in whole.rows}
    assert len(there) == len(first) == whole.total
    assert [one for one in met if one in there] == [one.id for one in whole.rows]


def ids(made_ones: list[dict]) -> set:
    return {one["id"] for one in made_ones}


async def page(db: Database, workspace: WorkspaceId, asked: dict):
    async with db.read() as session:
        return await Assets(session).page(workspace, LibraryQuery.model_validate(asked))
