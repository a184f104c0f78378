"""Compress and convert: which files a picture may become, and what is remembered of the one that it became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backend.errors import ProviderMisbehaved
from backend.schemas.recode import INPUTS, CompressRequest, ConvertRequest, RecodeAnswer
from backend.schemas.specs.compress import CompressSpec, ConvertSpec, FileType
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need, rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.imaging.types import Size
    from backend.schemas.base import Facts
    from backend.services.image_studio.answers import Changed, Outcome
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable

RecodeRequest = CompressRequest | ConvertRequest
RecodeSpec = CompressSpec | ConvertSpec
_OF: Final[Mapping[str, FileType]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
}
_BETTER: Final[tuple[FileType, ...]] = ("webp", "avif")
"""Types that every browser shows and that hold photographs in fewer bytes."""
_WITHOUT_QUALITY: Final = frozenset({"png", "gif"})


class ConversionService:
    """Decides about pictures that are to be written anew."""

    def __init__(self, *, quality: QualityTable) -> None:
        self._quality = quality

    def inputs(self, request: RecodeRequest) -> tuple[str, ...]:  # noqa: ARG002 - the shape of every service
        """Return the pictures that a request reads, by field."""
        return INPUTS

    def plan(self, request: RecodeRequest, inputs: Mapping[str, Input], market: Market) -> Plan:
        """Return what will be done with a picture.

        Raises:
            NoProvider: no engine can do it now.
        """
        image = inputs["image"]
        spec = _compression(request, image) if isinstance(request, CompressRequest) else _conversion(request, image)
        ranking = rank(Need(operation=spec.operation, input_size=image.size), market, self._quality)
        return plan_of(spec, ranking, market, Told(ignored=_unused(request)))

    def finish(self, plan: Plan, choice: Choice, before: Mapping[str, Size], after: Made) -> Facts:
        """Return what is to be remembered of the file.

        Raises:
            ProviderMisbehaved: its picture has another size than the one that came, or it has too many bytes.
        """
        spec, own = plan.spec, before["image"]
        assert isinstance(spec, RecodeSpec), "the container hands each plan to the service that made it"
        most = spec.max_bytes if isinstance(spec, CompressSpec) else None
        if after.size != own:
            detail = f"The picture should be {own} and came back as {after.size}."
            raise ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
        if most is not None and after.length > most:
            detail = f"The file should have at most {most:,} bytes and has {after.length:,}."
            raise ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
        return {"operation": spec.operation, "format": after.format, "reason": choice.reason, **after.facts}


def _compression(request: CompressRequest, image: Input) -> CompressSpec:
    own = _OF.get(image.mime, "jpg")
    wanted = request.output_format
    types = (own,) if wanted == "keep" else tuple(dict.fromkeys((own, *_BETTER))) if wanted == "auto" else (wanted,)
    return CompressSpec(image=image.id, types=types, max_bytes=request.max_bytes, min_ssim=request.min_ssim)


def _conversion(request: ConvertRequest, image: Input) -> ConvertSpec:
    return ConvertSpec(
        image=image.id, output_format=request.output_format, quality=request.quality, background=request.background
    )


def _unused(request: RecodeRequest) -> tuple[str, ...]:
    """Return the fields that change nothing."""
    if isinstance(request, CompressRequest):
        return ()
    deaf = request.quality is not None and request.output_format in _WITHOUT_QUALITY
    return ("quality",) if deaf else ()


def recoded(outcome: Outcome, changed: Changed, warnings: tuple[str, ...]) -> RecodeAnswer:
    """Return what a finished job answers."""
    asset, facts = changed.asset, changed.metadata
    before = _number(facts.get("original_bytes"), asset.file_size)
    quality = facts.get("quality")
    notes = facts.get("notes")
    return RecodeAnswer(
        success=True,
        operation="compress" if isinstance(outcome.plan.spec, CompressSpec) else "convert",
        output_format=_OF[asset.mime_type],
        mime=asset.mime_type,
        bytes=asset.file_size,
        original_bytes=before,
        saved=round(1 - asset.file_size / before, 4),
        unchanged=facts.get("unchanged") is True,
        quality=quality if isinstance(quality, int) else None,
        ssim=ssim if isinstance(ssim := facts.get("ssim"), float) else 1.0,
        frames=_number(facts.get("frames"), 1),
        width=asset.width or 0,
        height=asset.height or 0,
        metadata=facts,
        warnings=(*warnings, *(map(str, notes) if isinstance(notes, list) else ())),
        asset_id=asset.id,
        url=asset.file_url,
        job_id=outcome.job,
        cost=outcome.cost,
    )


def _number(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise
