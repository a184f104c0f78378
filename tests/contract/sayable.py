"""One spec for each operation that can be said in words, with its pictures."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from backend.schemas.specs import (
    EraseSpec,
    GeneralEditSpec,
    InpaintSpec,
    RelightSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    SketchSpec,
    StructureSpec,
    StyleSpec,
    StyleTransferSpec,
)
from tests.fakes.provider_server.pictures import picture


def encoded(width, height, about="an input"):
    return picture(width, height, about)


def mask_of(width, height):
    """A mask as the studio makes them ready: 8-bit grey, white where something changes."""
    levels = np.zeros((height, width), np.uint8)
    levels[height // 4 : height // 2, width // 4 : width // 2] = 255
    levels[: height // 8] = 128
    file = io.BytesIO()
    Image.fromarray(levels).save(file, "PNG")
    return file.getvalue()


ONE = {"image": encoded(1200, 900)}
MASKED = {**ONE, "mask": mask_of(1200, 900)}
DRAWN = {"control_image": encoded(1024, 768)}
SPECS = {
    "general_edit": (GeneralEditSpec(image="a", prompt="make it warmer", strength=0.5), ONE),
    "inpaint": (InpaintSpec(image="a", mask="m", prompt="a small boat", negative_prompt="people"), MASKED),
    "erase": (EraseSpec(image="a", mask="m"), MASKED),
    "search_replace": (SearchReplaceSpec(image="a", search_prompt="the dog", prompt="a grey cat"), ONE),
    "search_recolor": (SearchRecolorSpec(image="a", select_prompt="the car", prompt="teal"), ONE),
    "relight": (
        RelightSpec(image="a", background_image="b", prompt="a beach at dusk", light_direction="left"),
        {**ONE, "background_image": encoded(640, 480, "b")},
    ),
    "sketch": (SketchSpec(control_image="c", prompt="a lighthouse", strength=0.9), DRAWN),
    "structure": (StructureSpec(control_image="c", prompt="a castle of ice"), DRAWN),
    "style": (StyleSpec(control_image="c", prompt="a market street", fidelity=0.2), DRAWN),
    "style_transfer": (
        StyleTransferSpec(control_image="c", style_image="s"),
        {**DRAWN, "style_image": encoded(512, 512, "s")},
    ),
}
