"""WaveSpeed's API v3: work is handed in, looked at, and fetched; one envelope for everything.

Source: https://wavespeed.ai/docs (submit-task, get-result, error-codes; read 2026-11-22), and the `wavespeed` package
2.0.5, which was tried with it. The words of its HTTP errors are not documented: only the statuses are meant.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from tests.fakes.provider_server.painting import erased, larger, opened, tinted
from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.vendor import Vendor, Way, world_of
from tests.fakes.provider_server.wavespeed_schemas import FIELDS, LEVELS, RATIOS, SIZE, trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL.Image import Image
    from starlette.requests import Request

KEY = "ws-fake-wavespeed-key"
FORBIDDEN, INDECENT = "forbidden-by-policy", "indecent"
"""Words of a prompt for which the work ends in a refusal, or in a picture that is marked."""
FAILS = re.compile(r"\[fails:(\d+)\]")
ENDS = re.compile(r"\[ends:(\w+)\]")
SLOW_SYNC = "[sync-timeout]"
"""In a prompt: the task fails with this code, or ends in this status; or takes longer than synchronous calls wait."""
MOST_UPLOAD = 200 * 1024 * 1024
POLLS = 1
"""Looks at a task before it is done."""


@dataclass(slots=True)
class Task:
    """One piece of work."""

    id: str
    model: str
    asked: dict[str, Any]
    looks: int = 0
    outputs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Desk:
    """What the vendor remembers: its tasks, and what was uploaded or will be."""

    tasks: dict[str, Task] = field(default_factory=dict)
    tickets: dict[str, tuple[int, str]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)


def refused(status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Return an error in the vendor's shape."""
    return JSONResponse({"code": status, "message": said or "error"}, status, headers=dict(headers or {}))


def _stranger(request: Request, key: str) -> bool:
    return request.headers.get("authorization") != f"Bearer {key}"


async def submit(request: Request, key: str = KEY, base: str = "/wavespeed") -> Response:
    """Take work in."""
    if _stranger(request, key):
        return refused(401, f"invalid authentication: {request.headers.get('authorization', '')[-12:]}")
    model = request.path_params["model"]
    if not request.headers.get("content-type", "").startswith("application/json"):
        return refused(400, "content-type must be application/json")
    if model not in FIELDS:
        return refused(404, f"model not found: {model}")
    asked: dict[str, Any] = await request.json()
    if wrong := trouble(model, asked):
        return refused(400, wrong)
    task = Task(id=uuid4().hex, model=model, asked=asked)
    world_of(request).of(Desk).tasks[task.id] = task
    if asked.get("enable_sync_mode") and SLOW_SYNC not in asked.get("prompt", ""):
        task.looks = POLLS
    return _told(request, task, base)


async def result(request: Request, key: str = KEY, base: str = "/wavespeed") -> Response:
    """Tell what became of a task."""
    if _stranger(request, key):
        return refused(401, "invalid authentication")
    task = world_of(request).of(Desk).tasks.get(request.path_params["id"])
    if task is None:
        return refused(404, "prediction not found")
    task.looks += 1
    return _told(request, task, base)


def _told(request: Request, task: Task, base: str) -> Response:
    """Return the envelope about a task as it stands."""
    prompt = str(task.asked.get("prompt", ""))
    status = "created" if task.looks == 0 else "processing" if task.looks <= POLLS else "completed"
    if task.asked.get("enable_sync_mode") and SLOW_SYNC not in prompt:
        status = "completed"
    code, error = 0, ""
    if status == "completed":
        status, code, error = _ending(prompt)
    if task.asked.get("enable_sync_mode") and SLOW_SYNC in prompt and task.looks == 0:
        status, code, error = "processing", 5004, "Sync mode timed out"
    if status == "completed" and not task.outputs:
        try:
            task.outputs = [_delivered(request, task)]
        except ValueError as unreadable:
            status, code, error = "failed", 1402, str(unreadable)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    data = {
        "id": task.id,
        "model": task.model,
        "outputs": task.outputs if status == "completed" else [],
        "urls": {"get": f"{origin}{base}/api/v3/predictions/{task.id}/result"},
        "has_nsfw_contents": [INDECENT in prompt] if status == "completed" else [],
        "status": status,
        "created_at": "2026-11-23T09:00:00.000Z",
        "code": code,
        "error": error,
        "timings": {"inference": 1234 if status == "completed" else 0},
    }
    return JSONResponse({"code": 200, "message": "success", "data": data})


def _ending(prompt: str) -> tuple[str, int, str]:
    """Return how a task ends: status, code and words."""
    if FORBIDDEN in prompt:
        return "failed", 1200, "The content contains sensitive information."
    if found := FAILS.search(prompt):
        return "failed", int(found[1]), f"The task ended with code {found[1]}."
    if found := ENDS.search(prompt):
        return found[1], 0, "It did not finish."
    return "completed", 0, ""


def _delivered(request: Request, task: Task) -> str:
    """Return what stands in `outputs`: an address, or the picture in bare base64."""
    kind = task.asked.get("output_format", "jpeg")
    data = _made(request, task, {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind])
    if task.asked.get("enable_base64_output"):
        return base64.b64encode(data).decode()
    return world_of(request).hang(request, data, f"image/{kind}")


def _made(request: Request, task: Task, kind: str) -> bytes:
    """Return a picture as the model would make it, of the size that its page promises."""
    asked = task.asked
    first = asked.get("image") or next(iter(asked.get("images", [])), None)
    if first is None:
        found = SIZE.fullmatch(asked.get("size", "1024*1024"))
        width, height = RATIOS[asked["aspect_ratio"]] if "aspect_ratio" in asked else (int(found[1]), int(found[2]))
        return picture(width, height, asked["prompt"], kind)
    before = _read(request, first)
    if "target_resolution" in asked:
        return larger(before, LEVELS[asked["target_resolution"]], kind)
    if mask := asked.get("mask_image"):
        return erased(before, _read(request, mask), kind)
    found = SIZE.fullmatch(asked.get("size", ""))
    return tinted(before, (int(found[1]), int(found[2])) if found else before.size, kind)


def _read(request: Request, media: str) -> Image:
    """Return a picture that was sent within the request, or uploaded; it must be what it says it is."""
    if media.startswith("data:"):
        kind, _, encoded = media.partition(";base64,")
        return opened(base64.b64decode(encoded), kind.removeprefix("data:image/"))
    name = media.rsplit("/", 1)[1]
    found = world_of(request).of(Desk).uploads.get(name)
    if found is None:
        raise ValueError("Unable to access the provided media URL.")
    return opened(found)


async def ticket(request: Request) -> Response:
    """Say where a file may be put."""
    if _stranger(request, KEY):
        return refused(401, "invalid authentication")
    asked: dict[str, Any] = await request.json()
    size = asked.get("size")
    if not isinstance(asked.get("filename"), str) or not isinstance(size, int) or not 0 < size <= MOST_UPLOAD:
        return refused(400, "invalid upload")
    name, kind = uuid4().hex, asked.get("content_type", "application/octet-stream")
    world_of(request).of(Desk).tickets[name] = (size, kind)
    origin = f"{request.url.scheme}://{request.url.netloc}/wavespeed"
    put = {"method": "PUT", "url": f"{origin}/store/{name}", "headers": {"Content-Type": kind}}
    told = {"upload": put, "download_url": f"{origin}/uploaded/{name}"}
    return JSONResponse({"code": 200, "message": "success", "data": told})


async def put(request: Request) -> Response:
    """Keep a file that was announced; whoever holds the address needs no key."""
    desk, body = world_of(request).of(Desk), await request.body()
    name = request.path_params["name"]
    if desk.tickets.get(name) != (len(body), request.headers.get("content-type", "")):
        return Response("not as announced", 403)
    desk.uploads[name] = body
    return Response()


async def uploaded(request: Request) -> Response:
    """Serve a file that was uploaded."""
    found = world_of(request).of(Desk).uploads.get(request.path_params["name"])
    return Response(found) if found else Response("not here", 404)


async def balance(request: Request) -> Response:
    """Tell what is left, in USD."""
    if _stranger(request, KEY):
        return refused(401, "invalid authentication")
    return JSONResponse({"code": 200, "message": "success", "data": {"balance": 12.5}})


VENDOR = Vendor(
    name="wavespeed",
    key=KEY,
    refused=refused,
    ways=(
        Way(method="POST", path="/api/v3/media/uploads", endpoint=ticket, stage="other"),
        Way(method="PUT", path="/store/{name}", endpoint=put, stage="other"),
        Way(method="GET", path="/uploaded/{name}", endpoint=uploaded, stage="other"),
        Way(method="GET", path="/api/v3/balance", endpoint=balance, stage="other"),
        Way(method="GET", path="/api/v3/predictions/{id}/result", endpoint=result, stage="poll"),
        Way(method="GET", path="/api/v3/predictions/{id}", endpoint=result, stage="poll"),
        Way(method="POST", path="/api/v3/{model:path}", endpoint=submit),
    ),
)
