"""OpenAI's Images API: generations and edits.

Source: https://developers.openai.com/api/docs/api-reference/images (read 2026-11-22), and the `openai` package 3.54.0,
which the tests drive it with. From memory: the smallest area, the code of a refusal, and that empty accounts are a 429.
"""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError
from starlette.responses import JSONResponse

from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.vendor import Vendor, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    Trouble = tuple[str, str] | None

KEY = "sk-fake-openai-key"
MODELS = {"gpt-image-2", *(f"gpt-image-2.{n}-{name}" for n in (5, 6) for name in ("flare", "sunburst"))}
COMMON = {
    *("prompt", "model", "n", "size", "quality", "background", "output_format", "output_compression"),
    *("moderation", "partial_images", "stream", "user", "safety_identifier"),
}
MAKING, CHANGING = COMMON | {"complexity"}, COMMON | {"image", "image[]", "mask"}
EFFORTS = {"low", "medium", "high", "auto"}
MORE_EFFORTS = {"xhigh", "max"}
FORMATS = {"png", "webp", "jpeg"}
BACKGROUNDS = {"auto", "opaque", "transparent"}
SIZE = re.compile(r"(\d+)x(\d+)")
LONGEST, LEAST, MOST = 32_000, 655_360, 3840 * 2160
MOST_PICTURES, MOST_BYTES, MOST_MASK = 16, 50 * 1024 * 1024, 4 * 1024 * 1024
PATCH, MOST_PATCHES = 32, 1536
FORBIDDEN = "forbidden-by-policy"
"""A prompt with this word is refused."""
BROKE = "an-empty-account"
"""A prompt with this word is one too much for the account."""


async def generations(request: Request) -> Response:
    """Make pictures from words."""
    if refusal := _no_key(request):
        return refusal
    if not request.headers.get("content-type", "").startswith("application/json"):
        return _refused(400, "The request must be JSON.", "invalid_request_error")
    asked: dict[str, Any] = await request.json()
    return _trouble(asked, MAKING) or _made(asked, [])


async def edits(request: Request) -> Response:
    """Make pictures from pictures and words."""
    if refusal := _no_key(request):
        return refusal
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return _refused(400, "The request must be multipart/form-data.", "invalid_request_error")
    async with request.form() as form:
        asked: dict[str, Any] = {name: value for name, value in form.items() if isinstance(value, str)}
        asked |= {name: int(asked[name]) for name in ("n",) if asked.get(name, "").isdigit()}
        pictures = [await one.read() for name in ("image", "image[]") for one in form.getlist(name)]
        named = {*asked, *form.keys()}
        if trouble := _bad_pictures(pictures) or await _bad_mask(form, pictures):
            param, said = trouble
            return _refused(400, said, "invalid_request_error", param=param)
        return _trouble(asked, CHANGING, named) or _made(asked, pictures)


def _no_key(request: Request) -> Response | None:
    if request.headers.get("authorization") == f"Bearer {KEY}":
        return None
    said = "Incorrect API key provided: sk-wrong***********zzzz."
    return _refused(401, said, "invalid_request_error", code="invalid_api_key")


def _made(asked: dict[str, Any], pictures: list[bytes]) -> Response:
    width, height = _size(asked.get("size", "auto"))
    kind = {"jpeg": "JPEG", "webp": "WEBP"}.get(asked.get("output_format", "png"), "PNG")
    made = [picture(width, height, f"{asked['prompt']} {n}", kind) for n in range(asked.get("n", 1))]
    text, seen, out = len(asked["prompt"].split()), sum(map(_patches, pictures)), 1056 * len(made)
    usage = {
        "input_tokens": text + seen,
        "output_tokens": out,
        "total_tokens": text + seen + out,
        "input_tokens_details": {"text_tokens": text, "image_tokens": seen},
    }
    data = [{"b64_json": base64.b64encode(one).decode()} for one in made]
    return JSONResponse({"created": 1_795_000_000, "data": data, "usage": usage}, headers={"x-request-id": "req_fake"})


def _patches(data: bytes) -> int:
    width, height = Image.open(io.BytesIO(data)).size
    return min(MOST_PATCHES, -(-width // PATCH) * -(-height // PATCH))


def _trouble(asked: dict[str, Any], fields: set[str], named: set[str] | None = None) -> Response | None:
    """Return the refusal of the first field that is wrong."""
    unknown = sorted((named or set(asked)) - fields)
    size, sides, prompt = asked.get("size", "auto"), _size(asked.get("size", "auto")), asked.get("prompt")
    model, clear = asked.get("model", "gpt-image-2"), asked.get("background") == "transparent"
    efforts = EFFORTS | (MORE_EFFORTS if "2.5" in model else set())
    rules = (
        (not unknown, unknown[0] if unknown else "", f"Unknown parameter: '{''.join(unknown[:1])}'."),
        (isinstance(prompt, str) and 0 < len(prompt) <= LONGEST, "prompt", "Invalid 'prompt'."),
        (model in MODELS, "model", f"The model '{model}' does not exist."),
        (asked.get("n", 1) in range(1, 11), "n", "Invalid 'n': integer from 1 to 10 expected."),
        (asked.get("quality", "auto") in efforts, "quality", f"Invalid value: '{asked.get('quality')}'."),
        (asked.get("output_format", "png") in FORMATS, "output_format", "Invalid value for 'output_format'."),
        (asked.get("background", "auto") in BACKGROUNDS, "background", "Invalid value for 'background'."),
        (not (clear and asked.get("output_format") == "jpeg"), "background", "JPEG is never transparent."),
        (not (clear and model == "gpt-image-2"), "background", "gpt-image-2 makes no transparent backgrounds."),
        (_is_size(size, *sides), "size", f"Invalid value: '{size}'."),
    )
    param, said = next(((param, said) for holds, param, said in rules if not holds), (None, ""))
    if said:
        return _refused(400, said, "invalid_request_error", param=param)
    if FORBIDDEN in prompt:
        said = "Your request was rejected by the safety system."
        return _refused(400, said, "image_generation_user_error", code="moderation_blocked")
    if BROKE in prompt:
        return _refused(429, "You exceeded your current quota.", "insufficient_quota", code="insufficient_quota")
    return None


def _bad_pictures(pictures: list[bytes]) -> Trouble:
    if not 1 <= len(pictures) <= MOST_PICTURES:
        return "image", "Between 1 and 16 images are expected."
    for data in pictures:
        try:
            kind = Image.open(io.BytesIO(data)).format
        except UnidentifiedImageError:
            return "image", "Invalid image file."
        if kind not in {"PNG", "JPEG", "WEBP"} or len(data) > MOST_BYTES:
            return "image", "Images are PNG, WebP or JPG of less than 50MB."
    return None


async def _bad_mask(form: FormData, pictures: list[bytes]) -> Trouble:
    given = form.get("mask")
    if given is None:
        return None
    data = await given.read()  # pyright: ignore[reportAttributeAccessIssue] - a file
    mask = Image.open(io.BytesIO(data))
    if mask.format != "PNG" or len(data) > MOST_MASK:
        return "mask", "The mask must be a PNG of less than 4MB."
    if "A" not in mask.getbands():
        return "mask", "Invalid mask image format - mask image missing alpha channel."
    if mask.size != Image.open(io.BytesIO(pictures[0])).size:
        return "mask", "Invalid mask image format - mask size does not match image size."
    return None


def _size(size: str) -> tuple[int, int]:
    found = SIZE.fullmatch(size)
    return (int(found[1]), int(found[2])) if found else (1024, 1024)


def _is_size(size: str, width: int, height: int) -> bool:
    if size == "auto":
        return True
    whole = bool(SIZE.fullmatch(size)) and width % 16 == 0 == height % 16 and min(width, height) > 0
    return whole and max(width, height) <= 3 * min(width, height) and LEAST <= width * height <= MOST


def _refused(status: int, message: str, kind: str, *, param: str | None = None, code: str | None = None) -> Response:
    error = {"message": message, "type": kind, "param": param, "code": code}
    return JSONResponse({"error": error}, status, headers={"x-request-id": "req_fake_refused"})


CODES = {401: "invalid_api_key", 402: "billing_hard_limit_reached", 429: "rate_limit_exceeded"}


def refused(status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as OpenAI words them."""
    told = _refused(status, said or "Invalid URL.", "invalid_request_error", code=CODES.get(status))
    told.headers.update(headers or {})
    return told


VENDOR = Vendor(
    name="openai",
    key=KEY,
    ways=(
        Way(method="POST", path="/v1/images/generations", endpoint=generations),
        Way(method="POST", path="/v1/images/edits", endpoint=edits),
    ),
    refused=refused,
    base="/v1",
)
