"""The library as a whole over HTTP: its figures, its collections, and many assets at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response, StreamingResponse

from backend.routers.caching import Seen, cached
from backend.routers.content_assets import Asked, Asset
from backend.routers.deps import Bulk, Collections, CurrentUser, Figures, Reader, Zips
from backend.routers.exports import ARCHIVE
from backend.schemas.assets import ADDRESS, AssetPage
from backend.schemas.library import (
    BulkAnswer,
    BulkForm,
    CollectedForm,
    CollectionForm,
    CollectionList,
    CollectionView,
    ExportForm,
    LibraryStatistics,
    LineageView,
    MonthList,
    TagList,
)
from backend.schemas.library_query import LibraryFilter, TagsQuery
from backend.utils.filenames import disposition

router = APIRouter(prefix=ADDRESS, tags=["library"])

Id = Annotated[str, Path(max_length=64, description="The collection's id.")]


@router.get("/statistics", response_model=LibraryStatistics)
async def library_statistics(caller: CurrentUser, figures: Figures, seen: Seen) -> Response:
    """Count what the library holds."""
    return cached(await figures.statistics(caller), seen)


@router.get("/tags")
async def list_tags(caller: CurrentUser, figures: Figures, asked: Annotated[TagsQuery, Query()]) -> TagList:
    """List the tags in use, the most used first."""
    return await figures.tags(caller, asked)


@router.get("/months")
async def list_months(caller: CurrentUser, figures: Figures, asked: Annotated[LibraryFilter, Query()]) -> MonthList:
    """Count a part of the library by month, the latest first."""
    return await figures.months(caller, asked)


@router.post("/bulk")
async def change_many(caller: CurrentUser, bulk: Bulk, form: BulkForm) -> BulkAnswer:
    """Do one thing to many assets; what became of each is told, and those that fail stop no other."""
    return await bulk.do(caller, form)


@router.post("/export", responses=ARCHIVE, response_class=Response)
async def export_assets(caller: Reader, zips: Zips, form: ExportForm) -> Response:
    """Send assets as one archive, with manifests for programs and for tables and a contact sheet."""
    archive = await zips.library(caller, form)
    headers = {"Content-Disposition": disposition("attachment", archive.filename), "Cache-Control": "no-store"}
    return StreamingResponse(archive.stream, media_type="application/zip", headers=headers)


@router.get("/collections")
async def list_collections(caller: CurrentUser, collections: Collections) -> CollectionList:
    """List the workspace's collections, in the order of their names."""
    return await collections.listed(caller)


@router.post("/collections", status_code=201)
async def add_collection(caller: CurrentUser, collections: Collections, form: CollectionForm) -> CollectionView:
    """Make a collection."""
    return await collections.add(caller, form)


@router.get("/collections/{collection_id}")
async def get_collection(caller: CurrentUser, collections: Collections, collection_id: Id) -> CollectionView:
    """Return a collection."""
    return await collections.get(caller, collection_id)


@router.put("/collections/{collection_id}")
async def replace_collection(
    caller: CurrentUser, collections: Collections, collection_id: Id, form: CollectionForm
) -> CollectionView:
    """Change what a collection is called."""
    return await collections.replace(caller, collection_id, form)


@router.delete("/collections/{collection_id}", status_code=204)
async def remove_collection(caller: CurrentUser, collections: Collections, collection_id: Id) -> None:
    """Delete a collection for good. What is in it stays in the library."""
    await collections.remove(caller, collection_id)


@router.get("/collections/{collection_id}/assets")
async def list_collected(caller: CurrentUser, collections: Collections, collection_id: Id, asked: Asked) -> AssetPage:
    """Find assets in a collection, the newest first unless asked otherwise."""
    return await collections.assets(caller, collection_id, asked)


@router.post("/collections/{collection_id}/assets")
async def collect_assets(caller: CurrentUser, bulk: Bulk, collection_id: Id, form: CollectedForm) -> BulkAnswer:
    """Put assets into a collection; what became of each is told."""
    return await bulk.collect(caller, collection_id, form)


@router.delete("/collections/{collection_id}/assets/{asset_id}", status_code=204)
async def take_out_of_collection(
    caller: CurrentUser, collections: Collections, collection_id: Id, asset_id: Asset
) -> None:
    """Take an asset out of a collection. It stays in the library."""
    await collections.take_out(caller, collection_id, asset_id)


@router.get("/{asset_id}/lineage")
async def asset_lineage(caller: CurrentUser, figures: Figures, asset_id: Asset) -> LineageView:
    """Tell what an asset was made from and what was made from it."""
    return await figures.lineage(caller, asset_id)
