"""Numbers that nobody can set, and why: what the page of timeouts lists, and what a test finds every one of in."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.lint.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = frozenset(
    {
        *("S", "MS", "DAYS", "EVERY", "BUSY", "WAIT", "RETRIES", "TIMEOUT", "POOL", "GRACE", "PATIENCE", "PAUSE"),
        *("PAUSES", "BACKOFF", "ONCE", "REMEMBERED", "MAX", "MOST", "KEPT", "LIMIT"),
    }
)
"""A constant with one of these words in its name, and a number for its value, is a limit or a time."""
COMPUTING = ("backend/providers/local/",)
"""Where such names mean shapes and shades."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Constants that stay constants, for one reason."""

    reason: str
    names: tuple[str, ...]
    """`module:NAME`, below `backend`."""


CONSTANTS = (
    Kept(
        reason="Floors of safety: a setting could only make them lower. What passes is bounded whatever is sent.",
        names=(
            "imaging.containers.facts:MAX_BYTES",
            "providers.wavespeed.engine:_MOST_BYTES",
            "imaging.containers.facts:MAX_PIXELS",
            "schemas.specs.social:MOST_EXPORTS",
            "imaging.containers.facts:MAX_SIDE",
            "imaging.containers.facts:MAX_SCANS",
            "imaging.containers.facts:MAX_ICC_BYTES",
            "imaging.containers.facts:MAX_METADATA_BYTES",
            "imaging.containers.facts:MAX_PARTS",
            "imaging.containers.facts:MAX_FRAMES",
            "imaging.containers.facts:MAX_MOVING_PIXELS",
            "imaging.containers.exif:_MAX_ENTRIES",
            "imaging.containers.gif:_MAX_FRAMES_COUNTED",
            "imaging.containers.jpeg:_MAX_GAP",
            "routers.edge.json_text:MOST",
            "services.image_studio.enlargement:MOST_FACTOR",
            "services.image_studio.enlargement:MOST_PIXELS",
            "services.persona_service:MOST",
            "services.recipe_service:MOST",
            "schemas.recipes:MOST_COLUMNS",
            "schemas.recipes:MOST_ITEMS",
            "schemas.recipes:MOST_STEPS",
            "services.export_set_service:MOST",
            "services.collection_service:MOST",
            "services.library_bulk:MOST_TAGS",
            "schemas.library:MOST_AT_ONCE",
            "db.repositories.lineage:MOST_KIN",
            "schemas.exports:MOST_FILES",
            "identity.keys:MOST",
            "services.passwords:AT_ONCE",
            "services.passwords:REMEMBERED",
            "services.tiers:MOST_TIERS",
            "services.quotas:COUNTED_S",
            "services.quotas:MOST_COUNTED",
            "services.spending_service:MOST_DAYS",
        ),
    ),
    Kept(
        reason="Facts of a protocol or a unit.",
        names=(
            "services.rates:MINUTE_S",
            "storage.signing:_HOUR_S",
            "routers.problems:MOST_ERRORS",
            "imaging.encoding.encoders:MOST",
            "imaging.encoding.moving:_USUAL_MS",
        ),
    ),
    Kept(
        reason="What marks in files may take, and what is read of a stranger's: limits in bytes leave that much free.",
        names=(
            "imaging.provenance.types:MOST_BYTES",
            "imaging.provenance.splice:MOST",
            "imaging.provenance.manifest:MOST_INGREDIENTS",
            "imaging.provenance.reading:_MOST_LISTED",
            "imaging.provenance.told:_MOST",
        ),
    ),
    Kept(
        reason="What a promise about pixels is measured by.",
        names=("imaging.faithfulness:MOST_SHIFT", "imaging.masks:_MOST_COLOURED"),
    ),
    Kept(
        reason="Parts of a proof that work is done once: other values are not known to hold.",
        names=(
            "jobs.recovery:GRACE",
            "jobs.state:MAX_RUNS",
            "jobs.patience:WHOLE_S",
            "storage.removal:DECIDE_S",
            "storage.removal:SOON_S",
            "storage.removal:PAUSE_S",
            "services.kept:MOST_LEFT",
        ),
    ),
    Kept(
        reason="A vendor's own rules, as its documents state them: set otherwise, its engine is refused.",
        names=(
            "providers.openai:_MOST_BYTES",
            "providers.sizes:_MOST_ENLARGED",
            "providers.stability.answers:EVERY_S",
            "providers.stability.answers:_TIMED_OUT_S",
            "providers.stability.offers:MOST_PIXELS",
        ),
    ),
    Kept(
        reason="Paces that follow the work by themselves, or bound one step of it.",
        names=(
            "container.work:FINISHED_KEPT",
            "jobs.breakers:FIRST_S",
            "jobs.breakers:LONGEST_S",
            "jobs.breakers:REFUSED_S",
            "jobs.breakers:WINDOW_S",
            "jobs.parts:LAST_CHANCE_S",
            "jobs.persistence:BACKOFF_S",
            "jobs.persistence:LONGEST_S",
            "jobs.recovery:EVERY_S",
            "jobs.series:AT_ONCE",
            "jobs.series:GATHER_S",
            "jobs.dbos_engine:WAKING_S",
            "providers.http:_PAUSE_S",
            "providers.http:_LONGEST_PAUSE_S",
            "providers.huggingface.answers:_LONGEST_PAUSE_S",
            "providers.huggingface.mapping:FRESH_S",
            "providers.huggingface.routes:_POLL_S",
            "providers.wavespeed.answers:POLL_S",
            "imaging.encoding.searching:_PATIENCE",
            "services.recipes.driver:AT_ONCE",
            "services.recipes.driver:EVERY_S",
            "jobs.dbos_engine:PRUNED_AT_ONCE",
            "services.shared_rates:PAUSE",
            "services.access_service:NOTED_EVERY",
            "services.identity_service:NOTED_EVERY",
            "services.job_service:LOOK_S",
            "services.job_service:MOST_EVENTS",
            "services.job_service:HEARTBEAT_S",
            "services.backup.taking:AT_ONCE",
            "services.backup.restoring:AT_ONCE",
            "services.health_service:STILL_TRUE_S",
            "services.health_service:PATIENCE_S",
            "services.image_studio.search:MOST_WORDS",
            "services.image_studio.shapes:MOST_CUT",
            "observability.metrics:QUICK_S",
            "observability.metrics:SLOW_S",
            "imaging.forkserver:_ENDING_S",
            "storage.content:_PARTS_AT_ONCE",
            "datafolder:PAUSES_S",
            "db.refill:AT_ONCE",
            "db.embedded:AT_ONCE",
            "db.snapshot:AT_ONCE",
            "db.wire:BUNDLE_S",
            "db.wire:KEPT",
            "db.wire:AGAIN_S",
            "db.probe:LATELY_S",
            "jobs.telling:EVERY_S",
            "imaging.progress:_PAUSE_S",
            "db.resting:FRESH_S",
        ),
    ),
    Kept(
        reason="The patience of a command that a person has typed and can interrupt.",
        names=(
            "cli.api:PATIENCE_S",
            "cli.api:RETRIES",
            "cli.api:PAUSE_S",
            "cli.reach:WAIT_S",
            "cli.reach:LOOK_S",
            "cli.watching:CALLED_OFF_S",
            "cli.run:AT_ONCE",
        ),
    ),
)


@functools.cache
def found() -> dict[str, str]:
    """Return every constant that is a limit or a time, `module:NAME`, with its value as it is written."""
    return dict(_found())


def _found() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "backend").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(COMPUTING):
            continue
        module = place.removeprefix("backend/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    if name.isupper() and WORDS & set(name.split("_")) and _is_number(value):
                        yield f"{module}:{name}", ast.unparse(value)
                case _:
                    continue


def _is_number(value: ast.expr) -> bool:
    """Return whether a value is a number, a span of time, or several of them."""
    match value:
        case ast.Constant(value=int() | float()):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
        case ast.Call(func=ast.Name(id="timedelta")):
            return True
        case ast.Tuple(elts=parts):
            return all(_is_number(part) for part in parts)
        case _:
            return False
