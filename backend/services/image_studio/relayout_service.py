"""Relayout: a designed graphic laid out again for another format, from the layers that are kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from backend.errors import ProviderMisbehaved, RequestRefused
from backend.imaging.types import Size
from backend.schemas.assets import SignedQuery
from backend.schemas.relayout import COMPOSITION
from backend.schemas.specs import Layers, RelayoutSpec, Wording
from backend.services.image_studio.plans import Told, plan_of
from backend.services.image_studio.routing import Need, rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.assets import AssetView
    from backend.schemas.base import AssetId, Caller, Facts
    from backend.schemas.relayout import RelayoutRequest
    from backend.services.content_asset_service import ContentAssetService
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Choice, Made, Plan
    from backend.services.image_studio.preferences import QualityTable
    from backend.services.image_studio.templates import ImageTemplate, TemplateManager


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A designed graphic of the library: its size, the prompt it was made from, and its layers."""

    asset: AssetId
    size: Size
    prompt: str | None
    layers: Layers


class RelayoutStudioService:
    """Decides about designs that are laid out again."""

    def __init__(self, *, templates: TemplateManager, quality: QualityTable) -> None:
        self._templates = templates
        self._quality = quality

    def plan(self, request: RelayoutRequest, design: Design, market: Market) -> Plan:
        """Return what will be done with a design.

        Raises:
            InvalidRequest: there is no such template.
            NoProvider: no engine can do it now.
        """
        template = self._templates.get(request.template_id) if request.template_id else None
        size = _size(request, template, design)
        spec = RelayoutSpec(
            image=design.asset,
            layers=design.layers,
            width=size.width,
            height=size.height,
            prompt=request.prompt,
            words=request.words or Wording(),
            palette=request.palette,
            seed=request.seed,
            original_prompt=design.prompt,
            template_id=template.id if template else None,
        )
        told = Told(template=(template.id, template.name) if template else None)
        return plan_of(spec, rank(Need(operation=spec.operation, size=size), market, self._quality), market, told)

    def finish(self, plan: Plan, choice: Choice, before: Mapping[str, Size], made: Made) -> Facts:
        """Return what is to be remembered of a design that was laid out again.

        Raises:
            ProviderMisbehaved: it is not of the size that was promised.
        """
        spec = plan.spec
        assert isinstance(spec, RelayoutSpec), "the container hands each plan to the service that made it"
        promised = Size(spec.width, spec.height)
        if made.size != promised:
            detail = f"The picture should measure {promised} and measures {made.size}."
            raise ProviderMisbehaved(detail=detail, provider=choice.provider, model=choice.model)
        return {
            "operation": spec.operation,
            "prompt": spec.original_prompt,
            "laid_out_from": str(before.get("image", promised)),
            "template_id": plan.template_id,
            "template_name": plan.template_name,
            "seed": made.seed,
            "format": made.format,
            "generative": choice.generative,
            "reason": choice.reason,
            "notes": list(plan.notes),
            "engine": made.facts,
        }


def _size(request: RelayoutRequest, template: ImageTemplate | None, design: Design) -> Size:
    """Return the sides that are given, else the template's, else the design's own."""
    if request.width is not None and request.height is not None:
        return Size(request.width, request.height)
    return template.size if template else design.size


async def design_in(library: ContentAssetService, caller: Caller, asset: AssetId) -> Design:
    """Return the design that an asset of the library is.

    Raises:
        NotFound: it is not in the workspace, or in the trash.
        RequestRefused: it is not a designed graphic, so there is nothing to lay out.
    """
    view = await library.get(caller, asset)
    if view.width is None or view.height is None or not _is_designed(view):
        raise _not_designed(view)
    kept = await library.open(caller, asset, f"files/{COMPOSITION}", SignedQuery())
    data = b"".join([chunk async for chunk in await kept.stream(0, await kept.size())])
    try:
        layers = Layers.model_validate_json(data)
    except ValidationError as wrong:
        raise _not_designed(view) from wrong
    return Design(asset=view.id, size=Size(view.width, view.height), prompt=view.prompt, layers=layers)


async def design_of(library: ContentAssetService, caller: Caller, asset: AssetId) -> Design | None:
    """Return the design that an asset of the library is; None where it is any other picture.

    Raises:
        NotFound: it is not in the workspace, or in the trash.
    """
    return await design_in(library, caller, asset) if _is_designed(await library.get(caller, asset)) else None


def _is_designed(view: AssetView) -> bool:
    return any(file.name == COMPOSITION for file in view.files)


def _not_designed(view: AssetView) -> RequestRefused:
    return RequestRefused(
        detail=f"{view.filename} was not designed by the studio, so it has no layout that could be done again."
        " Crop it, or extend it with the edit `outpaint`."
    )
