"""A model server that speaks as OpenAI does and knows less: no key, few fields, pictures in base64 or at an address.

Source: https://docs.vllm.ai/projects/vllm-omni/en/stable/serving/image_generation_api/ (read 2026-11-23), whose fields
these are; and its image edits page.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.vendor import Vendor, Way, world_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

MODEL = "Tongyi-MAI/Z-Image-Turbo"
KNOWN = {
    *("model", "prompt", "size", "n", "response_format"),
    *("negative_prompt", "num_inference_steps", "guidance_scale", "seed"),
}
FILES = {"image", "image[]", "mask"}
SIZE = re.compile(r"(\d+)x(\d+)")
FORMATS = {"b64_json", "url"}


async def generations(request: Request) -> Response:
    """Make a picture from words."""
    asked: dict[str, Any] = await request.json()
    return _trouble(asked, KNOWN) or _made(request, asked)


async def edits(request: Request) -> Response:
    """Make a picture from another."""
    async with request.form() as form:
        asked = {name: value for name, value in form.items() if isinstance(value, str)}
        if not any(name in form for name in ("image", "image[]")):
            return refused(422, "field required: image")
        return _trouble({**asked, **dict.fromkeys(form.keys() - asked.keys())}, KNOWN | FILES) or _made(request, asked)


def _trouble(asked: dict[str, Any], known: set[str]) -> Response | None:
    if unknown := sorted(set(asked) - known):
        return refused(422, f"extra fields not permitted: {', '.join(unknown)}")
    if asked.get("model", MODEL) != MODEL:
        return refused(404, f"The model `{asked['model']}` does not exist.")
    size = SIZE.fullmatch(str(asked.get("size", "1024x1024")))
    if not size or int(size[1]) % 16 or int(size[2]) % 16:
        return refused(400, "size must be WIDTHxHEIGHT in steps of 16")
    if asked.get("response_format", "b64_json") not in FORMATS:
        return refused(422, "response_format must be b64_json or url")
    return None if asked.get("prompt") else refused(422, "field required: prompt")


def _made(request: Request, asked: dict[str, Any]) -> Response:
    width, height = (int(side) for side in str(asked.get("size", "1024x1024")).split("x"))
    made = picture(width, height, str(asked["prompt"]))
    if asked.get("response_format") == "url":
        return JSONResponse({"created": 1, "data": [{"url": world_of(request).hang(request, made)}]})
    return JSONResponse({"created": 1, "data": [{"b64_json": base64.b64encode(made).decode()}]})


def refused(status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as such servers word them."""
    return JSONResponse({"detail": said or "Not Found"}, status, headers=headers)


VENDOR = Vendor(
    name="compatible",
    key="",
    ways=(
        Way(method="POST", path="/v1/images/generations", endpoint=generations),
        Way(method="POST", path="/v1/images/edits", endpoint=edits),
    ),
    refused=refused,
    base="/v1",
    settings=(
        "IMAGE_STUDIO_SERVERS__FAKE__BASE_URL={url}/compatible/v1",
        'IMAGE_STUDIO_SERVERS__FAKE__MODELS=\'[{{"name": "' + MODEL + '", "sizes": ["1024x1024"]}}]\'',
    ),
)
