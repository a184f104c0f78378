"""Who has asked too often: requests are counted by key or person, by workspace, and by network address."""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from backend.db.repositories.people import People
from backend.errors import MachineTrouble
from backend.services.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.db.session import Database
    from backend.schemas.base import Caller, WorkspaceId
    from backend.schemas.limits import RateKind, StrangerKind
    from backend.services.image_studio.pricing import Tier
    from backend.services.rates import Counter

NETWORK = 64
"""The bits of an IPv6 address that name a household or a server; the rest it chooses itself. (RFC 6177)"""

MOST_TIERS = 100_000
"""How many workspaces' tiers are remembered, before all are asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a caller stands with one limit; `policy` names it in headers and problems."""

    policy: str
    rate: Rate
    allowed: bool
    remaining: int
    more_in_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """How many requests without credentials a minute may bring from one network address; None: any number."""

    open: int | None
    sign_in: int | None


class TierLookup:
    """Finds out a workspace's tier, and remembers it for a while."""

    def __init__(self, db: Database, tiers: Mapping[str, Tier], *, kept_s: float) -> None:
        self._db = db
        self._tiers = tiers
        self._kept_s = kept_s
        self._known: dict[str, tuple[float, Tier]] = {}

    async def of(self, workspace: WorkspaceId) -> Tier:
        """Return a workspace's tier, as it was so many seconds ago, or when the database was last to be asked.

        Raises:
            MachineTrouble: the database can't be asked, and never was about this workspace.
        """
        known = self._known.get(workspace)
        now = time.monotonic()
        if known and known[0] > now:
            return known[1]
        try:
            async with self._db.read() as session:
                tier = self._tiers[(await People(session).workspace(workspace)).tier]
        except MachineTrouble:
            if known is None:
                raise
            return known[1]
        if len(self._known) >= MOST_TIERS:
            self._known.clear()
        self._known[workspace] = (now + self._kept_s, tier)
        return tier


class RateService:
    """Counts requests and says where whoever sends them stands."""

    def __init__(
        self,
        tier_of: TierLookup,
        counter: Counter,
        alone: Counter,
        *,
        strangers: Strangers,
    ) -> None:
        self._tier_of = tier_of
        self._counter = counter
        self._alone = alone
        self._strangers = strangers

    async def count(self, caller: Caller, kind: RateKind) -> tuple[Standing, ...]:
        """Count one request of somebody; the last standing is the refusal, if it is one."""
        limits = (await self._tier_of.of(caller.workspace_id)).requests.get(kind)
        if limits is None:
            return ()
        who = f"key:{caller.key_id}" if caller.key_id else f"person:{caller.user_id}"
        wanted = (
            (kind, limits.caller, f"{kind}:{who}@{caller.workspace_id}"),
            (f"{kind}-workspace", limits.workspace, f"{kind}:workspace:{caller.workspace_id}"),
        )
        found: list[Standing] = []
        for policy, units, name in wanted:
            if units is None:
                continue
            found.append(await _standing(self._counter, policy, units, name))
            if not found[-1].allowed:
                break
        return tuple(found)

    async def count_stranger(self, address: str, kind: StrangerKind) -> tuple[Standing, ...]:
        """Count one request from a network address that came without credentials, or with none that count.

        Attempts to sign in are counted for all servers together, everything else in this process: a flood of strangers
        must not become a flood of writes.
        """
        units = self._strangers.sign_in if kind == "sign_in" else self._strangers.open
        if units is None:
            return ()
        counter = self._counter if kind == "sign_in" else self._alone
        return (await _standing(counter, kind.replace("_", "-"), units, f"{kind}:{network_of(address)}"),)


async def _standing(counter: Counter, policy: str, units: int, name: str) -> Standing:
    rate = Rate(units=units)
    got = await counter.take(name, rate, 1)
    return Standing(policy=policy, rate=rate, allowed=got.granted > 0, remaining=got.remaining, more_in_s=got.more_in_s)


def network_of(address: str) -> str:
    """Return what a network address is counted under: an IPv4 address itself, an IPv6 address by its network."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]  # the name that a test or a Unix socket gives
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Address(int(parsed) >> (128 - NETWORK) << (128 - NETWORK)))
    return str(parsed)
