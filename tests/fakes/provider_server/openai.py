"""OpenAI's Images API: generations.

Source: https://developers.openai.com/api/docs/api-reference/images/create (read 2026-11-22), and the `openai` package
3.54.0, whose requests it was tried with.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.vendor import Vendor, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

KEY = "sk-fake-openai-key"
MODELS = {"gpt-image-2", *(f"gpt-image-2.{n}-{name}" for n in (5, 6) for name in ("flare", "sunburst"))}
FIELDS = {
    *("prompt", "model", "n", "size", "quality", "background", "output_format", "output_compression"),
    *("moderation", "partial_images", "stream", "user", "safety_identifier", "complexity"),
}
EFFORTS = {"low", "medium", "high", "auto"}
FORMATS = {"png", "webp", "jpeg"}
SIZE = re.compile(r"(\d+)x(\d+)")
LONGEST, MOST = 32_000, 3840 * 2160
FORBIDDEN = "forbidden-by-policy"
"""A prompt with this word is refused."""


async def generations(request: Request) -> Response:
    """Make pictures from words."""
    if request.headers.get("authorization") != f"Bearer {KEY}":
        said = "Incorrect API key provided: sk-wrong***********zzzz."
        return _refused(401, said, "invalid_request_error", code="invalid_api_key")
    if not request.headers.get("content-type", "").startswith("application/json"):
        return _refused(400, "The request must be JSON.", "invalid_request_error")
    asked: dict[str, Any] = await request.json()
    if trouble := _trouble(asked):
        param, said = trouble
        return _refused(400, said, "invalid_request_error", param=param)
    if FORBIDDEN in asked["prompt"]:
        said = "Your request was rejected by the safety system."
        return _refused(400, said, "image_generation_user_error", code="moderation_blocked")
    width, height = _size(asked.get("size", "auto"))
    kind = {"jpeg": "JPEG", "webp": "WEBP"}.get(asked.get("output_format", "png"), "PNG")
    made = [picture(width, height, f"{asked['prompt']} {n}", kind) for n in range(asked.get("n", 1))]
    tokens = {"input_tokens": len(asked["prompt"].split()), "output_tokens": 1056 * len(made)}
    return JSONResponse(
        {
            "created": 1_795_000_000,
            "data": [{"b64_json": base64.b64encode(one).decode()} for one in made],
            "usage": {
                **tokens,
                "total_tokens": sum(tokens.values()),
                "input_tokens_details": {"text_tokens": tokens["input_tokens"], "image_tokens": 0},
            },
        },
        headers={"x-request-id": "req_fake"},
    )


def _trouble(asked: dict[str, Any]) -> tuple[str, str] | None:
    """Return the first field that is wrong, and what is said of it."""
    unknown = sorted(set(asked) - FIELDS)
    size, sides = asked.get("size", "auto"), _size(asked.get("size", "auto"))
    rules = (
        (not unknown, unknown[0] if unknown else "", f"Unknown parameter: '{''.join(unknown[:1])}'."),
        (isinstance(asked.get("prompt"), str) and 0 < len(asked["prompt"]) <= LONGEST, "prompt", "Invalid 'prompt'."),
        (asked.get("model", "gpt-image-2") in MODELS, "model", f"The model '{asked.get('model')}' does not exist."),
        (asked.get("n", 1) in range(1, 11), "n", "Invalid 'n': integer from 1 to 10 expected."),
        (asked.get("quality", "auto") in EFFORTS, "quality", f"Invalid value: '{asked.get('quality')}'."),
        (asked.get("output_format", "png") in FORMATS, "output_format", "Invalid value for 'output_format'."),
        (_is_size(size, *sides), "size", f"Invalid value: '{size}'."),
    )
    return next(((param, said) for holds, param, said in rules if not holds), None)


def _size(size: str) -> tuple[int, int]:
    found = SIZE.fullmatch(size)
    return (int(found[1]), int(found[2])) if found else (1024, 1024)


def _is_size(size: str, width: int, height: int) -> bool:
    if size == "auto":
        return True
    whole = bool(SIZE.fullmatch(size)) and width % 16 == 0 == height % 16 and min(width, height) > 0
    return whole and max(width, height) <= 3 * min(width, height) and width * height <= MOST


def _refused(status: int, message: str, kind: str, *, param: str | None = None, code: str | None = None) -> Response:
    error = {"message": message, "type": kind, "param": param, "code": code}
    return JSONResponse({"error": error}, status, headers={"x-request-id": "req_fake_refused"})


KINDS = {401: "invalid_api_key", 402: "insufficient_quota", 429: "rate_limit_exceeded"}


def refused(status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as OpenAI words them."""
    told = _refused(status, said or "Invalid URL.", "invalid_request_error", code=KINDS.get(status))
    told.headers.update(headers or {})
    return told


VENDOR = Vendor(
    name="openai",
    key=KEY,
    ways=(Way(method="POST", path="/v1/images/generations", endpoint=generations),),
    refused=refused,
    base="/v1",
)
