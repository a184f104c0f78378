"""How jobs are run: alone, or as one of several processes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from backend import __version__
from backend.container.courtesy import courtesy_of, persistence_of
from backend.container.ground import is_shared
from backend.container.limits import pooling_of, rate_chores
from backend.container.telling import retention_chores
from backend.db.session import Database
from backend.jobs.calling import Engines
from backend.jobs.dbos_engine import DbosEngine, Pace
from backend.jobs.membership import Alone, Member
from backend.jobs.parts import PartMaker
from backend.jobs.patience import Patience
from backend.jobs.periodic import Periodic, Stirred
from backend.jobs.recovery import EVERY_S, Reconciler
from backend.jobs.runner import JobRunner, Makers
from backend.jobs.series import SeriesMaker
from backend.jobs.state import Books, JobState
from backend.services.image_studio.edit_promise import EditPromise
from backend.services.image_studio.marking import Marking, load_origins
from backend.services.image_studio.tasks import studio_tasks
from backend.services.recipes.driver import EVERY_S as RUNS_EVERY_S
from backend.services.recipes.driver import RecipeDriver
from backend.utils.sweep import sweep

if TYPE_CHECKING:
    from backend.container.ground import Ground
    from backend.jobs.engine import JobEngine
    from backend.jobs.membership import Membership
    from backend.services.image_studio.desk import Studios
    from backend.services.image_studio.studio_manager import ImageStudioManager
    from backend.settings import Settings

FINISHED_KEPT = timedelta(days=1)
"""How long the job engine's own records of finished work are kept; ours say more, and longer."""


def engine_of(settings: Settings) -> JobEngine:
    """Return the job engine, not yet opened."""
    jobs = settings.jobs
    look_s = settings.workers.poll_s if is_shared(settings) else jobs.poll_s
    pace = Pace(running=jobs.running, look_s=look_s)
    return DbosEngine(settings.database, pace, pooling_of(settings))


def member_of(ground: Ground, engine: JobEngine) -> Alone | Member:
    """Return what this process is among those that run jobs."""
    if not is_shared(ground.settings):
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


def runner_of(ground: Ground, studios: Studios, member: Alone | Member) -> JobRunner:
    """Return what runs jobs, with everything that takes."""
    books = Books(
        db=ground.db,
        tracker=ground.tracker,
        purse=ground.purse,
        hub=ground.hub,
        origin=ground.origin,
        patience=Patience(ground.settings.db.outage_s),
        say=Marking(origins=load_origins(), version=__version__, prompts=ground.settings.provenance.prompts),
    )
    state, courtesy = JobState(books), courtesy_of(ground, studios.breakers, member)
    engines = Engines(studios.providers, courtesy, member.permit)
    persistence = persistence_of(ground.settings)
    parts = PartMaker(state, engines, persistence=persistence, keeper=EditPromise(ground.workbench))
    makers = Makers(engines=engines, parts=parts, series=SeriesMaker(state, engines))
    tasks = studio_tasks(studios)
    runner = JobRunner(state, makers, tasks=tasks, store=ground.store, here=member)
    member.serve(runner, courtesy.slots)
    return runner


def chores_of(ground: Ground, reconciler: Reconciler, member: Membership, engine: JobEngine) -> tuple[Periodic, ...]:
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


def run_chore(ground: Ground, studio: ImageStudioManager, runner: JobRunner, member: Membership) -> Stirred:
    """Return what brings runs of recipes on: one process does it for all, at once whenever there is news of them."""
    driver = RecipeDriver(ground.db, studio, runner, hub=ground.hub, origin=ground.origin)

    async def driven() -> bool:
        return await member.eldest() and await driver.drive()

    return Stirred("runs", driven, every_s=RUNS_EVERY_S, hub=ground.hub)
