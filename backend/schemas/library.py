"""What the library tells of itself, and what is done with many of its assets at once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NewType, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.schemas.assets import Purpose, Tags
from backend.schemas.base import AssetId, Frozen
from backend.schemas.fields import FlatForm, Name, Words
from backend.schemas.limits import StorageView
from backend.schemas.personas import Title

CollectionId = NewType("CollectionId", str)
MOST_AT_ONCE = 500
"""How many assets one request changes or takes along."""
Many = Annotated[tuple[AssetId, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]
BulkAction = Literal[
    "favorite",
    "unfavorite",
    "delete",
    "restore",
    "purge",
    "tag",
    "untag",
    "add_to_collection",
    "remove_from_collection",
]
TAGGING = frozenset({"tag", "untag"})
COLLECTING = frozenset({"add_to_collection", "remove_from_collection"})


class BulkForm(FlatForm):
    """Do one thing to many assets."""

    asset_ids: Many
    action: BulkAction
    """`delete` puts into the trash, `purge` deletes for good what lies there."""
    tags: Tags = ()
    """For `tag` and `untag`."""
    collection_id: Name | None = None
    """For `add_to_collection` and `remove_from_collection`."""

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> Self:
        if bool(self.tags) != (self.action in TAGGING):
            raise ValueError("tags are given with tag and untag, and only with them")
        if (self.collection_id is not None) != (self.action in COLLECTING):
            raise ValueError("collection_id is given with add_to_collection and remove_from_collection, and only then")
        return self


class ItemProblem(BaseModel):
    """Why one asset stayed as it was: a problem of RFC 9457."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str


class BulkItem(Frozen):
    """What became of one asset."""

    asset_id: AssetId
    ok: bool
    problem: ItemProblem | None = None


class BulkAnswer(Frozen):
    """What became of each asset, in the order they were named."""

    action: BulkAction
    done: int
    failed: int
    results: list[BulkItem]


class ExportForm(FlatForm):
    """Ask for assets as one archive: those that are named, or those of a collection."""

    asset_ids: Annotated[tuple[AssetId, ...], Field(max_length=MOST_AT_ONCE)] = ()
    """In this order."""
    collection_id: Name | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if bool(self.asset_ids) == (self.collection_id is not None):
            raise ValueError("give asset_ids or collection_id, one of them")
        return self


class CollectionForm(FlatForm):
    """What a collection is called."""

    name: Title
    """Each of a workspace's collections has another one."""
    description: Words = ""


class CollectionView(Frozen):
    """A collection of a workspace."""

    id: CollectionId
    name: str
    description: str
    total: int
    """How many assets are in it, without those that lie in the trash."""
    covers: list[str]
    """Signed addresses of the thumbnails of up to 4 of them, the latest first."""
    created_at: datetime
    updated_at: datetime


class CollectionList(Frozen):
    """The workspace's collections, in the order of their names."""

    collections: list[CollectionView]
    total: int


class CollectedForm(FlatForm):
    """Put assets into a collection."""

    asset_ids: Many


class TagCount(Frozen):
    """A tag, and how many assets have it."""

    tag: str
    count: int


class TagList(Frozen):
    """Tags, the most used first; `total` counts all that match."""

    tags: list[TagCount]
    total: int


class MonthCount(Frozen):
    """A month in UTC as `2026-11`, and how many assets are of it."""

    month: str
    count: int


class MonthList(Frozen):
    """The months of what is asked for, the latest first; `total` counts all their assets."""

    months: list[MonthCount]
    total: int


class MonthFigures(MonthCount):
    """What a month brought."""

    bytes: int
    credits: float


class TrashFigures(Frozen):
    """What lies in the trash."""

    count: int
    bytes: int


class LibraryStatistics(Frozen):
    """What a library holds, without its trash."""

    total: int
    by_type: dict[str, int]
    by_source: dict[str, int]
    by_provider: dict[str, int]
    by_model: dict[str, int]
    by_operation: dict[str, int]
    by_platform: dict[str, int]
    by_month: list[MonthFigures]
    """The latest first."""
    tags: list[TagCount]
    """The 50 that are used most."""
    favorites: int
    collections: int
    downloads: int
    shares: int
    total_size: int
    """In bytes."""
    total_cost: float
    """In credits."""
    trashed: TrashFigures
    storage: StorageView
    """What everything takes up, files of assets and the trash included, and what may be."""


class LineageNode(Frozen):
    """An asset among those that it was made from and those that were made from it."""

    id: AssetId
    title: str
    filename: str
    thumbnail_url: str | None
    operation: str | None
    provider: str | None
    model: str | None
    cost: float
    """In credits."""
    width: int | None
    height: int | None
    is_favorite: bool
    purpose: Purpose | None
    trashed: bool
    created_at: datetime


class LineageEdge(Frozen):
    """One asset was made from another, which had a role in it, such as `image` or `mask`."""

    parent_id: AssetId
    child_id: AssetId
    role: str
    operation: str


class LineageView(Frozen):
    """What an asset was made from, back to the first, and what was made from it; the oldest first."""

    asset_id: AssetId
    nodes: list[LineageNode]
    edges: list[LineageEdge]
    truncated: bool
    """True where there is more than is shown."""
