"""How engines are treated: how many calls at once, how many in a while, and what rest each is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.container.limits import is_shared
from backend.jobs.breakers import Breakers
from backend.jobs.calling import Courtesy
from backend.jobs.membership import Alone
from backend.jobs.pacing import OwnTurns, Pace, Pacer, SharedTurns
from backend.jobs.persistence import Persistence
from backend.jobs.slots import SharedSlots, Slots
from backend.services.image_studio.paces import load_paces
from backend.services.rates import MINUTE_S

if TYPE_CHECKING:
    from backend.container.ground import Ground
    from backend.jobs.membership import Member
    from backend.settings import Settings


def breakers_of() -> Breakers:
    """Return what is known of the engines' health: nothing yet, but how long each wants to be left alone."""
    return Breakers(pauses={name: pace.pause_s for name, pace in load_paces().items() if pace.pause_s})


def courtesy_of(ground: Ground, breakers: Breakers, member: Alone | Member) -> Courtesy:
    """Return what is due to the engines."""
    own, settings = OwnTurns(), ground.settings
    turns = SharedTurns(ground.db, own) if is_shared(ground.db, settings) else own
    return Courtesy(slots=_slots_of(ground, member), pacer=Pacer(_paces(settings), turns), breakers=breakers)


def persistence_of(settings: Settings) -> Persistence:
    """Return how long things are tried."""
    jobs = settings.jobs
    return Persistence(retries=jobs.retries, pause_s=jobs.pause_s, ticket_s=jobs.ticket_s)


def _slots_of(ground: Ground, member: Alone | Member) -> Slots:
    jobs, asked = ground.settings.jobs, ground.settings.workers
    known = {name: pace.at_once for name, pace in load_paces().items() if pace.at_once}
    set_ = {name: own.concurrency for name, own in ground.settings.providers.items() if own.concurrency}
    alone = Slots(known | set_, default=jobs.calls)
    if isinstance(member, Alone):
        return alone
    return SharedSlots(alone, ground.db, lambda: member.worker, poll_s=asked.places_poll_s, stale_s=2 * asked.lease_s)


def _paces(settings: Settings) -> dict[str, Pace]:
    known = {name: Pace(calls=pace.calls, window_s=pace.window_s) for name, pace in load_paces().items()}
    minutes = {name: own.per_minute for name, own in settings.providers.items() if own.per_minute}
    return known | {name: Pace(calls=calls, window_s=MINUTE_S) for name, calls in minutes.items()}
