"""What a job is to the runner: parts to be made, engines in the order to try them, and how each result is finished."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, ConfigDict

from backend.schemas.base import JobId, UserId, WorkspaceId
from backend.schemas.specs import SPEC, Spec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.db.base import JsonObject
    from backend.db.models import Job, ProviderCall
    from backend.imaging.provenance.types import Ingredient, Statement
    from backend.imaging.types import Size
    from backend.providers.base import Offer, Produced
    from backend.schemas.assets import Purpose
    from backend.schemas.base import Facts
    from backend.utils.asset_tracker import Stored


class Choice(BaseModel):
    """One engine and model to try, and what one part costs there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    provider: str
    model: str
    milli_credits: int


class WorkPlan(BaseModel):
    """What the runner needs of a plan: whom to try, in order."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    choices: tuple[Choice, ...]
    spread: tuple[int, ...] = ()
    """Who makes each part, by place; empty where the first makes them all."""

    def choices_for(self, ordinal: int) -> tuple[Choice, ...]:
        """Return whom to try for a part, in order: nobody dearer than the one that it is meant for."""
        if not self.spread:
            return self.choices
        meant = self.choices[self.spread[ordinal]]
        others = (one for one in self.choices if one is not meant and one.milli_credits <= meant.milli_credits)
        return meant, *others


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How a new asset is called and described."""

    filename: str
    title: str
    source_module: str
    prompt: str | None = None
    tags: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)
    purpose: Purpose | None = None
    """What it only serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """One part that came back from an engine, with all that is needed to judge and name it."""

    plan: JsonObject
    choice: Choice
    ordinal: int
    spec: Spec
    """The part's own."""
    produced: Produced
    stored: Stored
    """What was seen in the picture when it was kept."""
    before: Mapping[str, Size]
    """The inputs' sizes by field, in pixels."""


Permit = Callable[[], Awaitable[None]]
"""Returns when something new may be begun in this process."""
Say = Callable[["Making"], "Statement"]
"""Says of a part how it was made. Pure and quick."""
Task = Callable[[Finish], Label]
"""What an operation means: checks its promise on a finished part and says how to call it.

Pure and quick; raises a StudioError where the promise is broken.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAtWork:
    """A job as the runner holds it: the row's facts with their types, and what is already known of its parts."""

    id: JobId
    workspace: WorkspaceId
    user: UserId
    spec: Spec
    plan: JsonObject
    choices: tuple[Choice, ...]
    """Whom to try, in order, where the parts are not spread over engines."""
    work: WorkPlan
    traceparent: str | None
    """The trace that it was admitted in."""
    admitted: datetime
    deadline: datetime
    run: int
    """How often the job was begun until now: what tells this run from later ones."""
    settled: frozenset[int]
    """Ordinals of the parts whose outcome is written."""
    calls: tuple[ProviderCall, ...]
    """Calls that an earlier run of the job made or meant to make."""

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the ordinals that are still to be made."""
        return tuple(n for n in range(self.spec.parts) if n not in self.settled)


def at_work(job: Job, settled: frozenset[int], calls: tuple[ProviderCall, ...]) -> JobAtWork:
    """Return the job with its types given back."""
    work = WorkPlan.model_validate(job.plan)
    return JobAtWork(
        id=JobId(job.id),
        workspace=WorkspaceId(job.workspace_id),
        user=UserId(job.user_id),
        spec=SPEC.validate_python(job.spec),
        plan=job.plan,
        choices=work.choices,
        work=work,
        traceparent=job.traceparent,
        admitted=job.created_at,
        deadline=job.deadline_at,
        run=job.attempts,
        settled=settled,
        calls=calls,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The pictures that a job reads, by field: encoded, and their sizes in pixels."""

    images: Mapping[str, bytes]
    sizes: Mapping[str, Size]
    origins: Mapping[str, Ingredient]
    """What is known of where they come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """One part that an engine made, with all that is to be said of that in its file."""

    offer: Offer
    spec: Spec
    """The part's own."""
    origins: Mapping[str, Ingredient]
    produced: Produced


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What an engine is given for one part, and what is known already of what comes of it."""

    spec: Spec
    images: Mapping[str, bytes]
    facts: Facts = field(default_factory=dict)


class Keeper(Protocol):
    """What holds engines to the promises that don't depend on them, before and after their call."""

    async def ready(self, spec: Spec, inputs: Inputs) -> Ready:
        """Return what an engine is to be given.

        Raises:
            StudioError: the inputs don't allow it; no engine is asked then.
        """
        ...

    async def fitted(self, offer: Offer, images: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """Return the pictures as an engine takes them.

        Raises:
            ProviderRefused: it can't take one of them; another may.
        """
        ...

    async def settled(self, spec: Spec, ready: Ready, produced: Produced, *, local: bool) -> Produced:
        """Return what an engine made as it was promised; `local` says that the bytes are the studio's own.

        Raises:
            StudioError: it can't be.
        """
        ...


OfferTable = dict[tuple[str, str, str], "Offer"]
"""Offers by provider, model and operation."""
