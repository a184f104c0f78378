"""The library over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, File, Path, Query, Request, UploadFile
from starlette.responses import Response

from backend.routers.base64_pictures import decoded
from backend.routers.deps import PICTURES, CurrentUser, Library, OptionalUser, Shares
from backend.routers.serving import served
from backend.schemas.assets import (
    ADDRESS,
    AssetChange,
    AssetPage,
    AssetView,
    DeleteAnswer,
    FavoriteAnswer,
    NewRecord,
    Purpose,
    SaveForm,
    SignedQuery,
    TrashAnswer,
    UploadAnswer,
    UsageAction,
    UsageAnswer,
)
from backend.schemas.base import AssetId
from backend.schemas.library_query import LibraryQuery

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

router = APIRouter(prefix=ADDRESS, tags=["library"])
saving = APIRouter(prefix="/api/image-studio", tags=["library"])

Asset = Annotated[AssetId, Path(description="The asset's id.")]
Asked = Annotated[LibraryQuery, Query()]
Address = Annotated[SignedQuery, Query()]
BYTES: dict[int | str, dict[str, Any]] = {  # Any: OpenAPI has no narrower name
    200: {"description": "The bytes.", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}},
    206: {"description": "The range of them that was asked for."},
    304: {"description": "The caller has them already."},
    307: {"description": "Where a browser gets them, if the studio is set to send it to the store."},
    416: {"description": "The range lies outside."},
}


@router.get("", include_in_schema=False)
@router.get("/")
async def list_assets(caller: CurrentUser, library: Library, asked: Asked) -> AssetPage:
    """Find assets, the newest first unless asked otherwise."""
    return await library.list(caller, asked)


@router.post("", status_code=201, include_in_schema=False)
@router.post("/", status_code=201)
async def record_asset(caller: CurrentUser, library: Library, form: NewRecord) -> AssetView:
    """Put a text or a picture of any module into the library."""
    return await library.record(caller, form, decoded(form.image_base64, "image_base64"))


@router.post("/upload", status_code=201)
async def upload_assets(
    caller: CurrentUser,
    library: Library,
    file: Annotated[list[UploadFile], File(description="A picture; the part may be repeated.")],
    purpose: Annotated[Purpose | None, Query(description="What they only serve; they are not listed then.")] = None,
) -> UploadAnswer:
    """Upload pictures; those that can't be taken are listed with the reason."""
    return await library.upload(caller, _read(file), purpose)


@router.get("/{asset_id}")
async def get_asset(caller: CurrentUser, library: Library, asset_id: Asset) -> AssetView:
    """Show one asset."""
    return await library.get(caller, asset_id)


@router.put("/{asset_id}")
async def change_asset(caller: CurrentUser, library: Library, asset_id: Asset, change: AssetChange) -> AssetView:
    """Change an asset's title, description or tags."""
    return await library.update(caller, asset_id, change)


@router.delete("/trash")
async def empty_trash(caller: CurrentUser, shares: Shares) -> TrashAnswer:
    """Delete for good what lies in the trash, and make room."""
    return await shares.empty_trash(caller)


@router.delete("/{asset_id}")
async def delete_asset(caller: CurrentUser, library: Library, asset_id: Asset) -> DeleteAnswer:
    """Put an asset into the trash."""
    return await library.trash(caller, asset_id)


@router.post("/{asset_id}/restore")
async def restore_asset(caller: CurrentUser, library: Library, asset_id: Asset) -> AssetView:
    """Take an asset out of the trash."""
    return await library.restore(caller, asset_id)


@router.post("/{asset_id}/favorite")
async def toggle_favorite(caller: CurrentUser, library: Library, asset_id: Asset) -> FavoriteAnswer:
    """Make an asset a favourite, or no longer one."""
    return await library.toggle_favorite(caller, asset_id)


@router.post("/{asset_id}/usage")
async def track_usage(caller: CurrentUser, library: Library, asset_id: Asset, action: UsageAction) -> UsageAnswer:
    """Count a download or a share, or note an access."""
    return await library.track_usage(caller, asset_id, action)


@router.head("/{asset_id}/content", openapi_extra=PICTURES, include_in_schema=False)
@router.get("/{asset_id}/content", openapi_extra=PICTURES, responses=BYTES, response_class=Response)
async def asset_content(
    request: Request, caller: OptionalUser, library: Library, asset_id: Asset, query: Address
) -> Response:
    """Return an asset's bytes; a signed address needs no credentials."""
    return await served(request, await library.open(caller, asset_id, "content", query))


@router.head("/{asset_id}/thumbnail", openapi_extra=PICTURES, include_in_schema=False)
@router.get("/{asset_id}/thumbnail", openapi_extra=PICTURES, responses=BYTES, response_class=Response)
async def asset_thumbnail(
    request: Request, caller: OptionalUser, library: Library, asset_id: Asset, query: Address
) -> Response:
    """Return an asset's thumbnail, a WebP; a signed address needs no credentials."""
    return await served(request, await library.open(caller, asset_id, "thumbnail", query))


@router.head("/{asset_id}/files/{name}", openapi_extra=PICTURES, include_in_schema=False)
@router.get("/{asset_id}/files/{name}", openapi_extra=PICTURES, responses=BYTES, response_class=Response)
async def asset_file(  # noqa: PLR0913, PLR0917 - its path has two parts
    request: Request, caller: OptionalUser, library: Library, asset_id: Asset, name: str, query: Address
) -> Response:
    """Download a file that belongs to an asset, such as its layers; a signed address needs no credentials."""
    return await served(request, await library.open(caller, asset_id, f"files/{name}", query))


@saving.post("/save-to-library")
async def save_to_library(caller: CurrentUser, library: Library, form: SaveForm) -> AssetView:
    """Answer the asset that a picture already is; what the library does not hold yet is put into it."""
    return await library.save_to_library(caller, form, decoded(form.image_base64, "image_base64"))


async def _read(files: Sequence[UploadFile]) -> AsyncIterator[tuple[str, bytes]]:
    """Yield each file's name and bytes; one of them is in memory at a time."""
    for file in files:
        yield file.filename or "", await file.read()
