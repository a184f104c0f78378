"""A library to test with: a real database file and folder, a clock that is set, a workbench without children."""

from __future__ import annotations

import io
import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from PIL import Image, UnidentifiedImageError

from backend.db.migrate import upgrade
from backend.db.models import Asset, AssetFile
from backend.db.people import Membership, User, Workspace
from backend.db.session import Database
from backend.errors import InvalidImage
from backend.imaging.types import Size
from backend.schemas.base import SCOPES, Caller, UserId, WorkspaceId
from backend.services.content_asset_service import ContentAssetService
from backend.storage import ContentStore, Signer
from backend.utils.asset_tracker import AssetTracker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

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


@dataclass(frozen=True)
class Inspected:
    data: bytes
    mime: str
    size: Size
    has_alpha: bool
    thumbnail: bytes
    thumbhash: str
    colour: str
    removed: tuple[str, ...]


class PlainWorkbench:
    """Reads with Pillow in the same process: for pictures that the tests made themselves."""

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
    folder: Path

    def kept(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    async def rows(self) -> int:
        async with self.db.read() as session:
            return sum(
                [await session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in (Asset, AssetFile)]
            )


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    url = f"sqlite:///{folder / 'studio.db'}"
    upgrade(url)
    db, clock, files = Database(url), Clock(), folder / "files"
    store = ContentStore(files.as_uri(), clock=lambda: datetime.now(UTC))
    await people(db)
    tracker = AssetTracker(store, PlainWorkbench(), clock=clock, new_id=Ids())
    service = ContentAssetService(db, tracker, store, Signer(["secret"], hours=24, clock=clock), clock=clock)
    try:
        yield World(db, store, tracker, service, clock, files)
    finally:
        await db.aclose()


async def people(db: Database) -> None:
    async with db.begin() as session:
        for workspace, user in ((HOME, ANNA), (ELSEWHERE, BORIS)):
            session.add(Workspace(id=workspace, name="Studio", tier="self_hosted", created_at=NOON))
            session.add(User(id=user, email=None, name="A", password_hash=None, created_at=NOON, disabled_at=None))
            await session.flush()
            session.add(Membership(workspace_id=workspace, user_id=user, role="owner", created_at=NOON))
