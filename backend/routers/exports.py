"""Exports taken along and repeated: archives of files, and the export sets of a workspace."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response, StreamingResponse

from backend.routers.deps import CurrentUser, ExportSets, Reader, Zips
from backend.schemas.export_sets import ExportSetForm, ExportSetList, ExportSetView
from backend.schemas.exports import ZipRequest
from backend.utils.filenames import disposition

router = APIRouter(prefix="/api/image-studio/social", tags=["image studio"])

Id = Annotated[str, Path(max_length=64, description="The export set's id.")]
ARCHIVE: dict[int | str, dict[str, Any]] = {  # Any: OpenAPI has no narrower name
    200: {
        "description": "The archive.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/zip", responses=ARCHIVE, response_class=Response)
async def zip_files(caller: Reader, zips: Zips, wanted: ZipRequest) -> Response:
    """Send files as one archive: a folder for each platform, a manifest, alt texts and a contact sheet."""
    archive = await zips.open(caller, wanted)
    headers = {"Content-Disposition": disposition("attachment", archive.filename), "Cache-Control": "no-store"}
    return StreamingResponse(archive.stream, media_type="application/zip", headers=headers)


@router.get("/export-sets")
async def list_export_sets(caller: CurrentUser, sets: ExportSets) -> ExportSetList:
    """List the workspace's export sets, in the order of their names."""
    return await sets.listed(caller)


@router.post("/export-sets", status_code=201)
async def add_export_set(caller: CurrentUser, sets: ExportSets, form: ExportSetForm) -> ExportSetView:
    """Keep choices for exports under a name."""
    return await sets.add(caller, form)


@router.get("/export-sets/{export_set_id}")
async def get_export_set(caller: CurrentUser, sets: ExportSets, export_set_id: Id) -> ExportSetView:
    """Return an export set."""
    return await sets.get(caller, export_set_id)


@router.put("/export-sets/{export_set_id}")
async def replace_export_set(
    caller: CurrentUser, sets: ExportSets, export_set_id: Id, form: ExportSetForm
) -> ExportSetView:
    """Change an export set to what is given."""
    return await sets.replace(caller, export_set_id, form)


@router.delete("/export-sets/{export_set_id}", status_code=204)
async def remove_export_set(caller: CurrentUser, sets: ExportSets, export_set_id: Id) -> None:
    """Delete an export set for good. What was made with it stays."""
    await sets.remove(caller, export_set_id)
