"""What everything else stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.container.keeping import signing_of, store_of
from backend.container.limits import pooling_of, workbench_of
from backend.db.session import Database, parse
from backend.db.wire import Wire
from backend.jobs.hub import Hub
from backend.utils.asset_tracker import AssetTracker
from backend.utils.marks import Marks
from backend.utils.purse import Purse

if TYPE_CHECKING:
    from backend.datafolder import DataFolder
    from backend.imaging.workbench import Workbench
    from backend.settings import Settings
    from backend.storage import ContentStore
    from backend.utils.credentials import Signing
    from backend.utils.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the services stand on."""

    settings: Settings
    folder: DataFolder
    origin: Origin
    db: Database
    store: ContentStore
    workbench: Workbench
    tracker: AssetTracker
    signing: Signing
    purse: Purse
    hub: Hub


def ground_of(settings: Settings, folder: DataFolder, origin: Origin) -> Ground:
    """Return the ground, with nothing running on it yet."""
    folder.make()
    workbench = workbench_of(settings)
    store = store_of(settings, folder, clock=origin.clock)
    signing = signing_of(settings, folder, clock=origin.clock)
    return Ground(
        settings=settings,
        folder=folder,
        origin=origin,
        db=Database(settings.database, pooling_of(settings)),
        store=store,
        workbench=workbench,
        tracker=AssetTracker(store, workbench, Marks(signing), clock=origin.clock, new_id=origin.new_id),
        signing=signing,
        purse=Purse(clock=origin.clock, new_id=origin.new_id),
        hub=Hub(_wire(settings)),
    )


def is_shared(settings: Settings) -> bool:
    """Say whether several processes may run jobs on the database."""
    return parse(settings.database).get_backend_name() != "sqlite"


def _wire(settings: Settings) -> Wire | None:
    return Wire(parse(settings.database), connect_s=settings.db.connect_s) if is_shared(settings) else None
