"""What a workspace may use at most: the tier's limits, as the operator has set them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.schemas.limits import RATE_KINDS, PerMinute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.services.image_studio.pricing import Tier


Numbers = tuple[int | None, int | None]
"""For one caller and for the workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """Limits that count for every tier; None: the tier's own, 0: none at all."""

    per_minute: Mapping[str, Numbers] = field(default_factory=dict[str, Numbers])
    """For one caller and for the workspace, by kind of request."""
    concurrent_jobs: int | None = None
    queued_jobs: int | None = None
    storage_bytes: int | None = None


def with_limits(tiers: Mapping[str, Tier], overrides: Overrides) -> dict[str, Tier]:
    """Return the tiers with the limits that the operator has set."""
    return {key: _with_limits(tier, overrides) for key, tier in tiers.items()}


def _with_limits(tier: Tier, overrides: Overrides) -> Tier:
    requests: dict[str, PerMinute] = {}
    for kind in RATE_KINDS:
        own = tier.requests.get(kind, PerMinute())
        caller, workspace = overrides.per_minute.get(kind, (None, None))
        requests[kind] = PerMinute(caller=_set(caller, own.caller), workspace=_set(workspace, own.workspace))
    return tier.model_copy(
        update={
            "requests": requests,
            "concurrent_jobs": _set(overrides.concurrent_jobs, tier.concurrent_jobs),
            "queued_jobs": _set(overrides.queued_jobs, tier.queued_jobs),
            "storage_bytes": _set(overrides.storage_bytes, tier.storage_bytes),
        }
    )


def _set(override: int | None, own: int | None) -> int | None:
    """Return the limit that counts."""
    return own if override is None else override or None
