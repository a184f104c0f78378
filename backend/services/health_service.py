"""Whether the studio works: every part is tried, not assumed."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import structlog

from backend import __version__
from backend.db.probe import probe
from backend.errors import StudioError
from backend.schemas.health import Check, HealthAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from backend.db.session import Database
    from backend.jobs.engine import JobEngine
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


class HealthService:
    """Tries the parts of the studio."""

    def __init__(self, db: Database, store: ContentStore, engine: JobEngine, providers: Mapping[str, Provider]) -> None:
        self._db = db
        self._store = store
        self._engine = engine
        self._providers = providers
        self._well: tuple[float, HealthAnswer] | None = None

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
        if not await self._engine.alive():
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


async def _tried(part: Try) -> Check:
    try:
        await asyncio.wait_for(part(), PATIENCE_S)
    except StudioError as error:
        return Check(ok=False, detail=str(error))
    except TimeoutError:
        return Check(ok=False, detail=f"It did not answer within {PATIENCE_S:g} seconds.")
    except Exception:  # the health probe's own: whatever breaks, the others are still told
        log.exception("health.broke")
        return Check(ok=False, detail="It failed in an unexpected way; the log has the details.")
    return Check(ok=True)
