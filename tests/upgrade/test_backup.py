"""What is restored is what was backed up, wherever either of the two stands."""

from __future__ import annotations

import asyncio
import io
import json
import tarfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from backend.container.keeping import store_of
from backend.datafolder import DataFolder
from backend.db.models import Asset, AssetFile, Job, JobEvent, JobResult, Lineage
from backend.db.session import Database, sync_engine
from backend.db.shapes import LEFT_OUT, newest, shapes
from backend.errors import BackupUnusable, Conflict, ContentLost, MadeByNewer, NotFound, StudioNotEmpty
from backend.jobs.tables import bring_up
from backend.services.backup import BackupService, RestoreService, check
from backend.settings import ProviderSettings
from backend.storage import ContentKey
from backend.utils.origin import Origin, utc_now
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for
from tests.ground.grounds import Embedded, standing_on
from tests.upgrade.earlier import left_by
from tests.upgrade.inhabit import CONCURRENT, EMAIL, PASSWORD, Resuming, inhabit
from tests.upgrade.likeness import PASSING, differences, likeness
from tests.upgrade.test_upgrade import ended_well

if TYPE_CHECKING:
    from pathlib import Path

    from backend.services.backup import Manifest, Restored
    from backend.settings import Settings
    from backend.storage import ContentStore

GROUNDS = ("embedded", "served")
COMPARED = (
    *("assets", "lineage", "jobs", "job_events", "ledger_entries", "idempotency_keys", "api_keys", "personas"),
    *("audit_entries", "users", "memberships"),
)
LATER = timedelta(minutes=1)
"""So much later the reconciler sees to it that open jobs are worked on."""


def silent(done: int, whole: int) -> None:
    """Hear how far it is, and say nothing."""


def store(settings: Settings) -> ContentStore:
    return store_of(settings, DataFolder(settings.data_dir), clock=utc_now)


async def backed_up(settings: Settings, content: Any = None, **how: Any) -> tuple[bytes, Manifest]:
    out = io.BytesIO()
    service = BackupService(settings.database, content or store(settings), application="test", clock=utc_now)
    return out, await service.back_up(out, settings.data_dir, tell=silent, **how)


async def restored(settings: Settings, backup: bytes) -> Restored:
    service = RestoreService(settings.database, store(settings), lease_s=8)
    return await service.restore(io.BytesIO(backup), tell=silent)


def on(ground: Embedded, folder: Path, **changes: Any) -> Settings:
    """Return the settings of a studio on a ground."""
    folder.mkdir(exist_ok=True)
    with standing_on(ground):
        return settings_for(folder, providers={"stub": ProviderSettings(concurrency=CONCURRENT)}, **changes)


def grounds(request: pytest.FixtureRequest, name: str) -> Embedded:
    return request.getfixturevalue("served_ground") if name == "served" else Embedded()


@pytest.fixture
def here(tmp_path) -> Settings:
    """A studio's settings, on SQLite and disk."""
    return on(Embedded(), tmp_path / "here")


@pytest.fixture
def there(tmp_path) -> Settings:
    """Those of an empty one."""
    return on(Embedded(), tmp_path / "there")


def query(settings: Settings, statement: sa.Executable) -> Any:
    engine = sync_engine(settings.database)
    try:
        with engine.begin() as connection:
            done = connection.execute(statement)
            return done.all() if done.returns_rows else None
    finally:
        engine.dispose()


async def small(settings: Settings, count: int = 2) -> None:
    """Make a studio with some pictures."""
    async with running(settings, providers=[StubProvider(seconds=0.01)], prices=prices(1)) as studio:
        await studio.ended(await studio.create(num_variations=count))


# --- the same, anywhere -------------------------------------------------------------------------------------


@pytest.mark.parametrize("since", GROUNDS)
@pytest.mark.parametrize("to", GROUNDS)
async def test_a_restored_studio_equals_its_source_and_goes_on(request, tmp_path, since, to):
    source = on(grounds(request, since), tmp_path / "source")
    target = on(grounds(request, to), tmp_path / "target")
    engine = StubProvider(seconds=0.01, mode="ticket")
    async with running(source, providers=[engine], prices=prices(2)) as studio:
        known = await inhabit(studio, engine)
        strange = sa.update(Job).where(Job.id == known["open"]["waiting"]).values(fallback=sa.JSON.NULL)
        async with studio.container.db.begin() as session:
            await session.execute(strange)
        out, manifest = await backed_up(source)  # beside the studio that is at work
        before = await likeness(source.database, store(source))
    back = await restored(target, out.getvalue())
    assert back.manifest == manifest == check(io.BytesIO(out.getvalue()), tell=silent)
    assert differences(before, await likeness(target.database, store(target))) == []
    assert len(before["files"]) == manifest.content.files
    for table in COMPARED:
        assert before[table], f"nothing in {table} to compare"
    await goes_on(target, known)


async def goes_on(settings: Settings, known: dict[str, Any]) -> None:
    """See to it that a restored studio works: people sign in, and what was open ends as it must."""
    engine = Resuming(seconds=0.01)
    origin = Origin(clock=lambda: utc_now() + LATER)
    async with running(settings, providers=[engine], prices=prices(2), origin=origin) as studio:
        login = await studio.client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
        assert login.status_code == 200
        closed = await studio.client.get("/api/auth/session", headers={"Authorization": f"Bearer {known['session']}"})
        assert closed.status_code == 401
        studio.client.cookies.clear()
        program = {"Authorization": f"Bearer {known['key']}"}
        assert (await studio.client.get("/api/content-assets/", headers=program)).status_code == 200
        await ended_well(studio, engine, known["open"])
        again = await studio.ended(await studio.create("after the restore"))
        assert again.status == "done"


@pytest.mark.parametrize("to", GROUNDS)
async def test_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(request, tmp_path, to):
    earlier = left_by("0001", tmp_path / "source")
    source, target = on(Embedded(), earlier.folder), on(grounds(request, to), tmp_path / "target")
    out, manifest = await backed_up(source)
    assert manifest.head.revision == "0001"
    back = await restored(target, out.getvalue())
    assert (back.since, back.now) == ("0001", newest())
    bring_up(source.database)
    upgraded = await likeness(source.database, store(source))
    assert differences(upgraded, await likeness(target.database, store(target))) == []
    async with running(target, providers=[Resuming(seconds=0.01)], prices=prices(2), origin=earlier.origin()) as studio:
        listed = (await studio.client.get("/api/content-assets/")).json()
        assert earlier.known["kept"] in {asset["id"] for asset in listed["assets"]}


async def test_a_backup_of_a_busy_studio_is_of_one_moment(here, there):
    async with running(here, providers=[StubProvider(seconds=0.01)], prices=prices(1)) as studio:
        work = [asyncio.create_task(_made(studio, number)) for number in range(6)]
        await work[0]
        out, _ = await backed_up(here)
        await asyncio.gather(*work)
    await restored(there, out.getvalue())
    found = await likeness(there.database, store(there))  # every file that a row names is there
    assert found["assets"]
    assert sum(row["amount_milli"][1] for row in found["ledger_entries"].values()) == 0
    booked = {row["transaction_id"][1] for row in found["ledger_entries"].values()}
    assert booked == {row["id"][1] for row in found["ledger_transactions"].values()}


async def _made(studio: Any, number: int) -> None:
    await studio.ended(await studio.create(f"number {number}"))


async def test_every_table_is_kept_or_passes(here):
    kept = {shape.name for shape in shapes(newest())}
    assert LEFT_OUT - {"alembic_version"} == PASSING
    assert kept.isdisjoint(PASSING)
    await small(here)
    found = await likeness(here.database, store(here))
    assert kept == found.keys() - {"files"}


# --- files that are gone ------------------------------------------------------------------------------------


async def test_files_that_are_lost_are_told_and_can_be_gone_without(here, there):
    await small(here)
    (key,), *_ = query(here, sa.select(Asset.content_key))
    await store(here).delete(ContentKey(key))
    with pytest.raises(ContentLost) as told:
        await backed_up(here)
    assert told.value.keys == (key,)
    out, manifest = await backed_up(here, without_lost=True)
    assert manifest.content.lost == (key,)
    await restored(there, out.getvalue())
    assert len(query(there, sa.select(Asset.id))) == 2


async def test_a_file_that_is_not_what_it_was_is_lost(here):
    await small(here)
    (key,), *_ = query(here, sa.select(Asset.content_key))
    (here.data_dir / "files" / key).write_bytes(b"rust")
    with pytest.raises(ContentLost):
        await backed_up(here)


async def test_an_asset_that_is_purged_meanwhile_is_simply_not_in_the_backup(here, there):
    await small(here)
    (asset, key), *_ = query(here, sa.select(Asset.id, Asset.content_key))

    class Purging:
        """A store from which, at the first look, somebody has just purged an asset."""

        async def get(self, wanted: ContentKey) -> bytes:
            if wanted == key:
                for row in (JobResult.asset_id, Lineage.child_id, AssetFile.asset_id, Asset.id):
                    query(here, sa.delete(row.class_).where(row == asset))
                await store(here).delete(wanted)
            return await store(here).get(wanted)

    out, manifest = await backed_up(here, Purging())
    assert manifest.content.lost == ()
    await restored(there, out.getvalue())
    assert asset not in {row.id for row in query(there, sa.select(Asset.id))}
    assert len(query(there, sa.select(Asset.id))) == 1


# --- backups that can't be used -----------------------------------------------------------------------------


def spoilt(backup: bytes, how: str) -> bytes:
    """Return a backup that something happened to."""
    with tarfile.open(fileobj=io.BytesIO(backup)) as tar:
        members = [(info, tar.extractfile(info).read()) for info in tar]
    wanted = {"a file": "content/", "rows": "rows/assets", "head": "image-studio-backup", "a file less": "content/"}
    place = next(n for n, (info, _) in enumerate(members) if info.name.startswith(wanted.get(how, "manifest")))
    info, data = members[place]
    match how:
        case "cut off":
            return backup[: len(backup) // 2]
        case "nothing":
            return b""
        case "a file less" | "no manifest":
            del members[place]
        case "head":
            members[place] = (info, json.dumps({**json.loads(data), "revision": "9999"}).encode())
        case _:
            members[place] = (info, data.replace(b"a", b"b", 1) if how == "rows" else data[:-1] + b"!")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for one, content in members:
            one.size = len(content)
            tar.addfile(one, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize("how", ["a file", "rows", "a file less", "no manifest", "cut off", "nothing"])
async def test_a_damaged_backup_is_refused_and_leaves_no_row(here, there, how):
    await small(here)
    out, _ = await backed_up(here)
    bad = spoilt(out.getvalue(), how)
    with pytest.raises(BackupUnusable):
        check(io.BytesIO(bad), tell=silent)
    with pytest.raises(BackupUnusable):
        await restored(there, bad)
    back = await restored(there, out.getvalue())  # the good one still goes in
    assert back.manifest.rows


async def test_a_backup_of_a_later_version_is_refused(here, there):
    await small(here)
    out, _ = await backed_up(here)
    bad = spoilt(out.getvalue(), "head")
    with pytest.raises(MadeByNewer):
        check(io.BytesIO(bad), tell=silent)
    with pytest.raises(MadeByNewer):
        await restored(there, bad)


@pytest.mark.parametrize("to", GROUNDS)
async def test_a_studio_that_has_something_in_it_is_left_alone(request, tmp_path, here, to):
    await small(here)
    out, _ = await backed_up(here)
    target = on(grounds(request, to), tmp_path / "target")
    async with running(target, providers=[StubProvider()], prices=prices(1)):
        with pytest.raises((StudioNotEmpty, Conflict)):  # the server may tell of itself first
            await restored(target, out.getvalue())
    with pytest.raises(StudioNotEmpty):
        await restored(target, out.getvalue())


async def test_where_there_is_no_studio_there_is_nothing_to_back_up(here):
    with pytest.raises(NotFound):
        await backed_up(here)


async def test_what_counts_up_goes_on_after_what_came_back(request, tmp_path, here):
    await small(here)
    out, _ = await backed_up(here)
    target = on(grounds(request, "served"), tmp_path / "target")
    await restored(target, out.getvalue())
    db = Database(target.database)
    async with db.begin() as session:
        last = (await session.execute(sa.select(sa.func.max(JobEvent.id)))).scalar_one()
        job = (await session.execute(sa.select(Job))).scalars().first()
        event = JobEvent(workspace_id=job.workspace_id, job_id=job.id, type="x", data={}, created_at=utc_now())
        session.add(event)
        await session.flush()
        assert event.id == last + 1
    await db.aclose()
