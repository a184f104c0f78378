"""Who is built from what. The only place that takes the settings apart and knows every room."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from backend.datafolder import DataFolder
from backend.db.session import Database, parse
from backend.db.wire import Wire
from backend.identifying import access_service, identity_service
from backend.jobs.dbos_engine import DbosEngine, Pace
from backend.jobs.hub import Hub
from backend.jobs.membership import Alone, Member
from backend.jobs.parts import PartMaker
from backend.jobs.patience import Patience
from backend.jobs.periodic import Periodic
from backend.jobs.recovery import EVERY_S, Reconciler
from backend.jobs.runner import JobRunner
from backend.jobs.slots import SharedSlots, Slots
from backend.jobs.state import Books, JobState
from backend.limiting import limited, pooling_of, rate_chores, rate_service, workbench_of
from backend.observability.building import census_of, retention_chores
from backend.providers.local import LocalProvider
from backend.services.audit_service import AuditService
from backend.services.content_asset_service import ContentAssetService
from backend.services.credit_service import CreditService
from backend.services.health_service import HealthService, Waits
from backend.services.image_studio.create_service import CreateStudioService
from backend.services.image_studio.edit_service import EditStudioService
from backend.services.image_studio.preferences import load_quality_table
from backend.services.image_studio.pricing import load_price_book, load_tiers
from backend.services.image_studio.prompts import load_enhancement
from backend.services.image_studio.studio_manager import Admission, ImageStudioManager, Studios
from backend.services.image_studio.tasks import studio_tasks
from backend.services.image_studio.templates import TemplateManager
from backend.services.job_service import JobService
from backend.services.quotas import Quotas
from backend.settings.keeping import signer_of, store_of
from backend.utils.asset_tracker import AssetTracker
from backend.utils.origin import Origin
from backend.utils.purse import Purse
from backend.utils.sweep import sweep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.identity import Issuer
    from backend.imaging.workbench import Workbench
    from backend.jobs.engine import JobEngine
    from backend.jobs.membership import Membership
    from backend.providers.base import Provider
    from backend.services.access_service import AccessService
    from backend.services.census_service import CensusService
    from backend.services.identity_service import IdentityService
    from backend.services.image_studio.pricing import PriceBook, Tier
    from backend.services.rate_service import RateService
    from backend.settings import Settings
    from backend.storage import ContentStore

SEEDS = 4_294_967_295
FINISHED_KEPT = timedelta(days=1)
"""How long the job engine's own records of finished work are kept; ours say more, and longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """Everything that doors open onto."""

    settings: Settings
    folder: DataFolder
    db: Database
    store: ContentStore
    workbench: Workbench
    access: AccessService
    identity: IdentityService | None
    """None where no other issuer is set."""
    library: ContentAssetService
    credits: CreditService
    jobs: JobService
    studio: ImageStudioManager
    health: HealthService
    census: CensusService
    audit: AuditService
    engine: JobEngine
    runner: JobRunner
    hub: Hub
    member: Membership
    """This process among those that run jobs."""
    reconciler: Reconciler
    chores: tuple[Periodic, ...]
    """What is done now and then while jobs are run."""
    purse: Purse
    origin: Origin
    rates: RateService
    quotas: Quotas


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What the services stand on."""

    settings: Settings
    folder: DataFolder
    origin: Origin
    db: Database
    store: ContentStore
    workbench: Workbench
    tracker: AssetTracker
    purse: Purse
    hub: Hub


class Fakes(TypedDict, total=False):
    """What may be brought along instead of being made here: by tests, mostly."""

    providers: Sequence[Provider]
    prices: PriceBook
    tiers: Mapping[str, Tier]
    origin: Origin
    engine: JobEngine
    issuer: Issuer
    folder: DataFolder
    """One that is held already, so that nobody takes it while the studio opens."""


def build_container(settings: Settings, **fakes: Unpack[Fakes]) -> Container:
    """Return the studio, built and not yet running."""
    ground = _ground(settings, fakes.get("folder") or DataFolder(settings.data_dir), fakes.get("origin") or Origin())
    engines = {one.name: one for one in fakes.get("providers") or _providers(ground)}
    studios = _studios(engines, fakes.get("prices") or load_price_book())
    durable = fakes.get("engine") or _engine(settings)
    member = _member(ground, durable)
    runner = _runner(ground, studios, member)
    quotas = Quotas(ground.db, limited(fakes.get("tiers") or load_tiers(), settings))
    library = _library(ground, quotas)
    credit = CreditService(ground.db, ground.purse, quotas.tiers, ground.origin)
    reconciler = Reconciler(ground.db, durable, runner, ground.purse, ground.origin)
    access = access_service(ground.db, settings, clock=ground.origin.clock)
    health = HealthService(ground.db, ground.store, member, engines, Waits(**settings.health.model_dump()))
    return Container(
        settings=settings,
        folder=ground.folder,
        db=ground.db,
        store=ground.store,
        workbench=ground.workbench,
        access=access,
        identity=identity_service(ground.db, settings, access, issuer=fakes.get("issuer")),
        library=library,
        credits=credit,
        jobs=JobService(ground.db, ground.hub, runner, library, clock=ground.origin.clock),
        studio=ImageStudioManager(studios, _admission(ground, durable, credit, library)),
        health=health,
        census=census_of(settings, ground.db, health, clock=ground.origin.clock),
        audit=AuditService(ground.db),
        engine=durable,
        runner=runner,
        hub=ground.hub,
        member=member,
        reconciler=reconciler,
        chores=_chores(ground, reconciler, member, durable),
        purse=ground.purse,
        origin=ground.origin,
        rates=rate_service(ground.db, quotas.tiers, settings),
        quotas=quotas,
    )


def _chores(ground: _Ground, reconciler: Reconciler, member: Membership, engine: JobEngine) -> tuple[Periodic, ...]:
    """Return what is done now and then, by one process for all."""
    upkeep = ground.settings.upkeep

    async def reconciled() -> None:
        if await member.eldest():
            await member.adopt()
            await reconciler.reconcile()

    async def swept() -> None:
        if await member.eldest():
            now = ground.origin.clock()
            await sweep(ground.db, ground.store, now - timedelta(seconds=upkeep.sweep_grace_s))
            await engine.prune(now - FINISHED_KEPT)

    return (
        Periodic("reconcile", reconciled, every_s=EVERY_S),
        Periodic("sweep", swept, every_s=upkeep.sweep_s),
        *rate_chores(ground.db, ground.settings),
        *retention_chores(ground.settings, ground.db, clock=ground.origin.clock),
    )


def _library(ground: _Ground, quotas: Quotas) -> ContentAssetService:
    clock = ground.origin.clock
    signer = signer_of(ground.settings, ground.folder, clock=clock)
    return ContentAssetService(ground.db, ground.tracker, ground.store, signer, quotas=quotas, clock=clock)


def _admission(ground: _Ground, engine: JobEngine, credit: CreditService, library: ContentAssetService) -> Admission:
    return Admission(
        db=ground.db,
        engine=engine,
        credits=credit,
        library=library,
        origin=ground.origin,
        deadline_s=ground.settings.jobs.deadline_s,
        keys_kept=timedelta(hours=ground.settings.upkeep.idempotency_hours),
    )


def _ground(settings: Settings, folder: DataFolder, origin: Origin) -> _Ground:
    folder.make()
    workbench = workbench_of(settings)
    store = store_of(settings, folder, clock=origin.clock)
    return _Ground(
        settings=settings,
        folder=folder,
        origin=origin,
        db=Database(settings.database, pooling_of(settings)),
        store=store,
        workbench=workbench,
        tracker=AssetTracker(store, workbench, clock=origin.clock, new_id=origin.new_id),
        purse=Purse(clock=origin.clock, new_id=origin.new_id),
        hub=Hub(_wire(settings)),
    )


def _providers(ground: _Ground) -> tuple[Provider, ...]:
    """Return the engines, in the order of the alphabet."""
    return (LocalProvider(workbench=ground.workbench, models_dir=ground.settings.models_dir),)


def _studios(engines: Mapping[str, Provider], prices: PriceBook) -> Studios:
    templates, quality = TemplateManager.load(), load_quality_table()
    creation = CreateStudioService(
        templates=templates,
        quality=quality,
        enhancement=load_enhancement(),
        first_seed=lambda: secrets.randbelow(SEEDS),
    )
    edits = EditStudioService(quality=quality)
    return Studios(creation=creation, edits=edits, templates=templates, providers=engines, prices=prices)


def _is_shared(settings: Settings) -> bool:
    """Say whether several processes may run jobs on the database."""
    return parse(settings.database).get_backend_name() != "sqlite"


def _wire(settings: Settings) -> Wire | None:
    return Wire(parse(settings.database), connect_s=settings.db.connect_s) if _is_shared(settings) else None


def _engine(settings: Settings) -> JobEngine:
    jobs = settings.jobs
    idle_s = settings.workers.poll_s if _is_shared(settings) else jobs.poll_idle_s
    pace = Pace(running=jobs.running, busy_s=jobs.poll_busy_s, idle_s=idle_s)
    return DbosEngine(settings.database, pace, pooling_of(settings))


def _member(ground: _Ground, engine: JobEngine) -> Alone | Member:
    if not _is_shared(ground.settings):
        return Alone(engine)
    asked = ground.settings.workers
    return Member(
        ground.db,
        engine,
        pulse=Database(ground.settings.database, replace(pooling_of(ground.settings), pool=1, overflow=0)),
        new_id=ground.origin.new_id,
        beat_s=asked.beat_s,
        lease_s=asked.lease_s,
        drain_s=asked.drain_s,
    )


def _runner(ground: _Ground, studios: Studios, member: Alone | Member) -> JobRunner:
    jobs, asked = ground.settings.jobs, ground.settings.workers
    limits = {name: own.concurrency for name, own in ground.settings.providers.items() if own.concurrency}
    books = Books(
        db=ground.db,
        tracker=ground.tracker,
        purse=ground.purse,
        hub=ground.hub,
        origin=ground.origin,
        patience=Patience(ground.settings.db.outage_s),
    )
    state, slots = JobState(books), Slots(limits, default=jobs.calls)
    if isinstance(member, Member):
        slots = SharedSlots(
            slots, ground.db, lambda: member.worker, poll_s=asked.places_poll_s, stale_s=2 * asked.lease_s
        )
    maker = PartMaker(state, studios.providers, slots=slots, retries=jobs.retries, permit=member.permit)
    tasks = studio_tasks(studios.creation, studios.edits)
    runner = JobRunner(state, maker, tasks=tasks, store=ground.store, here=member)
    member.serve(runner, slots)
    return runner
