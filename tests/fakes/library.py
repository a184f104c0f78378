"""A library to test with: a real database file and folder, a clock that is set, a workbench without children."""

from __future__ import annotations

import io
import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import sqlalchemy as sa
from PIL import Image, UnidentifiedImageError

from backend.container.keeping import store_of
from backend.datafolder import DataFolder
from backend.db.migrate import upgrade
from backend.db.models import Asset, AssetFile
from backend.db.people import Membership, User, Workspace
from backend.db.session import Database
from backend.errors import InvalidImage
from backend.imaging.types import Inspected, Size
from backend.schemas.assets import SignedQuery
from backend.schemas.base import SCOPES, Caller, JobId, UserId, WorkspaceId
from backend.schemas.library_query import LibraryQuery
from backend.services.collection_service import CollectionService
from backend.services.content_asset_service import ContentAssetService
from backend.services.image_studio.pricing import load_tiers
from backend.services.library_bulk import LibraryBulk
from backend.services.library_figures import LibraryFigures
from backend.services.quotas import Quotas
from backend.services.tiers import TierLookup
from backend.settings import Settings
from backend.storage import Signer
from backend.utils.asset_tracker import AssetTracker, NewAsset
from backend.utils.credentials import SelfMade
from backend.utils.marks import Marks
from backend.utils.origin import Origin
from tests.ground.grounds import here

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.schemas.assets import AssetPage, AssetView
    from backend.schemas.base import AssetId
    from backend.storage import ContentKey, ContentStore

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOME, ELSEWHERE = WorkspaceId("a" * 32), WorkspaceId("b" * 32)
ANNA, BORIS = UserId("1" * 32), UserId("2" * 32)


def caller(workspace: WorkspaceId = HOME, user: UserId = ANNA) -> Caller:
    return Caller(user_id=user, workspace_id=workspace, role="owner", scopes=SCOPES["owner"])


STRANGER = caller(ELSEWHERE, BORIS)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Ids:
    """Ids that count up, so that they sort in the order they were given out."""

    count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __call__(self) -> str:
        return f"{next(self.count):032x}"


class PlainWorkbench:
    """Reads with Pillow in the same process: for pictures that the tests made themselves."""

    async def inspect_made(self, data: bytes) -> Inspected:
        return await self.inspect(data)

    async def inspect(self, data: bytes) -> Inspected:
        try:
            picture = Image.open(io.BytesIO(data))
            picture.load()
        except (UnidentifiedImageError, OSError) as error:
            raise InvalidImage(detail="The bytes are not a picture.", found="unknown") from error
        small = picture.convert("RGB")
        small.thumbnail((32, 32))
        removed = ("exif",) if picture.getexif() else ()
        form = picture.format or "PNG"
        clean = data if not removed else encoded(picture, form=form)
        return Inspected(
            data=clean,
            mime=f"image/{form.lower()}",
            size=Size(*picture.size),
            has_alpha="A" in picture.mode,
            thumbnail=encoded(small, form="WEBP"),
            thumbhash="1QcSHQRnh493V4dIh4eXh1h4kJUI",
            colour="#" + small.resize((1, 1)).tobytes().hex(),
            removed=removed,
        )


def encoded(picture: Image.Image, *, form: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def picture(colour: str = "teal", size: tuple[int, int] = (48, 36), *, form: str = "PNG", **how: object) -> bytes:
    return encoded(Image.new("RGB", size, colour), form=form, **how)


@dataclass
class World:
    """Everything a library stands on."""

    db: Database
    store: ContentStore
    tracker: AssetTracker
    service: ContentAssetService
    clock: Clock
    figures: LibraryFigures
    bulk: LibraryBulk
    collections: CollectionService

    async def kept(self) -> list[ContentKey]:
        """Return what lies in the storage, in order."""
        later = datetime.now(UTC) + timedelta(hours=1)
        return sorted([key async for key in self.store.keys(later)])

    async def rows(self) -> int:
        async with self.db.read() as session:
            return sum(
                [await session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in (Asset, AssetFile)]
            )


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    settings = Settings(data_dir=folder, **here().settings(folder))
    upgrade(settings.database)
    db, clock = Database(settings.database), Clock()
    store = store_of(settings, DataFolder(folder), clock=lambda: datetime.now(UTC))
    await people(db)
    tracker = AssetTracker(store, PlainWorkbench(), Marks(SelfMade(("secret",), clock)), clock=clock, new_id=Ids())
    signer, quotas = Signer(["secret"], hours=24, clock=clock), Quotas(db, TierLookup(db, load_tiers(), kept_s=0))
    service = ContentAssetService(db, tracker, store, signer, quotas=quotas, clock=clock)
    figures, bulk = LibraryFigures(db, service, quotas), LibraryBulk(db, clock=clock)
    collections = CollectionService(db, Origin(clock=clock, new_id=Ids(itertools.count(1 << 64))), service)
    try:
        yield World(db, store, tracker, service, clock, figures, bulk, collections)
    finally:
        await db.aclose()


async def people(db: Database) -> None:
    async with db.begin() as session:
        for workspace, user in ((HOME, ANNA), (ELSEWHERE, BORIS)):
            session.add(Workspace(id=workspace, name="Studio", tier="self_hosted", created_at=NOON))
            session.add(User(id=user, email=None, name="A", password_hash=None, created_at=NOON, disabled_at=None))
            await session.flush()
            session.add(Membership(workspace_id=workspace, user_id=user, role="owner", created_at=NOON))


ME = caller()
UNSIGNED = SignedQuery()


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
    return b"".join([chunk async for chunk in await found.stream(0, await found.size())])


def query_of(url: str) -> SignedQuery:
    return SignedQuery.model_validate({name: value[0] for name, value in parse_qs(urlsplit(url).query).items()})
