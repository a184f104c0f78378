"""Figures that every server reads from the same database: take the largest of them, not their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from prometheus_client.core import Metric

    from backend.db.repositories.figures import Present, Whole
    from backend.services.census_service import Census

NAME = "image_studio"
MILLI = 1000
"""Milli-credits in a credit."""
BALANCES = ("available", "reserved", "spent")
MOVES = {"reserve": "reserved", "capture": "captured", "release": "released"}
WORKERS = ("alive", "leaving", "dead")
ENDED = ("done", "failed", "cancelled")


class Shared(Collector):
    """Tells the last census."""

    def __init__(self, places: Callable[[str], int]) -> None:
        self.census: Census | None = None
        self._places = places

    def collect(self) -> Iterator[Metric]:
        """Yield what is known; what the database did not say is left out, so that it is not taken for old truth."""
        census = self.census
        if census is None:
            return
        yield _gauge(
            "shared_up", "1 if the database told the figures below in time.", 0 if census.present is None else 1
        )
        yield _by("part", "part_ready", "1 if this server has a part that it needs to be ready.", census.parts)
        yield _by(
            "provider", "provider_ready", "1 if an engine could serve here: key and models are there.", census.engines
        )
        if census.present:
            yield from self._present(census.present, census)
            if census.whole:
                yield from _whole(census.whole, census.whole_at)

    def _present(self, seen: Present, census: Census) -> Iterator[Metric]:
        yield _by("status", "jobs_open", "Jobs that have not ended, by status.", seen.open_jobs)
        age = (census.now - seen.oldest_queued).total_seconds() if seen.oldest_queued else 0
        yield _gauge(
            "oldest_queued_job_age_seconds", "Age of the oldest job that nobody has begun; 0 if none.", max(age, 0)
        )
        workers = dict.fromkeys(WORKERS, 0) | dict(seen.workers)
        yield _by("state", "workers", "Processes that run jobs, by state.", workers)
        silence = (census.now - seen.silent_since).total_seconds() if seen.silent_since else 0
        yield _gauge("worker_silence_seconds", "Time since the quietest living worker was heard.", max(silence, 0))
        places = dict.fromkeys(census.engines, 0) | dict(seen.places)
        yield _by("provider", "provider_places_taken", "Places at an engine that workers share and hold.", places)
        limits = {name: self._places(name) for name in places}
        yield _by("provider", "provider_places_limit", "Calls that an engine takes at once.", limits)
        held = {name: seen.balances.get(name, 0) / MILLI for name in BALANCES}
        yield _by("account", "credits", "Credits of all workspaces by account.", held)


def _whole(sums: Whole, at: float) -> Iterator[Metric]:
    ended = dict.fromkeys(ENDED, 0) | dict(sums.ended_jobs)
    yield _by("status", "jobs_ended", "Jobs that have ended and are kept, by status.", ended)
    yield _gauge("library_assets", "Assets in all libraries, trash included.", sums.assets)
    yield _gauge("library_bytes", "What their content sums to.", sums.asset_bytes)
    moved = CounterMetricFamily(
        f"{NAME}_credits_moved", "Credits ever reserved, captured and released.", labels=["kind"]
    )
    for kind, word in MOVES.items():
        moved.add_metric([word], sums.moved.get(kind, 0) / MILLI)
    yield moved
    yield _gauge(
        "ledger_sum_credits", "What all entries of the ledger sum to: 0, or it is broken.", sums.ledger_sum / MILLI
    )
    drift = "How far kept balances are from the entries: 0, or the ledger is broken."
    yield _gauge("ledger_drift_credits", drift, sums.ledger_drift / MILLI)
    yield _gauge("ledger_checked_timestamp_seconds", "When the sums over everything were made.", at)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{NAME}_{name}", about, value=value)


def _by(label: str, name: str, about: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{NAME}_{name}", about, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], float(value))
    return family
