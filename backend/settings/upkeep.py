"""Settings of what the studio does beside its work: computing in children, and tidying up."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field


class ImagingSettings(BaseModel):
    """The child processes in which pictures are read, computed and made; limits of one child each."""

    decoders: Annotated[int, Field(ge=1, le=64)] = 2
    """How many pictures from outside are read at once, each in a child of its own."""
    decode_s: Annotated[float, Field(gt=0, le=600)] = 60
    """How long one may take; then it is refused."""
    decode_cpu_s: Annotated[int, Field(ge=1, le=600)] = 20
    """The time of a processor that it may take."""
    decode_memory_mb: Annotated[int, Field(ge=256, le=65_536)] = 1024
    """The memory that it may take, in mebibytes of address space."""
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    """How many children compute on pictures of the library."""
    work_s: Annotated[float, Field(gt=0, le=3600)] = 60
    """How long one computation may take; then it fails."""
    work_memory_mb: Annotated[int, Field(ge=512, le=65_536)] = 2048
    """The memory that it may take, in mebibytes."""
    model_s: Annotated[float, Field(gt=0, le=3600)] = 120
    """How long one computation with a model of the local engine may take; there is one child for them."""
    model_memory_mb: Annotated[int, Field(ge=1024, le=262_144)] = 4096
    """The memory that it may take, models included, in mebibytes."""
    idle_s: Annotated[float, Field(gt=0, le=86_400)] = 60
    """After so long without work a child ends, and gives its memory back."""


class UpkeepSettings(BaseModel):
    """What is tidied up now and then."""

    sweep_s: Annotated[float, Field(ge=1, le=604_800)] = 3600
    """How often stored files that belong to nothing are removed."""
    sweep_grace_s: Annotated[float, Field(ge=1800, le=604_800)] = 3600
    """Files younger than this are left alone: they may be about to be recorded."""
    idempotency_hours: Annotated[float, Field(gt=0, le=48)] = 24
    """How long an `Idempotency-Key` stands for its request; no longer than `RETENTION__IDEMPOTENCY_DAYS` keeps it."""
