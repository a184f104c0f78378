"""What stands behind the one door: the deciding services, what admitting takes, and how a request was sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from backend.db.models import IdempotencyKey
from backend.db.repositories.jobs import Jobs
from backend.errors import IdempotencyKeyReused
from backend.jobs.breakers import Breakers
from backend.schemas.base import JobId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from backend.db.session import AsyncSession, Database
    from backend.jobs.engine import JobEngine
    from backend.providers.base import Provider
    from backend.schemas.base import Caller
    from backend.services.content_asset_service import ContentAssetService
    from backend.services.credit_service import CreditService
    from backend.services.image_studio.control_service import ControlStudioService
    from backend.services.image_studio.conversion_service import ConversionService
    from backend.services.image_studio.create_service import CreateStudioService
    from backend.services.image_studio.edit_service import EditStudioService
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.services.image_studio.pricing import PriceBook
    from backend.services.image_studio.relayout_service import RelayoutStudioService
    from backend.services.image_studio.social_optimizer_service import SocialOptimizerService
    from backend.services.image_studio.templates import TemplateManager
    from backend.services.image_studio.upscale_service import UpscaleStudioService
    from backend.services.persona_service import PersonaService
    from backend.utils.origin import Origin


class Claim(Protocol):
    """A step of a run of a recipe, as far as admitting its job needs to know it."""

    @property
    def run(self) -> JobId:
        """Return the run, which is the job's parent."""
        ...

    async def take(self, session: AsyncSession, job: JobId) -> JobId | None:
        """Write within the admission that the job is this step; the other job's id where one is already.

        Raises:
            JobCancelled: the run needs the step no more.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """How a request was sent: its path, the caller's name for it if any, and a digest of the body."""

    path: str
    key: str | None = None
    body_hash: str = ""
    claim: Claim | None = None
    """Whose step the job is, where it is one of a run of a recipe: then that tells it from others, not a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studios:
    """The deciding services and the engines they decide about."""

    creation: CreateStudioService
    edits: EditStudioService
    controls: ControlStudioService
    upscales: UpscaleStudioService
    relayouts: RelayoutStudioService
    socials: SocialOptimizerService
    conversions: ConversionService
    templates: TemplateManager
    providers: Mapping[str, Provider]
    prices: PriceBook
    formats: FormatShelf
    breakers: Breakers = field(default_factory=Breakers)
    """What is known of the engines' health."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What admitting takes."""

    db: Database
    engine: JobEngine
    credits: CreditService
    library: ContentAssetService
    personas: PersonaService
    origin: Origin
    deadline_s: float
    keys_kept: timedelta
    """How long an idempotency key stands for its request."""


async def earlier(desk: Admission, session: AsyncSession, caller: Caller, job: JobId, sent: Submission) -> JobId | None:
    """Return the job that the caller's key stands for already, or the step of a run; None if it is `job` from now on.

    Raises:
        IdempotencyKeyReused: the key stands for another request.
        JobCancelled: the run needs the step no more.
    """
    if sent.claim is not None:
        return await sent.claim.take(session, job)
    if sent.key is None:
        return None
    now = desk.origin.clock()
    row = IdempotencyKey(path=sent.path, key=sent.key, body_hash=sent.body_hash, job_id=job, created_at=now)
    held = await Jobs(session).claim_key(caller.workspace_id, row, kept_since=now - desk.keys_kept)
    if held is None:
        return None
    if held.body_hash != sent.body_hash:
        detail = "This Idempotency-Key was sent before with another body. Use a new key for a new request."
        raise IdempotencyKeyReused(detail=detail, job_id=held.job_id)
    return JobId(held.job_id)


def digest(body: bytes) -> str:
    """Return what tells two bodies of the same key apart."""
    return hashlib.sha256(body).hexdigest()
