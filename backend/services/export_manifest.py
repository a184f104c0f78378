"""What stands beside exported files in an archive: a manifest for programs and for tables, and the alt texts."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

from pydantic import ValidationError

from backend.schemas.base import AssetId
from backend.schemas.exports import ManifestCheck, ManifestEntry
from backend.schemas.social_request import Exported
from backend.services.image_studio.naming import unique
from backend.utils.marks import TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue

    from backend.db.models import Asset
    from backend.schemas.exports import Manifest

OTHERS = "pictures"
"""The folder of files that are made for no platform."""
COLUMNS = (
    "name",
    "platform",
    "format",
    "width",
    "height",
    "bytes",
    "sha256",
    "crop",
    "checks_broken",
    "alt_text",
    "digital_source_type",
    "title",
    "prompt",
    "tags",
    "provider",
    "model",
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What tables take for the beginning of a formula."""


def export_of(row: Asset) -> Exported | None:
    """Return what is kept of an asset that was made for a platform; None of others."""
    own = {name: value for name, value in row.facts.items() if name in Exported.model_fields}
    try:
        return Exported.model_validate(own)
    except ValidationError:
        return None


def paths_of(rows: Sequence[Asset]) -> tuple[str, ...]:
    """Return where each asset lies in an archive: in a folder for its platform, under a name of its own."""
    exports = [export_of(row) for row in rows]
    folders = (export.platform if export else OTHERS for export in exports)
    return unique(f"{folder}/{row.filename}" for folder, row in zip(folders, rows, strict=True))


def entry_of(row: Asset, name: str, data: bytes) -> ManifestEntry:
    """Return what a manifest says of a file."""
    export = export_of(row)
    return ManifestEntry(
        name=name,
        asset_id=AssetId(row.id),
        platform=export.platform if export else None,
        format=export.format if export else None,
        format_id=export.format_id if export else None,
        width=row.width,
        height=row.height,
        mime=row.mime_type,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        crop=export.crop if export else None,
        score=export.score if export else None,
        upscaled=export.upscaled if export else None,
        checks=tuple(ManifestCheck(rule=c.rule, ok=c.ok, fix=c.fix) for c in export.checks) if export else (),
        notes=export.notes if export else (),
        alt_text=export.alt_text if export else None,
        title=row.title,
        prompt=row.prompt,
        tags=tuple(row.tags),
        provider=row.provider,
        model=row.model,
        digital_source_type=_source_type(row.facts.get("provenance")),
    )


def json_of(manifest: Manifest) -> bytes:
    """Return a manifest for programs."""
    return manifest.model_dump_json(indent=2).encode()


def csv_of(manifest: Manifest) -> bytes:
    """Return a manifest for tables: UTF-8 with the mark that tables know it by; no cell can be taken for a formula."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows([_cell(cell) for cell in _cells(entry)] for entry in manifest.files)
    return text.getvalue().encode("utf-8-sig")


def alt_texts_of(manifest: Manifest) -> bytes:
    """Return the alt texts, each below the name of its file; empty where there are none."""
    told = [f"{entry.name}\n{entry.alt_text}\n" for entry in manifest.files if entry.alt_text]
    return "\n".join(told).encode()


def _cells(entry: ManifestEntry) -> tuple[object, ...]:
    crop = entry.crop
    return (
        entry.name,
        entry.platform,
        entry.format,
        entry.width,
        entry.height,
        entry.bytes,
        entry.sha256,
        f"{crop.left},{crop.top},{crop.width},{crop.height}" if crop else None,
        ", ".join(check.rule for check in entry.checks if check.ok is False),
        entry.alt_text,
        entry.digital_source_type,
        entry.title,
        entry.prompt,
        ", ".join(entry.tags),
        entry.provider,
        entry.model,
    )


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULAS):
        return f"'{value}"
    return "" if value is None else value


def _source_type(told: JsonValue) -> str | None:
    found = told.get(TYPE) if isinstance(told, dict) else None
    return found if isinstance(found, str) else None
