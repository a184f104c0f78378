"""Export sets: choices for exports that a workspace keeps under a name, such as a launch kit."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NewType

from pydantic import Field

from backend.schemas.base import Frozen
from backend.schemas.fields import Name
from backend.schemas.personas import Title
from backend.schemas.social_request import ExportChoices

ExportSetId = NewType("ExportSetId", str)


class ExportSetForm(ExportChoices):
    """What a set is."""

    name: Title
    """Each of a workspace's sets has another one."""
    platforms: Annotated[tuple[Name, ...], Field(min_length=1, max_length=60)]
    """Keys or aliases; a platform without `format_names` means its default format."""


class ExportSetView(ExportSetForm):
    """A set of a workspace."""

    id: ExportSetId
    files: int
    """How many files it makes of a picture."""
    created_at: datetime
    updated_at: datetime


class ExportSetList(Frozen):
    """The workspace's sets, in the order of their names."""

    export_sets: tuple[ExportSetView, ...]
    total: int
