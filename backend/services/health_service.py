"""Whether the studio works: every part is tried, not assumed."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from backend import __version__
from backend.db.probe import probe
from backend.db.revision import prove_current, prove_reachable
from backend.errors import NotReady, StudioError
from backend.schemas.health import HealthAnswer, Probed, ReadyAnswer
from backend.services.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from backend.db.session import Database
    from backend.jobs.membership import Membership
    from backend.providers.base import Provider
    from backend.storage import ContentStore

    Try = Callable[[], Awaitable[object]]

log = structlog.get_logger()

STILL_TRUE_S = 1.0
"""How long it counts that everything went well: many may ask at once, and trying writes to the disk."""
PATIENCE_S = 5.0
"""A part that does not answer within this time does not work."""
OPERATIONS = {"create_studio": ("create",), "edit_studio": ("remove_background",)}
"""The studios, and the operations that at least one engine must be ready for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long a part may take to answer a server that wants to be ready, and how long its answer counts."""

    patience_s: float = 2
    still_s: float = 1
    storage_s: float = 15


WAITS = Waits()


class HealthService:
    """Tries the parts of the studio."""

    def __init__(
        self,
        db: Database,
        store: ContentStore,
        workers: Membership,
        providers: Mapping[str, Provider],
        waits: Waits = WAITS,
    ) -> None:
        self._db = db
        self._store = store
        self._workers = workers
        self._providers = providers
        self._well: tuple[float, HealthAnswer] | None = None
        self._patience_s = waits.patience_s
        self._needed = {
            "database": Kept(lambda: prove_reachable(db), still_s=waits.still_s),
            "tables": Kept(lambda: prove_current(db), still_s=waits.still_s),
            "storage": Kept(store.probe, still_s=waits.storage_s),
        }
        self._leaving = False

    def leave(self) -> None:
        """Be ready no more: what runs here ends, and no further requests should come."""
        self._leaving = True

    async def ready(self) -> ReadyAnswer:
        """Return what a server needs to answer requests, if all of it is there.

        Raises:
            NotReady: something is missing.
        """
        parts = await self.parts()
        lacks = tuple(name for name, there in parts.items() if not there)
        if lacks:
            raise NotReady(detail=f"This server is not ready: {', '.join(lacks)}.", missing=lacks)
        return ReadyAnswer(parts=tuple(parts))

    async def parts(self) -> dict[str, bool]:
        """Return the parts that a ready server needs, and whether each is there; asked side by side."""
        found = await asyncio.gather(*(self._there(part) for part in self._needed.values()))
        parts = dict(zip(self._needed, found, strict=True))
        if not parts["database"]:
            del parts["tables"]  # nobody can know
        return {**parts, "serving": not self._leaving}

    async def _there(self, part: Kept[None]) -> bool:
        # The part's own time-limit is the shorter one, so that what hangs is left behind and not waited for.
        return (await _tried(lambda: part.get(within_s=self._patience_s))).ok

    def engines(self) -> dict[str, bool]:
        """Return the engines, and whether each could serve anything now: its key and its models are there."""
        return {name: _any_ready(provider) for name, provider in self._providers.items()}

    async def check(self) -> HealthAnswer:
        """Return how every part does: tried now, or a moment ago if all of it went well."""
        if self._well and time.monotonic() - self._well[0] < STILL_TRUE_S:
            return self._well[1]
        found = await self._tried()
        self._well = (time.monotonic(), found) if found.status == "healthy" else None
        return found

    async def _tried(self) -> HealthAnswer:
        parts: dict[str, Try] = {
            "database": self._database,
            "storage": self._store.probe,
            "worker": self._worker,
            "models": self._models,
        }
        found = await asyncio.gather(*(_tried(part) for part in parts.values()))
        checks = dict(zip(parts, found, strict=True))
        vital = all(checks[name].ok for name in ("database", "storage", "worker"))
        healthy = vital and checks["models"].ok
        return HealthAnswer(
            status="healthy" if healthy else "degraded" if vital else "unhealthy",
            version=__version__,
            modules=self._modules(),
            checks=checks,
        )

    async def _database(self) -> None:
        await probe(self._db)

    async def _worker(self) -> None:
        if not await self._workers.alive():
            raise StudioError(detail="No worker takes jobs; restart the studio.")

    async def _models(self) -> None:
        lacks = [
            why
            for provider in self._providers.values()
            for offer in provider.offers
            if offer.local and (why := provider.missing(offer))
        ]
        if lacks:
            raise StudioError(detail=" ".join(lacks))

    def _modules(self) -> dict[str, str]:
        studios = {name: self._ready(operations) for name, operations in OPERATIONS.items()}
        engines = [name for name, provider in self._providers.items() if _any_ready(provider)]
        return {**studios, "templates": "available", "providers": ", ".join(engines) or "none is ready"}

    def _ready(self, operations: tuple[str, ...]) -> str:
        lacks: list[str] = []
        for provider in self._providers.values():
            for offer in provider.offers:
                if offer.operation in operations:
                    why = provider.missing(offer)
                    if why is None:
                        return "available"
                    lacks.append(why)
        return " ".join(lacks) or "no engine offers this"


def _any_ready(provider: Provider) -> bool:
    return any(provider.missing(offer) is None for offer in provider.offers)


async def _tried(part: Try) -> Probed:
    try:
        await asyncio.wait_for(part(), PATIENCE_S)
    except StudioError as error:
        return Probed(ok=False, detail=str(error))
    except TimeoutError:
        return Probed(ok=False, detail=f"It did not answer within {PATIENCE_S:g} seconds.")
    except Exception:  # the health probe's own: whatever breaks, the others are still told
        log.exception("health.broke")
        return Probed(ok=False, detail="It failed in an unexpected way; the log has the details.")
    return Probed(ok=True)
