"""What this caller may not do, or not any more."""

from __future__ import annotations

from dataclasses import dataclass

from backend.errors.base import StudioError


@dataclass(eq=False, kw_only=True)
class AccessRefused(StudioError):
    """The studio knows the request but will not carry it out for this caller.

    Sign in, or use credentials that may.
    """

    slug = "access-refused"
    status = 403
    title = "Not for this caller"


@dataclass(eq=False, kw_only=True)
class SignInRequired(AccessRefused):
    """The request carries no valid credentials.

    Sign in, or send `Authorization: Bearer` with a session token or an API key. `image-studio link` prints a new
    sign-in link.
    """

    slug = "sign-in-required"
    status = 401
    title = "Sign in first"


@dataclass(eq=False, kw_only=True)
class NotAllowed(AccessRefused):
    """The caller's role or the key's scopes do not allow this.

    Ask an owner of the workspace for the role or scope named in `needs`.
    """

    slug = "not-allowed"
    status = 403
    title = "Not allowed"

    needs: str = ""


@dataclass(eq=False, kw_only=True)
class NotFound(AccessRefused):
    """There is no such thing in this workspace.

    Check the id; things of other workspaces are not shown either.
    """

    slug = "not-found"
    status = 404
    title = "Not found"


@dataclass(eq=False, kw_only=True)
class InsufficientCredits(AccessRefused):
    """The workspace has fewer credits than this costs. Nothing was charged.

    Use the local engine, which is free, make fewer pictures, or add credits. Amounts are in credits.
    """

    slug = "insufficient-credits"
    status = 402
    title = "Not enough credits"

    needed: float = 0
    available: float = 0


@dataclass(eq=False, kw_only=True)
class AbovePriceCap(AccessRefused):
    """Whoever could do this costs more than the request allows. Nothing was charged.

    `needed` is what the cheapest engine costs that could do it, `allowed` the request's `max_credits`. Raise that, make
    fewer pictures, or choose a lower quality; the local engine is free. Amounts are in credits.
    """

    slug = "above-price-cap"
    status = 402
    title = "It costs more than the request allows"

    needed: float = 0
    allowed: float = 0


@dataclass(eq=False, kw_only=True)
class QuotaExceeded(AccessRefused):
    """A limit of the workspace's tier is reached.

    `limit` names it; wait for running jobs to end, or change the tier.
    """

    slug = "quota-exceeded"
    status = 429
    title = "A limit of the tier is reached"

    limit: str = ""
    retry_after: int = 5


@dataclass(eq=False, kw_only=True)
class TooManyRequests(QuotaExceeded):
    """Requests came faster than the workspace's tier, or the studio, allows. This one was not carried out.

    Wait for `retry_after` seconds, then send it again; `limit` names the limit, and the headers `RateLimit` and
    `RateLimit-Policy` of every answer tell where you stand.
    """

    slug = "too-many-requests"
    status = 429
    title = "Too many requests"


@dataclass(eq=False, kw_only=True)
class StorageQuotaExceeded(AccessRefused):
    """The workspace's library takes up as much as its tier allows. Nothing was stored and nothing was charged.

    `used` and `allowed` are in bytes; the trash counts until it is emptied. Empty it, or change the tier.
    """

    slug = "storage-quota-exceeded"
    status = 403
    title = "The library is full"

    used: int = 0
    allowed: int = 0


@dataclass(eq=False, kw_only=True)
class TooManyAttempts(QuotaExceeded):
    """Signing in failed too often in a short time, for this e-mail address or from this network address.

    Wait for `retry_after` seconds, or use a sign-in link: `image-studio link` prints one.
    """

    slug = "too-many-attempts"
    status = 429
    title = "Too many attempts to sign in"


@dataclass(eq=False, kw_only=True)
class UnknownHost(AccessRefused):
    """The request was sent to a name that the studio does not answer to.

    Open the studio at its own address. Whoever runs it adds names with `IMAGE_STUDIO_WEB__HOSTS`, and those of a proxy
    with `IMAGE_STUDIO_WEB__TRUSTED_PROXIES`.
    """

    slug = "unknown-host"
    status = 421
    title = "Not a name of this studio"

    host: str = ""
