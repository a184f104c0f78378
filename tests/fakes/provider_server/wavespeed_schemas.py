"""The fields of WaveSpeed's models, as each model's page states them; what a page leaves open is refused here.

Source: https://wavespeed.ai/models/<model>/llms.txt and https://wavespeed.ai/docs/docs-api/<model> (read 2026-11-23)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Rule = Callable[[Any], bool]

FORMATS = {"jpeg", "png", "webp"}
RATIOS = {"1:1": (1024, 1024), "16:9": (1312, 736), "9:16": (736, 1312), "4:3": (1152, 864), "3:4": (864, 1152)}
LEVELS = {"2k": 2048, "4k": 3840, "8k": 7680}
SIZE = re.compile(r"(\d+)\*(\d+)")
MEDIA = re.compile(r"data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}|https?://\S+")


def _text(value: Any, most: int = 10_000) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _seed(value: Any) -> bool:
    return isinstance(value, int) and -1 <= value <= 2_147_483_647


def _media(value: Any) -> bool:
    return isinstance(value, str) and MEDIA.fullmatch(value) is not None


def _size(most: int) -> Rule:
    def fits(value: Any) -> bool:
        found = SIZE.fullmatch(value) if isinstance(value, str) else None
        return bool(found) and all(256 <= int(side) <= most for side in found.groups())

    return fits


def _pictures(most: int) -> Rule:
    return lambda value: isinstance(value, list) and 0 < len(value) <= most and all(_media(one) for one in value)


FLAGS: dict[str, Rule] = {"enable_base64_output": _flag, "enable_sync_mode": _flag}
FORMAT: dict[str, Rule] = {"output_format": lambda value: value in FORMATS}
IDEOGRAM: dict[str, Rule] = {
    "prompt": _text,
    "image": _media,
    "mask_image": _media,
    "style": lambda value: value in {"Auto", "General", "Realistic", "Design"},
    "aspect_ratio": lambda value: value in RATIOS,
    "reference_images": _pictures(3),
    "enable_base64_output": _flag,
}
QWEN: dict[str, Rule] = {"prompt": _text, "size": _size(1536), "seed": _seed, **FORMAT, **FLAGS}
LARGER: dict[str, Rule] = {
    "image": _media,
    "target_resolution": lambda value: value in LEVELS,
    "creativity": lambda value: -2 <= value <= 2,
    **FORMAT,
    **FLAGS,
}
FIELDS: Mapping[str, Mapping[str, Rule]] = {
    "ideogram-ai/ideogram-v3-turbo": IDEOGRAM,
    "ideogram-ai/ideogram-v3-balanced": IDEOGRAM,
    "ideogram-ai/ideogram-v3-quality": IDEOGRAM,
    "wavespeed-ai/qwen-image/text-to-image": QWEN,
    "wavespeed-ai/qwen-image/text-to-image-2512": QWEN,
    "wavespeed-ai/qwen-image-2.0/text-to-image": {
        "prompt": lambda value: _text(value, 800),
        "size": _size(4096),
        "seed": _seed,
        **FLAGS,
    },
    "wavespeed-ai/qwen-image/edit": {**QWEN, "image": _media},
    "wavespeed-ai/qwen-image/edit-plus": {**QWEN, "images": _pictures(3)},
    "wavespeed-ai/image-eraser": {"image": _media, "mask_image": _media, "prompt": _text, **FORMAT, **FLAGS},
    "wavespeed-ai/image-upscaler": LARGER,
    "wavespeed-ai/ultimate-image-upscaler": {name: rule for name, rule in LARGER.items() if name != "creativity"},
}
REQUIRED = {"prompt", "image", "images"}
OPTIONAL = {("ideogram-ai", "image"), ("image-eraser", "prompt")}


def trouble(model: str, asked: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a request's fields; None if nothing is."""
    rules = FIELDS[model]
    if unknown := sorted(set(asked) - set(rules)):
        return f"unknown parameter: {unknown[0]}"
    needed = {name for name in REQUIRED & set(rules) if not any(part in model for part, at in OPTIONAL if at == name)}
    if missing := sorted(needed - set(asked)):
        return f"missing required parameter: {missing[0]}"
    wrong = [name for name, value in asked.items() if not rules[name](value)]
    return f"invalid value for parameter: {wrong[0]}" if wrong else None
