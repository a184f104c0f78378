"""What goes wrong with engines."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from backend.errors.base import StudioError


@dataclass(eq=False, kw_only=True)
class ProviderFailed(StudioError):
    """An engine could not make the picture. Nothing was charged.

    Try again, or choose another engine.
    """

    slug = "provider-failed"
    status = 502
    title = "The engine failed"
    retryable = True

    provider: str = ""
    model: str = ""
    request_id: str = ""


@dataclass(eq=False, kw_only=True)
class ProviderRateLimited(ProviderFailed):
    """The engine takes no more requests for the moment.

    Try again after `retry_after` seconds, or choose another engine.
    """

    slug = "provider-rate-limited"
    status = 503
    title = "The engine is busy"

    retry_after: int = 10


@dataclass(eq=False, kw_only=True)
class ProviderTimeout(ProviderFailed):
    """The engine did not answer within the job's time.

    Try again, with fewer or smaller pictures, or choose another engine.
    """

    slug = "provider-timeout"
    status = 504
    title = "The engine took too long"


@dataclass(eq=False, kw_only=True)
class ProviderUnavailable(ProviderFailed):
    """The engine can't be reached, or is not ready.

    The detail says why; the local engine works without network.
    """

    slug = "provider-unavailable"
    status = 503
    title = "The engine is not available"


@dataclass(eq=False, kw_only=True)
class ProviderFaltered(ProviderUnavailable):
    """The engine broke down over this request and said so. Nothing was charged.

    The request is not sent to it again by itself, since it may have begun. Try again, or choose another engine.
    """

    slug = "provider-faltered"
    status = 502
    title = "The engine broke down"


@dataclass(eq=False, kw_only=True)
class ProviderMisbehaved(ProviderFailed):
    """The engine's answer was not what its documentation promises.

    Try again, or choose another engine.
    """

    slug = "provider-misbehaved"
    status = 502
    title = "The engine answered nonsense"


@dataclass(eq=False, kw_only=True)
class ProviderRefused(ProviderFailed):
    """The engine refused the request as it stands, or does not accept the configured key.

    The detail repeats what it said. Another engine may take it.
    """

    slug = "provider-refused"
    status = 502
    title = "The engine refused the request"


@dataclass(eq=False, kw_only=True)
class KeyRefused(ProviderRefused):
    """The engine does not accept the key, or the account behind it has no credits left. Nothing was charged.

    Check the key, or add credits at the vendor's. Until then the engine is left alone for minutes at a time.
    """

    slug = "provider-key-refused"
    status = 502
    title = "The engine does not accept the key"


@dataclass(eq=False, kw_only=True)
class OutcomeUnknown(ProviderFailed):
    """The engine took the work, and what became of it can't be learned: a line broke, or a time was up.

    Nothing was charged here and the call is not repeated by itself, since the engine may have billed it. Start it again
    if wanted.
    """

    slug = "outcome-unknown"
    status = 502
    title = "It is not known whether the engine finished"
    retryable = False


@dataclass(eq=False, kw_only=True)
class NoProvider(StudioError):
    """No engine offers this at the moment.

    `tried` says for each engine why not: no key, weights missing, or a limit of its models.
    """

    slug = "no-provider"
    status = 503
    title = "No engine can do this now"

    tried: dict[str, str] = dataclasses.field(default_factory=dict[str, str])
