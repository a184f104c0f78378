"""The table of metrics, from the metrics themselves: each is made to tell something once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client.registry import CollectorRegistry

from backend.db.repositories.figures import Present, Whole
from backend.observability.metrics import Metrics
from backend.observability.shared import Shared
from backend.services.census_service import Census
from backend.tracing import Kind, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prometheus_client.core import Metric

OWN = "image_studio_"
NOTHING = Whole(ended_jobs={}, assets=0, asset_bytes=0, moved={}, ledger_sum=0, ledger_drift=0)
"""Sums over an empty studio."""
KINDS: tuple[Kind, ...] = ("request", "admission", "job", "call", "storage", "database")

PAGE = """\
# Metrics

<!-- Made by `make docs` from backend/observability/. Change the code, not this page. -->

What `/metrics` answers. [How to observe the studio](../how-to/observe.md) says who may read it.

No label names a workspace, a person, a job or an address: all figures are totals, and routes are told by their \
templates. Histograms have the usual `_bucket`, `_sum` and `_count`, in seconds.

## Of the process that answers

Each server tells its own; add them up over servers: `sum by (route) (rate(…[5m]))`. A worker tells them too, where \
`IMAGE_STUDIO_METRICS__WORKER_LISTEN` says at which address.

{own}

Besides these there are the usual `process_…` metrics: CPU, resident memory, open files, start.

## Of the whole studio

Every server reads these from the same database, at most every `IMAGE_STUDIO_METRICS__REFRESH_S` seconds. Servers tell \
the same: take the largest, `max by (…) (…)`, not the sum. While the database does not answer they are left out, and \
`image_studio_shared_up` is 0.

{present}

## Sums over everything

The same, at most every `IMAGE_STUDIO_METRICS__LEDGER_S` seconds: they need a look at the whole ledger and library.

{whole}
"""


def page() -> str:
    """Return the reference page of the metrics."""
    present = shared(sums=None)
    known = {family.name for family in present}
    whole = [family for family in shared(sums=NOTHING) if family.name not in known]
    return PAGE.format(own=_table(own()), present=_table(present), whole=_table(whole))


def names() -> set[str]:
    """Return every name under which Prometheus finds a sample of the studio's own."""
    return {sample.name for family in (*own(), *shared(sums=NOTHING)) for sample in family.samples}


def own() -> Sequence[Metric]:
    """Return the metrics of a process, each with a sample."""
    metrics = Metrics(connections=lambda: dict.fromkeys(("used", "idle", "most"), 0), places=lambda _: 0)
    metrics.open()
    try:
        for kind in KINDS:
            with step(kind, "x", {"studio.queued_s": 0}):
                pass
        return [family for family in metrics.registry.collect() if family.name.startswith(OWN)]
    finally:
        metrics.close()


def shared(*, sums: Whole | None) -> Sequence[Metric]:
    """Return the metrics of the studio, each with a sample."""
    registry, teller = CollectorRegistry(), Shared(lambda _: 0)
    teller.census = Census(
        present=Present(
            open_jobs={"queued": 0}, oldest_queued=None, workers={}, silent_since=None, places={"x": 0}, balances={}
        ),
        whole=sums,
        whole_at=0,
        parts={"database": True},
        engines={"x": True},
        now=datetime(2026, 11, 22, tzinfo=UTC),
    )
    registry.register(teller)
    return list(registry.collect())


def _table(families: Sequence[Metric]) -> str:
    return "\n".join(["| metric | type | labels | |", "|---|---|---|---|", *_rows(families)])


def _rows(families: Sequence[Metric]) -> Iterator[str]:
    for family in families:
        name = f"{family.name}_total" if family.type == "counter" else family.name
        labels = ", ".join(f"`{label}`" for label in family.samples[0].labels if label != "le")
        yield f"| `{name}` | {family.type} | {labels} | {family.documentation} |"
