"""How fast a library of 10 000 assets is looked through: `python -m bench.library [--assets 10000] [--served]`.

A library is written straight into a database: SQLite, and with `--served` PostgreSQL too. Then it is asked as its page
asks, through the service and without HTTP: pages in every order, jumps, filters, searches, months and figures, in turn.
Exit status 1 where pages take over 30 ms or searches over 60 ms at p95.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from backend.db.migrate import upgrade
from backend.db.models import Asset
from backend.db.people import User, Workspace
from backend.db.repositories.library_words import searchable
from backend.db.session import Database
from backend.db.upsert import bare, values_of
from backend.schemas.base import SCOPES, Caller, UserId, WorkspaceId
from backend.schemas.library_query import LibraryFilter, LibraryQuery, TagsQuery
from backend.services.content_asset_service import ContentAssetService
from backend.services.image_studio.pricing import load_tiers
from backend.services.library_figures import LibraryFigures
from backend.services.quotas import Quotas
from backend.services.tiers import TierLookup
from backend.storage import Signer
from tests.ground.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

PAGE_MS, SEARCH_MS = 30.0, 60.0
PAGE = 60
"""As many as the page shows at a time."""
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ME = Caller(user_id=UserId("1" * 32), workspace_id=WorkspaceId("a" * 32), role="owner", scopes=SCOPES["owner"])
THINGS = ("lighthouse", "teapot", "bicycle", "Küche", "fox", "harbour", "desk lamp", "market", "canyon", "violin")
LIGHTS = ("at dusk", "in morning fog", "under neon", "in soft window light", "in the rain", "at noon")
TAGS = ("sea", "launch", "spring", "product", "draft", "blog", "hero", "Küste", "team", "packaging")
OPERATIONS = ("create", "create", "create", "inpaint", "remove_background", "upscale", "social", None)
ENGINES = (("local", "composer"), ("stability", "core"), ("wavespeed", "qwen-image"), (None, None))


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield the assets of a library that has grown for two years, and a second workspace's between them."""
    dice = random.Random(7)
    for n in range(count + count // 10):
        yield values_of(searchable(Asset(**said(dice, n), **kept(dice, n))))


def said(dice: random.Random, n: int) -> dict[str, Any]:
    """Return what is told of an asset."""
    operation, (provider, model) = dice.choice(OPERATIONS), dice.choice(ENGINES)
    thing = dice.choice(THINGS)
    prompt = f"A {thing} {dice.choice(LIGHTS)}, {dice.choice(THINGS)} in the background, " + "fine detail, " * 9
    return {
        "source_module": "image_studio" if operation else "upload",
        "filename": f"{thing}-{n}.png",
        "title": f"{thing} no {n}",
        "description": "",
        "prompt": prompt if operation else None,
        "tags": sorted(dice.sample(TAGS, dice.randrange(4))),
        "facts": {"seed": n, "engine": "x" * 600, "checks": ["size", "weight", "safe zone"] * 8},
        "provider": provider,
        "model": model,
        "operation": operation,
        "platform": dice.choice(("instagram", "x", "linkedin")) if operation == "social" else None,
        "purpose": "mask" if n % 50 == 0 else None,
    }


def kept(dice: random.Random, n: int) -> dict[str, Any]:
    """Return what is kept of an asset besides."""
    made = NOON - timedelta(minutes=n * 100)
    return {
        "id": f"{dice.getrandbits(128):032x}",
        "workspace_id": ME.workspace_id if n % 11 else "b" * 32,
        "user_id": ME.user_id,
        "asset_type": "image",
        "status": "completed",
        "content_key": f"aa/{n:064x}",
        "thumbnail_key": f"bb/{n:064x}",
        "mime_type": "image/png",
        "file_size": dice.randrange(50_000, 5_000_000),
        "width": 1024,
        "height": 1024,
        "thumbhash": "1QcSHQRnh493V4dIh4eXh1h4kJUI",
        "colour": f"#{dice.getrandbits(24):06x}",
        "cost_milli": dice.randrange(0, 9) * 500,
        "is_favorite": n % 17 == 0,
        "download_count": 0,
        "share_count": 0,
        "created_at": made,
        "updated_at": made + timedelta(minutes=dice.randrange(500)),
        "trashed_at": made if n % 40 == 0 else None,
    }


async def fill(db: Database, count: int) -> None:
    """Write the library."""
    async with db.begin() as session:
        for workspace in (ME.workspace_id, "b" * 32):
            session.add(Workspace(id=workspace, name="W", tier="self_hosted", created_at=NOON))
        session.add(User(id=ME.user_id, email=None, name="A", password_hash=None, created_at=NOON, disabled_at=None))
        await session.flush()
        everything = list(rows(count))
        for start in range(0, len(everything), 500):
            await session.execute(sa.insert(bare(Asset)), everything[start : start + 500])


@dataclass(frozen=True, slots=True)
class Way:
    """A way of looking, and how long it may take."""

    name: str
    most_ms: float | None
    ask: Callable[[], Awaitable[object]]


def ways(library: ContentAssetService, figures: LibraryFigures, count: int) -> Iterator[Way]:
    """Yield what a page of the library asks."""

    def page(name: str, most: float = PAGE_MS, **asked: object) -> Way:
        query = LibraryQuery.model_validate({"limit": PAGE, **asked})
        return Way(name, most, lambda: library.list(ME, query))

    yield page("newest")
    for sort in ("updated_at", "cost", "file_size", "title"):
        yield page(f"by {sort}", sort_by=sort)
    yield page("jump to 70 %", offset=count * 7 // 10)
    yield page("jump by title", offset=count * 7 // 10, sort_by="title", sort_order="asc")
    yield page("favourites", favorites_only=True)
    yield page("two tags", tags="sea,launch", tags_match="all")
    yield page("operation", operation="inpaint,upscale")
    yield page("platform", platform="x")
    yield page("colour", colour="#e5484d")
    yield page("trash", trashed=True)
    for words in ("lighthouse", "küche neon", "core", "no 4711", "zzz", "a"):
        yield page(f"search {words}", SEARCH_MS, search=words)
    yield Way("months", PAGE_MS, lambda: figures.months(ME, LibraryFilter()))
    yield Way("tags", SEARCH_MS, lambda: figures.tags(ME, TagsQuery()))
    yield Way("statistics", None, lambda: figures.statistics(ME))


async def measured(url: str, count: int, rounds: int) -> bool:
    """Print how long each way takes; return whether all take no longer than they may."""
    await asyncio.to_thread(upgrade, url)
    db = Database(url)
    await fill(db, count)
    if not db.embedded:
        async with db.begin() as session:
            await session.execute(sa.text("ANALYZE"))
    quotas = Quotas(db, TierLookup(db, load_tiers(), kept_s=60))
    signer = Signer(["secret"], hours=24, clock=lambda: NOON)
    nothing = cast("Any", None)  # nothing is put in or opened
    library = ContentAssetService(db, nothing, nothing, signer, quotas=quotas, clock=lambda: NOON)
    fine = True
    for way in ways(library, LibraryFigures(db, library, quotas), count):
        taken: list[float] = []
        computed = time.process_time()
        for _ in range(rounds):
            start = time.perf_counter()
            await way.ask()
            taken.append((time.perf_counter() - start) * 1000)
        computed = (time.process_time() - computed) * 1000 / rounds
        taken.sort()
        p95 = taken[round(0.95 * (len(taken) - 1))]
        over = way.most_ms is not None and p95 > way.most_ms
        fine = fine and not over
        aim = f"(at most {way.most_ms:.0f}){' OVER' if over else ''}" if way.most_ms else ""
        half = taken[len(taken) // 2]
        print(f"{way.name:18} {half:7.1f} ms, p95 {p95:7.1f} ms {aim}, computing {computed:.1f} ms")
    await db.aclose()
    return fine


def main() -> int:
    """Measure on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--served", action="store_true", help="on PostgreSQL, too")
    asked = parser.parse_args()
    fine = True
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        places = {"SQLite": f"sqlite:///{folder / 'studio.db'}"}
        if asked.served:
            places["PostgreSQL"] = stack.enter_context(Cluster(fsync=True)).studio()
        for name, url in places.items():
            print(f"{name}, {asked.assets} assets")
            fine = asyncio.run(measured(url, asked.assets, asked.rounds)) and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
