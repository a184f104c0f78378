"""Settings of limits: how often, how many at once, how much."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

Most = Annotated[int, Field(ge=0, le=100_000_000)]
"""A limit where one is set instead of the tier's own; 0: no limit."""


class RatesSettings(BaseModel):
    """How many requests a minute may bring. Where a number is not set, the tier's own counts; 0 means no limit."""

    reads: Most | None = None
    """Looking at things, from one key or one person."""
    reads_workspace: Most | None = None
    """The same, from all of a workspace together."""
    writes: Most | None = None
    """Changing things, from one key or one person."""
    writes_workspace: Most | None = None
    """The same, from all of a workspace together."""
    work: Most | None = None
    """What makes pictures (create, edit and the like), from one key or one person."""
    work_workspace: Most | None = None
    """The same, from all of a workspace together."""
    pictures: Most | None = None
    """Pictures that are shown, from one key or one person."""
    pictures_workspace: Most | None = None
    """The same, from all of a workspace together."""
    open: Most = 12_000
    """What needs no credentials (health, the frontend's files, pictures by signed addresses), from one address."""
    sign_in: Most = 120
    """Attempts to sign in by any means, from one network address."""
    shared: bool = True
    """Whether servers that share a PostgreSQL database count together; each counts for itself otherwise."""
    wait_s: Annotated[float, Field(gt=0, le=60)] = 1
    """How long the shared count may take to answer; after that a server counts this request alone."""
    tier_s: Annotated[float, Field(ge=0, le=3600)] = 30
    """How long a workspace's tier is remembered: a change of tier takes effect after so long at most."""
    remembered: Annotated[int, Field(ge=100, le=10_000_000)] = 100_000
    """How many callers and addresses a server keeps counts of; about 200 bytes each."""
    tidy_s: Annotated[float, Field(ge=1, le=86400)] = 3600
    """How often shared counts that say nothing any more are removed."""

    def per_minute(self) -> dict[str, tuple[int | None, int | None]]:
        """Return what is set for callers and for workspaces, by kind of request."""
        return {
            "reads": (self.reads, self.reads_workspace),
            "writes": (self.writes, self.writes_workspace),
            "work": (self.work, self.work_workspace),
            "pictures": (self.pictures, self.pictures_workspace),
        }


class QuotaSettings(BaseModel):
    """What a workspace may use. Where a number is not set, the tier's own counts; 0 means no limit."""

    concurrent_jobs: Most | None = None
    """Jobs of a workspace that have not ended."""
    queued_jobs: Most | None = None
    """Jobs of a workspace that have not begun."""
    storage_gb: Annotated[float, Field(ge=0, le=1_000_000)] | None = None
    """What a workspace's library may take up, its trash included, in billions of bytes."""
