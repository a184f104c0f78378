"""What is remembered of an exported file, and what is told of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from backend.errors import ProviderMisbehaved
from backend.imaging.measuring import Measured
from backend.imaging.types import Box
from backend.schemas.social_request import Exported, Seen, Shown, SocialAnswer, SocialError, SocialResult
from backend.services.image_studio.checks import checks_of
from backend.services.image_studio.format_shelf import safe_zone_of
from backend.services.image_studio.social_exports import WRITTEN

if TYPE_CHECKING:
    from backend.schemas.assets import AssetView
    from backend.schemas.specs.social import ExportSpec, SocialSpec
    from backend.services.image_studio.answers import Outcome, Part
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.services.image_studio.plans import Made

_TYPES = {written: kind for kind, written in WRITTEN.items()}
_OWN = frozenset(Exported.model_fields)


def exported(spec: SocialSpec, export: ExportSpec, made: Made, shelf: FormatShelf) -> Exported:
    """Return what is kept of a file, checked against its format.

    Raises:
        ProviderMisbehaved: the engine says nothing of the file that could be kept.
    """
    try:
        seen = Seen.model_validate(made.facts)
    except ValidationError as wrong:
        raise ProviderMisbehaved(detail="The engine did not say how it made the file.") from wrong
    meant = shelf.meant(f"{export.platform}.{export.format_id}")
    assert meant is not None, "plans name formats of the shelf"
    platform, form = meant
    return Exported(
        **{name: getattr(seen, name) for name in Shown.model_fields if name != "notes"},
        notes=export.notes + seen.notes,
        platform=platform.key,
        format=form.name,
        format_id=form.id,
        ratio=form.size.ratio,
        safe_zone=safe_zone_of(form),
        mode=spec.mode,
        laid_out=spec.layers is not None,
        checks=checks_of(platform, form, _measured(spec, seen, made), cited=shelf.sources),
        alt_text=spec.alt_text,
    )


def _measured(spec: SocialSpec, seen: Seen, made: Made) -> Measured:
    return Measured(
        type=_TYPES[seen.encoding],
        bytes=made.length,
        size=made.size,
        see_through=seen.see_through,
        faces=None if seen.faces is None else tuple(Box(*face) for face in seen.faces),
        text=None if seen.text is None else tuple(Box(*box) for box in seen.text),
        upscaled=seen.upscaled,
        alt_text=spec.alt_text,
    )


def social_answer(spec: SocialSpec, outcome: Outcome) -> SocialAnswer:
    """Return the answer of a job, as far as its parts are settled."""
    results = tuple(_result(part.asset) for part in outcome.parts if part.asset)
    return SocialAnswer(
        success=bool(results),
        results=results,
        total_optimized=len(results),
        errors=tuple(_error(spec, part) for part in outcome.parts if part.asset is None),
        source=spec.image,
        job_id=outcome.job,
        cost=outcome.cost,
    )


def _result(asset: AssetView) -> SocialResult:
    kept = Exported.model_validate({k: v for k, v in asset.asset_metadata.items() if k in _OWN})
    return SocialResult(
        **{name: getattr(kept, name) for name in Exported.model_fields},
        width=asset.width or 0,
        height=asset.height or 0,
        bytes=asset.file_size,
        mime=asset.mime_type,
        filename=asset.filename,
        asset_id=asset.id,
        url=asset.file_url,
        thumbnail_url=asset.thumbnail_url,
    )


def _error(spec: SocialSpec, part: Part) -> SocialError:
    export = spec.exports[part.ordinal]
    return SocialError(
        platform=export.platform, format=export.format, format_id=export.format_id, problem=part.problem or {}
    )
