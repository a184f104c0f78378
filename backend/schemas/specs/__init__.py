"""Operation specs: one class for each operation, with exactly its fields.

A spec is what a request turns into at the door. The same object is planned, priced, stored in the job as JSON and
handed to the provider, so that a parameter is declared once. `parts` is how many pictures it asks for; `part(n)` is the
spec of the n-th alone, which is what one call to a provider gets.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from backend.schemas.specs.base import Change, OutputFormat, Palette, Quality, Seed, Side
from backend.schemas.specs.compress import CompressSpec, ConvertSpec
from backend.schemas.specs.control import (
    Control,
    ControlSpec,
    Guided,
    SketchSpec,
    StructureSpec,
    StyleSpec,
    StyleTransferSpec,
)
from backend.schemas.specs.create import CreateSpec
from backend.schemas.specs.edit import (
    EditSpec,
    EraseSpec,
    GeneralEditSpec,
    InpaintSpec,
    Masked,
    OutpaintSpec,
    Point,
    RelightSpec,
    RemoveBackgroundSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    SelectSpec,
)
from backend.schemas.specs.relayout import Layers, RelayoutSpec, Wording
from backend.schemas.specs.social import ExportSpec, SocialSpec
from backend.schemas.specs.upscale import UpscaleMode, UpscaleSpec

__all__ = [
    "SPEC",
    "Change",
    "CompressSpec",
    "Control",
    "ControlSpec",
    "ConvertSpec",
    "CreateSpec",
    "EditSpec",
    "EraseSpec",
    "ExportSpec",
    "GeneralEditSpec",
    "Guided",
    "InpaintSpec",
    "Layers",
    "Masked",
    "OutpaintSpec",
    "OutputFormat",
    "Palette",
    "Point",
    "Quality",
    "RelayoutSpec",
    "RelightSpec",
    "RemoveBackgroundSpec",
    "SearchRecolorSpec",
    "SearchReplaceSpec",
    "Seed",
    "SelectSpec",
    "Side",
    "SketchSpec",
    "SocialSpec",
    "Spec",
    "StructureSpec",
    "StyleSpec",
    "StyleTransferSpec",
    "UpscaleMode",
    "UpscaleSpec",
    "Wording",
]

Spec = Annotated[
    CreateSpec | EditSpec | UpscaleSpec | ControlSpec | RelayoutSpec | SocialSpec | CompressSpec | ConvertSpec,
    Field(discriminator="operation"),
]
SPEC: TypeAdapter[Spec] = TypeAdapter(Spec)
