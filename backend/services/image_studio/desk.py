"""What stands behind the one door: the deciding services, what admitting takes, and how a request was sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from backend.db.session import Database
    from backend.jobs.engine import JobEngine
    from backend.providers.base import Provider
    from backend.services.content_asset_service import ContentAssetService
    from backend.services.credit_service import CreditService
    from backend.services.image_studio.control_service import ControlStudioService
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """How a request was sent: its path, the caller's name for it if any, and a digest of the body."""

    path: str
    key: str | None = None
    body_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studios:
    """The deciding services and the engines they decide about."""

    creation: CreateStudioService
    edits: EditStudioService
    controls: ControlStudioService
    upscales: UpscaleStudioService
    relayouts: RelayoutStudioService
    socials: SocialOptimizerService
    templates: TemplateManager
    providers: Mapping[str, Provider]
    prices: PriceBook
    formats: FormatShelf


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


def digest(body: bytes) -> str:
    """Return what tells two bodies of the same key apart."""
    return hashlib.sha256(body).hexdigest()
