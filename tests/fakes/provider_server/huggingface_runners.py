"""Those who run models behind Hugging Face's router: fal, Replicate, Together and Nscale, each in its own way.

Source: https://fal.ai/models/fal-ai/flux/schnell/api, https://fal.ai/models/fal-ai/flux-kontext/dev/api,
https://replicate.com/black-forest-labs/flux-schnell, https://docs.together.ai/reference/post-images-generations
(read 2026-11-23)
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from tests.fakes.provider_server.painting import opened, tinted
from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.vendor import world_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from starlette.requests import Request

FORBIDDEN, INDECENT, SLOW, BREAKS = "forbidden-by-policy", "indecent", "[slow]", "[breaks]"
"""Words of a prompt: it is refused; its picture is marked; it takes longer than callers wait; the work fails."""
FAL = {
    "fal-ai/flux/schnell": {"steps": (1, 12)},
    "fal-ai/flux/dev": {"steps": (1, 50), "guidance": (1, 20)},
    "fal-ai/flux/krea": {"steps": (1, 50), "guidance": (1, 20)},
    "fal-ai/flux-kontext/dev": {"steps": (10, 50), "guidance": (1, 20), "image": True},
}
FAL_FIELDS = {
    *("prompt", "image_size", "num_inference_steps", "seed", "sync_mode", "num_images", "enable_safety_checker"),
    *("output_format", "acceleration"),
}
RATIOS = {"1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"}
REPLICATE = {
    "black-forest-labs/flux-schnell": {"steps": (1, 4)},
    "black-forest-labs/flux-dev": {"steps": (1, 50), "guidance": (0, 10)},
    "black-forest-labs/flux-kontext-dev": {"steps": (4, 50), "guidance": (0, 10), "image": True},
}
TOGETHER_FIELDS = {
    *("prompt", "model", "steps", "image_url", "reference_images", "seed", "n", "height", "width", "negative_prompt"),
    *("response_format", "guidance_scale", "output_format", "image_loras", "disable_safety_checker"),
}
LOOKS = 2
"""Looks at queued work before it is done."""


@dataclass(slots=True)
class Queue:
    """Work that was taken in: the fields of each, how often it was looked at, and whose it is."""

    work: dict[str, dict[str, Any]] = field(default_factory=dict)
    looks: dict[str, int] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)

    def take(self, asked: dict[str, Any], model: str) -> str:
        number = uuid4().hex
        self.work[number], self.looks[number], self.models[number] = asked, 0, model
        return number


def sent(encoded: str) -> Image:
    """Return a picture that came as an address of data; raises ValueError if it is none."""
    head, _, text = encoded.partition(";base64,")
    return opened(base64.b64decode(text, validate=True), head.removeprefix("data:image/"))


def within(value: Any, limits: tuple[float, float]) -> bool:
    return value is None or (isinstance(value, int | float) and limits[0] <= value <= limits[1])


# --- fal


def fal_refused(said: str, *, field_name: str = "prompt", kind: str = "value_error") -> Response:
    return JSONResponse({"detail": [{"loc": ["body", field_name], "msg": said, "type": kind}]}, 422)


def _fal_trouble(rules: dict[str, Any], asked: dict[str, Any]) -> Response | None:
    """Return what is wrong with a request, as fal says it; None if nothing is."""
    images = {"image_url", "image_urls"} if "image" in rules else set()
    known = FAL_FIELDS | images | ({"guidance_scale"} if "guidance" in rules else set())
    for name in sorted(set(asked) - known):
        return fal_refused("Extra inputs are not permitted", field_name=name, kind="extra_forbidden")
    if not isinstance(asked.get("prompt"), str) or not asked["prompt"]:
        return fal_refused("Field required", kind="missing")
    limited = {"num_inference_steps": rules["steps"], "guidance_scale": rules.get("guidance", (1, 20))}
    for name, limits in limited.items():
        if not within(asked.get(name), limits):
            return fal_refused("Input should be within its limits", field_name=name)
    if FORBIDDEN in asked["prompt"]:
        said = "The content could not be processed because it contained material flagged by a content checker."
        return fal_refused(said, kind="content_policy_violation")
    try:
        if "image" in rules:
            sent(asked["image_url"])
    except (ValueError, KeyError):
        return fal_refused("Could not load the image", field_name="image_url", kind="image_load_error")
    return None


async def fal(request: Request) -> Response:
    """Make a picture at once, or take the work into the queue."""
    model, asked = request.path_params["model"], await request.json()
    if model not in FAL:
        return JSONResponse({"detail": f"Application '{model}' not found"}, 404)
    if trouble := _fal_trouble(FAL[model], asked):
        return trouble
    if request.query_params.get("_subdomain") != "queue":
        return JSONResponse(_fal_made(request, asked))
    number = world_of(request).of(Queue).take(asked, model)
    base = f"https://queue.fal.run/{'/'.join(model.split('/')[:2])}/requests/{number}"
    told = {"status": "IN_QUEUE", "request_id": number, "response_url": base, "status_url": f"{base}/status"}
    return JSONResponse({**told, "cancel_url": f"{base}/cancel", "logs": None, "metrics": {}, "queue_position": 0})


def _fal_made(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
    kind = asked.get("output_format", "jpeg")
    if "image_url" in asked:
        before = sent(asked["image_url"])
        data, size = tinted(before, before.size, kind.upper()), before.size
    else:
        wanted = asked.get("image_size", {"width": 1024, "height": 768})
        size = (wanted["width"], wanted["height"])
        data = picture(*size, asked["prompt"], kind.upper())
    url = world_of(request).hang(request, data, f"image/{kind}")
    if asked.get("sync_mode"):
        url = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    made = {"url": url, "width": size[0], "height": size[1], "content_type": f"image/{kind}"}
    marked = [INDECENT in asked["prompt"]]
    return {"images": [made], "seed": asked.get("seed", 1), "has_nsfw_concepts": marked, "prompt": asked["prompt"]}


async def fal_status(request: Request) -> Response:
    """Tell how far queued work is."""
    queue, number = world_of(request).of(Queue), request.path_params["id"]
    if number not in queue.work:
        return JSONResponse({"detail": "Request not found"}, 404)
    queue.looks[number] += 1
    done = queue.looks[number] > LOOKS
    status = "COMPLETED" if done else ("IN_QUEUE", "IN_PROGRESS")[queue.looks[number] - 1]
    return JSONResponse({"status": status, "request_id": number}, 200 if done else 202)


async def fal_result(request: Request) -> Response:
    """Tell the result of queued work."""
    queue, number = world_of(request).of(Queue), request.path_params["id"]
    if number not in queue.work or queue.looks[number] <= LOOKS:
        return JSONResponse({"detail": "Request is still in progress"}, 400)
    if BREAKS in queue.work[number]["prompt"]:
        return JSONResponse({"detail": "Internal Server Error"}, 500)
    return JSONResponse(_fal_made(request, queue.work[number]))


# --- Replicate


async def replicate(request: Request) -> Response:
    """Make a picture, waiting for it up to a minute if that is preferred."""
    told = await request.json()
    model = told.get("version") or "/".join(request.path_params[part] for part in ("owner", "name"))
    if model not in REPLICATE:
        return JSONResponse(
            {"title": "Not found", "detail": "The requested resource could not be found.", "status": 404}, 404
        )
    asked, rules = told.get("input"), REPLICATE[model]
    wrong = _replicate_trouble(asked, rules)
    if wrong:
        return JSONResponse({"title": "Input validation failed", "detail": wrong, "status": 422}, 422)
    queue = world_of(request).of(Queue)
    number = queue.take(asked, model)
    queue.looks[number] = LOOKS if request.headers.get("prefer") == "wait" and SLOW not in asked["prompt"] else 0
    return JSONResponse(_prediction(request, number), 201)


def _replicate_trouble(asked: Any, rules: dict[str, Any]) -> str:
    if not isinstance(asked, dict) or not isinstance(asked.get("prompt"), str):
        return "- input: prompt is required\n"
    if not within(asked.get("num_inference_steps"), rules["steps"]):
        return "- input.num_inference_steps: Must be within its limits\n"
    if not within(asked.get("guidance"), rules.get("guidance", (0, 0))):
        return "- input.guidance: Must be within its limits\n"
    if asked.get("aspect_ratio", "1:1") not in RATIOS | {"match_input_image"}:
        return "- input.aspect_ratio: must be one of the following\n"
    if "image" in rules:
        try:
            sent(asked["input_image"])
        except (ValueError, KeyError):
            return "- input.input_image: Does not match format 'uri'\n"
    return ""


def _prediction(request: Request, number: str) -> dict[str, Any]:
    queue = world_of(request).of(Queue)
    asked, model = queue.work[number], queue.models[number]
    told = {"id": number, "model": model, "input": asked, "logs": "", "created_at": "2026-11-23T09:00:00Z"}
    told["urls"] = {"get": f"https://api.replicate.com/v1/predictions/{number}"}
    if queue.looks[number] < LOOKS:
        return {**told, "status": "starting", "output": None, "error": None}
    if FORBIDDEN in asked["prompt"]:
        return {**told, "status": "failed", "output": None, "error": "NSFW content detected. Try a different prompt."}
    if BREAKS in asked["prompt"]:
        return {**told, "status": "failed", "output": None, "error": "CUDA out of memory"}
    kind = asked.get("output_format", "webp")
    url = world_of(request).hang(request, _replicate_made(asked, kind), f"image/{kind}")
    return {**told, "status": "succeeded", "output": [url] if "input_image" not in asked else url, "error": None}


def _replicate_made(asked: dict[str, Any], kind: str) -> bytes:
    if "input_image" in asked:
        before = sent(asked["input_image"])
        return tinted(before, before.size, kind.upper())
    wide, high = (int(part) for part in asked.get("aspect_ratio", "1:1").split(":"))
    unit = (1024 * 1024 / (wide * high)) ** 0.5
    return picture(round(wide * unit / 16) * 16, round(high * unit / 16) * 16, asked["prompt"], kind.upper())


async def prediction(request: Request) -> Response:
    """Tell how far a prediction is."""
    queue, number = world_of(request).of(Queue), request.path_params["id"]
    if number not in queue.work:
        return JSONResponse({"title": "Not found", "detail": "Prediction not found.", "status": 404}, 404)
    queue.looks[number] += 1
    return JSONResponse(_prediction(request, number))


# --- Together and Nscale


def _images_refused(status: int, said: str, kind: str = "invalid_request_error") -> Response:
    return JSONResponse(
        {"id": uuid4().hex, "error": {"message": said, "type": kind, "param": None, "code": None}}, status
    )


async def together(request: Request) -> Response:
    """Make or change a picture at Together's."""
    asked = await request.json()
    if unknown := sorted(set(asked) - TOGETHER_FIELDS):
        return _images_refused(400, f"Unrecognized request argument supplied: {unknown[0]}")
    if asked.get("model") not in {"black-forest-labs/FLUX.1-dev", "black-forest-labs/FLUX.1-kontext-dev"}:
        return _images_refused(404, "Unable to access model", "model_not_available")
    if any(asked.get(side, 64) % 8 or not 64 <= asked.get(side, 64) <= 1792 for side in ("width", "height")):
        return _images_refused(400, "width and height must be multiples of 8 from 64 to 1792")
    if not within(asked.get("steps"), (1, 50)):
        return _images_refused(400, "steps must be between 1 and 50")
    return _images(asked, (asked.get("width", 1024), asked.get("height", 768)))


async def nscale(request: Request) -> Response:
    """Make a picture at Nscale's."""
    asked = await request.json()
    wrong = sorted(set(asked) - {"prompt", "model", "size", "response_format", "n"})
    if wrong:
        return _images_refused(400, f"unknown field {wrong[0]}")
    width, _, height = asked.get("size", "1024x1024").partition("x")
    return _images(asked, (int(width), int(height)))


def _images(asked: dict[str, Any], size: tuple[int, int]) -> Response:
    if FORBIDDEN in asked["prompt"]:
        return _images_refused(422, "NSFW content detected in the prompt.", "invalid_request_error")
    kind = asked.get("output_format", "jpeg").upper()
    if "image_url" in asked:
        before = sent(asked["image_url"])
        data = tinted(before, before.size, kind)
    else:
        data = picture(*size, asked["prompt"], kind)
    made = {"index": 0, "b64_json": base64.b64encode(data).decode()}
    return JSONResponse({"id": uuid4().hex, "model": asked["model"], "object": "list", "data": [made]})
