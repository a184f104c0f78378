"""The page of timeouts: for each thing outside the program how long it is waited for, how often, and what then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.settings.table import leaves
from scripts.docs.constants import CONSTANTS, found
from scripts.docs.settings import default

if TYPE_CHECKING:
    from backend.settings.table import Leaf

PAGE = """\
# Timeouts, pools and retries

<!-- Made by `make docs` from scripts/docs/timeouts.py and backend/settings/. Change those, not this page. -->

For each thing that the studio talks to: how long it is waited for, how many talk to it at once, how often it is asked
again, and what becomes of the work when that is not enough. Each number is a [setting](settings.md), unless it is named
below among those that are none.

{things}

## What can't be set

{constants}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit on talking to something, and what happens beyond it."""

    what: str
    """`connect`, `answer`, `all of it`, `at once`, `again`, `pause`, or the like."""
    settings: tuple[str, ...]
    """`group.name`; a constant as `module:NAME`."""
    beyond: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something outside the program."""

    name: str
    limits: tuple[Limit, ...]


def _limit(what: str, *settings: str, beyond: str) -> Limit:
    return Limit(what=what, settings=settings, beyond=beyond)


SHORT = {"seconds": "s", "minutes": "min", "hours": "h"}
"""Units as they are written after a number."""
THINGS = (
    Thing(
        name="Database",
        limits=(
            _limit("connect", "db.connect_s", beyond="503 `database-unavailable`; jobs wait for it, see below"),
            _limit("a free connection, or another writer", "db.wait_s", beyond="503 `database-busy`; nothing changed"),
            _limit("at once", "db.pool", "db.overflow", beyond="further work waits for a free connection"),
            _limit("a transaction that stands still", "db.idle_s", beyond="it is ended and rolled back"),
            _limit("again: what jobs have to write", "db.outage_s", beyond="the job stays open for another worker"),
        ),
    ),
    Thing(
        name="Object store (S3)",
        limits=(
            _limit("connect", "storage.connect_s", beyond="asked again, then 503 `storage-unavailable`"),
            _limit("one request with its body", "storage.request_s", beyond="asked again, then the same"),
            _limit("again", "storage.retries", beyond="503 `storage-unavailable`; jobs wait as for the database"),
            _limit("again, in all", "storage.retry_s", beyond="not asked again"),
            _limit("at once, parts of one upload", "storage.content:_PARTS_AT_ONCE", beyond="further parts wait"),
        ),
    ),
    Thing(
        name="Engines",
        limits=(
            _limit("at once", "providers.<NAME>.concurrency", "jobs.calls", beyond="further calls wait for a place"),
            _limit("again", "jobs.retries", beyond="the next engine that the plan allows, else the part fails"),
            _limit("pause before that", "jobs.persistence:BACKOFF_S", beyond="doubles each time"),
            _limit("pause that an engine asks for", "jobs.pause_s", beyond="the next engine is tried at once"),
            _limit("calls a minute", "providers.<NAME>.per_minute", beyond="further calls wait for their turn"),
            _limit("asking for one ticket", "jobs.ticket_s", beyond="the part fails and is not charged"),
            _limit(
                "left alone after failures in a row",
                "jobs.breakers:FIRST_S",
                beyond="one call tries; if it fails, twice as long",
            ),
            _limit("left alone that refuses the key", "jobs.breakers:REFUSED_S", beyond="one call tries"),
            _limit("all of a job", "jobs.deadline_s", beyond="what is missing fails and is not charged"),
        ),
    ),
    Thing(
        name="Issuer of identities (OpenID Connect)",
        limits=(
            _limit("connect", "identity.connect_s", beyond="503 `identity-unavailable`, unless older keys still count"),
            _limit("answer", "identity.answer_s", beyond="the same"),
            _limit("keys are kept", "identity.keys_s", beyond="they are asked for again"),
            _limit("pause before asking again", "identity.keys_pause_s", beyond="unknown keys are refused meanwhile"),
            _limit("keys count without the issuer", "identity.keys_stale_s", beyond="its tokens are refused"),
        ),
    ),
    Thing(
        name="Collector of traces",
        limits=(
            _limit("one delivery", "telemetry.export_s", beyond="its spans are lost"),
            _limit("waiting to be delivered", "telemetry.queue", beyond="further spans are lost; work never waits"),
            _limit("deliveries", "telemetry.every_s", beyond=""),
        ),
    ),
    Thing(
        name="Browsers and programs that connect",
        limits=(
            _limit("waiting to be taken", "web.backlog", beyond="the system refuses the connection"),
            _limit("an idle connection", "web.keep_alive_s", beyond="it is closed"),
            _limit("waiting for a result", "jobs.wait_s", beyond="202 with the job"),
            _limit("silence on a stream of events", "services.job_service:HEARTBEAT_S", beyond="a comment is sent"),
            _limit("JSON with pictures", "limits.json_mb", beyond="413 `too-large`"),
            _limit("one uploaded file", "limits.upload_mb", beyond="413 `too-large`"),
            _limit(
                "tries of a password", "sign_in.attempts", "sign_in.attempts_address", beyond="429 `too-many-attempts`"
            ),
            _limit("the time they are counted in", "sign_in.attempts_minutes", beyond=""),
            _limit("any other body", "limits.body_mb", beyond="413 `too-large`"),
            _limit("open answers at the end", "web.stop_s", beyond="they are cut off; their jobs go on"),
        ),
    ),
    Thing(
        name="Shared counts of requests",
        limits=(
            _limit("answer", "rates.wait_s", beyond="each server counts for itself"),
            _limit("pause before asking again", "services.shared_rates:PAUSE", beyond="so many times the answer's"),
            _limit(
                "a tier is remembered", "rates.tier_s", beyond="it is looked up; without an answer the old one counts"
            ),
            _limit("callers remembered", "rates.remembered", beyond="the longest untouched are forgotten"),
        ),
    ),
    Thing(
        name="Child processes",
        limits=(
            _limit("reading at once", "imaging.decoders", beyond="further pictures wait"),
            _limit("reading one picture", "imaging.decode_s", beyond="it is refused: `worker-overrun`"),
            _limit("a processor's time for that", "imaging.decode_cpu_s", beyond="the same"),
            _limit("memory for that", "imaging.decode_memory_mb", beyond="the same"),
            _limit("computing at once", "imaging.workers", beyond="further work waits"),
            _limit("one computation", "imaging.work_s", beyond="`worker-overrun`; the part fails"),
            _limit("memory for that", "imaging.work_memory_mb", beyond="the same"),
            _limit("one computation with a model", "imaging.model_s", beyond="the same"),
            _limit("memory for that", "imaging.model_memory_mb", beyond="the same"),
            _limit("idle", "imaging.idle_s", beyond="the child ends"),
            _limit("ending", "imaging.forkserver:_ENDING_S", beyond="it is killed"),
        ),
    ),
    Thing(
        name="Workers, among each other",
        limits=(
            _limit("sign of life", "workers.beat_s", beyond=""),
            _limit("without one", "workers.lease_s", beyond="taken for dead: it stops itself, others take its jobs"),
            _limit("looking for work", "workers.poll_s", "jobs.poll_s", beyond=""),
            _limit("looking for a place at an engine", "workers.places_poll_s", beyond=""),
            _limit("at once", "jobs.running", beyond="further jobs stay queued"),
            _limit("ending", "workers.drain_s", beyond="what is left goes to others"),
        ),
    ),
    Thing(
        name="Readiness",
        limits=(
            _limit("a part's answer", "health.patience_s", beyond="not ready: 503"),
            _limit("an answer counts", "health.still_s", "health.storage_s", beyond="the part is tried again"),
            _limit("the database, for `/metrics`", "metrics.patience_s", beyond="figures that need none are told"),
        ),
    ),
    Thing(
        name="A server, for the command line",
        limits=(
            _limit("answer", "cli.api:PATIENCE_S", beyond="the command fails and says so"),
            _limit("again", "cli.api:RETRIES", beyond="the same"),
            _limit("pause before that", "cli.api:PAUSE_S", beyond=""),
        ),
    ),
)


def page() -> str:
    """Return the reference page of timeouts."""
    return PAGE.format(things="\n\n".join(_section(thing) for thing in THINGS), constants="\n\n".join(_constants()))


def by_path() -> dict[str, Leaf]:
    """Return every setting by `group.name`."""
    return {".".join(leaf.path): leaf for leaf in leaves()}


def _section(thing: Thing) -> str:
    known, fixed = by_path(), found()
    rows = [
        f"| {one.what} | {'<br>'.join(_named(name, known, fixed) for name in one.settings)} | {one.beyond} |"
        for one in thing.limits
    ]
    return "\n".join([f"## {thing.name}", "", "| | default | beyond it |", "|---|---|---|", *rows])


def _named(name: str, known: dict[str, Leaf], fixed: dict[str, str]) -> str:
    if ":" in name:
        return f"{fixed[name]}{' s' if name.endswith('_S') else ''} (`{name.partition(':')[2]}`)"
    leaf = known[name]
    value = default(leaf).strip("`")
    shown = f"{value} {SHORT.get(leaf.unit, leaf.unit)}".strip() if value else "the engine's own"
    return f"{shown} (`{leaf.variable}`)"


def _constants() -> list[str]:
    fixed = found()
    return [
        "\n".join([kept.reason, "", "| | |", "|---|---|", *(f"| `{name}` | `{fixed[name]}` |" for name in kept.names)])
        for kept in CONSTANTS
    ]
