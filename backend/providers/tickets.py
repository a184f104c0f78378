"""Tickets of vendors that have several ways: what to ask for again, and what only the request knew."""

from __future__ import annotations

import json
from dataclasses import dataclass

from backend.errors import ProviderRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Work that was taken in: `way` is how it is asked for, `of` is its name or address there."""

    way: str
    of: str
    seed: int | None = None
    """What was sent, so that the picture can be made again."""

    def __str__(self) -> str:
        return json.dumps([self.way, self.of, self.seed], separators=(",", ":"))


def read(ticket: str, provider: str) -> Ticket:
    """Return a ticket that was written down.

    Raises:
        ProviderRefused: it is none of these.
    """
    try:
        told: object = json.loads(ticket)
    except ValueError:
        told = None
    match told:
        case [str(way), str(of), int() | None as seed]:
            return Ticket(way=way, of=of, seed=seed)
        case _:
            raise ProviderRefused(detail="This ticket is none of the engine's.", provider=provider)
