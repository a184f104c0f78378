"""Hugging Face: the Hub's list of who runs a model, the router in front of them, and its own servers.

Source: https://huggingface.co/docs/inference-providers (hub-api, tasks; read 2026-11-22), and the `huggingface_hub`
package 2.4.0, whose requests it was tried with.
"""

from __future__ import annotations

import base64
import binascii
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from tests.fakes.provider_server import huggingface_runners as runners
from tests.fakes.provider_server import wavespeed
from tests.fakes.provider_server.painting import opened, tinted
from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.vendor import Vendor, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from tests.fakes.provider_server.vendor import Endpoint

KEY = "hf_fakeHuggingFaceKey"
FORBIDDEN, INDECENT = runners.FORBIDDEN, runners.INDECENT
LOADING, UNPAID = "[loading]", "[unpaid]"
FLUX = "black-forest-labs"
RUN_BY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    f"{FLUX}/FLUX.1-schnell": (
        "text-to-image",
        {
            "fal-ai": "fal-ai/flux/schnell",
            "replicate": f"{FLUX}/flux-schnell",
            "nscale": f"{FLUX}/FLUX.1-schnell",
        },
    ),
    f"{FLUX}/FLUX.1-dev": (
        "text-to-image",
        {
            "fal-ai": "fal-ai/flux/dev",
            "replicate": f"{FLUX}/flux-dev",
            "together": f"{FLUX}/FLUX.1-dev",
            "hf-inference": f"{FLUX}/FLUX.1-dev",
        },
    ),
    f"{FLUX}/FLUX.1-Krea-dev": ("text-to-image", {"fal-ai": "fal-ai/flux/krea"}),
    f"{FLUX}/FLUX.1-Kontext-dev": (
        "image-to-image",
        {
            "fal-ai": "fal-ai/flux-kontext/dev",
            "replicate": f"{FLUX}/flux-kontext-dev",
            "together": f"{FLUX}/FLUX.1-kontext-dev",
            "hf-inference": f"{FLUX}/FLUX.1-Kontext-dev",
        },
    ),
    "Qwen/Qwen-Image": ("text-to-image", {"wavespeed": "wavespeed-ai/qwen-image/text-to-image"}),
    "Qwen/Qwen-Image-Edit": ("image-to-image", {"wavespeed": "wavespeed-ai/qwen-image/edit"}),
}
"""The task of each model, and its name at those who run it."""
PARAMETERS = {
    *("width", "height", "num_inference_steps", "guidance_scale", "negative_prompt", "scheduler", "seed"),
    *("prompt", "target_size"),
}


def refused(status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Return an error in the router's shape."""
    return JSONResponse({"error": said or "error"}, status, headers=dict(headers or {}))


def _routed(endpoint: Endpoint) -> Endpoint:
    """Return what the router does before it passes a request on."""

    async def answered(request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return refused(401, "Invalid username or password.")
        if UNPAID.encode() in await request.body():
            said = "You have exceeded your monthly included credits for Inference Providers. Purchase pre-paid credits."
            return refused(402, said)
        return await endpoint(request)

    return answered


async def model(request: Request) -> Response:
    """Tell a model's task and who runs it."""
    name = f"{request.path_params['owner']}/{request.path_params['name']}"
    if name not in RUN_BY:
        return refused(404, "Repository not found")
    task, by = RUN_BY[name]
    told: dict[str, Any] = {"_id": "1", "id": name}
    if "inferenceProviderMapping" in request.query_params.getlist("expand"):
        rows = {who: {"status": "live", "providerId": own, "task": task} for who, own in by.items()}
        return JSONResponse({**told, "inferenceProviderMapping": rows})
    return JSONResponse({**told, "pipeline_tag": task, "tags": [task], "modelId": name})


async def whoami(request: Request) -> Response:
    """Tell whose key it is."""
    if request.headers.get("authorization") != f"Bearer {KEY}":
        return refused(401, "Invalid credentials in Authorization header")
    return JSONResponse({"type": "user", "id": "1", "name": "fox", "canPay": True, "isPro": False, "orgs": []})


def _inference_trouble(name: str, inputs: str, given: dict[str, Any]) -> Response | None:
    if unknown := sorted(set(given) - PARAMETERS):
        return refused(422, f"unexpected keyword argument '{unknown[0]}'")
    if LOADING in inputs:
        return JSONResponse({"error": f"Model {name} is currently loading", "estimated_time": 20.3}, 503)
    return None if inputs else refused(422, "inputs: field required")


async def inference(request: Request) -> Response:
    """Make or change a picture on Hugging Face's own servers."""
    name = request.path_params["model"]
    if "hf-inference" not in RUN_BY.get(name, ("", {}))[1]:
        return refused(400, f"Model {name} is not supported by any provider you have enabled.")
    asked: dict[str, Any] = await request.json()
    given = asked.get("parameters", {})
    if trouble := _inference_trouble(name, str(asked.get("inputs", "")), given):
        return trouble
    if RUN_BY[name][0] == "text-to-image":
        made = picture(given.get("width", 1024), given.get("height", 1024), asked["inputs"])
        return Response(made, media_type="image/png")
    try:
        before = opened(base64.b64decode(asked["inputs"], validate=True))
    except (ValueError, binascii.Error):
        return refused(400, "cannot identify image file")
    size = given.get("target_size", {"width": before.width, "height": before.height})
    return Response(tinted(before, (size["width"], size["height"]), "PNG"), media_type="image/png")


_SPEED = {"key": KEY, "base": "/huggingface/wavespeed"}
_IMAGES = "/v1/images/generations"
VENDOR = Vendor(
    name="huggingface",
    key=KEY,
    refused=refused,
    ways=(
        Way(method="GET", path="/api/whoami-v2", endpoint=whoami, stage="other"),
        Way(method="GET", path="/api/models/{owner}/{name}", endpoint=model, stage="other"),
        Way(method="POST", path="/hf-inference/models/{model:path}", endpoint=_routed(inference)),
        Way(
            method="GET",
            path="/fal-ai/{app:path}/requests/{id}/status",
            endpoint=_routed(runners.fal_status),
            stage="poll",
        ),
        Way(method="GET", path="/fal-ai/{app:path}/requests/{id}", endpoint=_routed(runners.fal_result), stage="poll"),
        Way(method="POST", path="/fal-ai/{model:path}", endpoint=_routed(runners.fal)),
        Way(method="POST", path="/replicate/v1/predictions", endpoint=_routed(runners.replicate)),
        Way(
            method="POST",
            path="/replicate/v1/models/{owner}/{name}/predictions",
            endpoint=_routed(runners.replicate),
        ),
        Way(method="GET", path="/replicate/v1/predictions/{id}", endpoint=_routed(runners.prediction), stage="poll"),
        Way(method="POST", path=f"/together{_IMAGES}", endpoint=_routed(runners.together)),
        Way(method="POST", path=f"/nscale{_IMAGES}", endpoint=_routed(runners.nscale)),
        Way(
            method="GET",
            path="/wavespeed/api/v3/predictions/{id}/result",
            endpoint=_routed(partial(wavespeed.result, **_SPEED)),
            stage="poll",
        ),
        Way(
            method="POST",
            path="/wavespeed/api/v3/{model:path}",
            endpoint=_routed(partial(wavespeed.submit, **_SPEED)),
        ),
    ),
)
DIRECT = Vendor(
    name="fal-ai",
    key=KEY,
    refused=refused,
    ways=(
        Way(method="GET", path="/{app}/requests/{id}/status", endpoint=_routed(runners.fal_status), stage="poll"),
        Way(method="GET", path="/{app}/requests/{id}", endpoint=_routed(runners.fal_result), stage="poll"),
    ),
)
"""Where the vendor's own package looks for queued work when the router is not at its own address."""
