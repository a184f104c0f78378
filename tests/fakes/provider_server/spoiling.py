"""Faults of the picture itself, wherever a vendor puts it: raw in an answer, in base64 in JSON, or at an address."""

from __future__ import annotations

import base64
import io
import json
import re
import struct
import zlib
from typing import TYPE_CHECKING

from PIL import Image
from starlette.responses import JSONResponse, Response

from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.vendor import PICTURES, vendor_of, world_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from tests.fakes.provider_server.recorder import Fault

    Answer = Callable[[], Awaitable[Response]]

FAULTS: dict[str, Fault] = {}
STAGES: dict[str, str] = {}
MAGIC = re.compile(r"(?:data:[^,]{1,80},)?(?:iVBORw0KGgo|/9j/|UklGR)")
INSIDE_JSON = re.compile(rb'"[^"]{0,80}(?:iVBORw0KGgo|/9j/|UklGR)')
ADDRESS = re.compile(rf"http://[^/]+{PICTURES}/\w+")
INSIDE = "http://169.254.169.254/latest/meta-data/"
"""Where clouds keep a machine's own secrets."""


def _fault(stage: str = "picture") -> Callable[[Fault], Fault]:
    def kept(play: Fault) -> Fault:
        FAULTS[play.__name__], STAGES[play.__name__] = play, stage
        return play

    return kept


def carries_a_picture(whole: Response) -> bool:
    """Say whether an answer holds a picture's bytes, plain or in base64."""
    kind = whole.headers.get("content-type", "")
    if kind.startswith("image/"):
        return True
    return kind.startswith("application/json") and bool(INSIDE_JSON.search(bytes(whole.body)))


async def _with(answer: Answer, told: Callable[[bytes], bytes | str]) -> Response:
    """Return an answer with its picture replaced: by other bytes, or in JSON by any other text."""
    whole = await answer()
    kind = whole.headers.get("content-type", "")
    if kind.startswith("image/"):
        new = told(bytes(whole.body))
        return Response(new, whole.status_code, media_type=kind)
    kept = {name: value for name, value in whole.headers.items() if name != "content-length"}
    return Response(json.dumps(_walked(json.loads(whole.body), told)), whole.status_code, headers=kept)


def _walked(told: object, change: Callable[[bytes], bytes | str]) -> object:
    match told:
        case dict():
            return {name: _walked(value, change) for name, value in told.items()}
        case list():
            return [_walked(value, change) for value in told]
        case str() if MAGIC.match(told):
            new = change(base64.b64decode(told.rpartition(",")[2]))
            return new if isinstance(new, str) else base64.b64encode(new).decode()
        case _:
            return told


@_fault()
async def bad_base64(_: Request, answer: Answer) -> Response:
    """Send a picture whose text is no base64; where it comes raw, one with holes."""
    return await _with(answer, lambda _: "//not base64//!")


@_fault()
async def no_picture(_: Request, answer: Answer) -> Response:
    """Send a text where the picture should be."""
    return await _with(answer, lambda _: b"This is no picture at all. " * 20)


@_fault()
async def truncated(_: Request, answer: Answer) -> Response:
    """Send two thirds of the picture's file."""
    return await _with(answer, lambda data: data[: len(data) * 2 // 3])


@_fault()
async def bomb(_: Request, answer: Answer) -> Response:
    """Send a small PNG that unpacks to 2.5 gigapixels."""
    return await _with(answer, lambda _: _png(50_000, 50_000))


@_fault()
async def wrong_size(_: Request, answer: Answer) -> Response:
    """Send a picture of 16 by 16."""
    return await _with(answer, lambda _: picture(16, 16))


@_fault()
async def wrong_shape(_: Request, answer: Answer) -> Response:
    """Send a strip where another shape was asked for."""
    return await _with(answer, lambda _: picture(2048, 64))


@_fault()
async def other_format(_: Request, answer: Answer) -> Response:
    """Send the right picture as JPEG, whatever was asked for."""

    def told(data: bytes) -> bytes:
        file = io.BytesIO()
        Image.open(io.BytesIO(data)).convert("RGB").save(file, "JPEG")
        return file.getvalue()

    return await _with(answer, told)


@_fault()
async def drawing(_: Request, answer: Answer) -> Response:
    """Send an SVG with a script."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script></svg>'
    return await _with(answer, lambda _: svg)


@_fault("fetch")
async def picture_gone(request: Request, __: Answer) -> Response:
    """Have nothing where the picture should lie."""
    return vendor_of(request).refused(404)


@_fault("fetch")
async def picture_moved(request: Request, __: Answer) -> Response:
    """Redirect from the picture's address to one inside."""
    return Response(status_code=302, headers={"location": INSIDE})


@_fault("begin")
async def foreign_address(request: Request, answer: Answer) -> Response:
    """Say of the picture that it lies at an address inside; where it comes in the answer, it stays."""
    whole = await answer()
    text = bytes(whole.body).decode(errors="replace")
    if ADDRESS.search(text):
        return JSONResponse(json.loads(ADDRESS.sub(INSIDE, text)), whole.status_code)
    world_of(request).record.waiting.append(foreign_at_poll)
    return whole


async def foreign_at_poll(request: Request, answer: Answer) -> Response:
    """Do the same at the poll that tells the address."""
    return await foreign_address(request, answer)


STAGES["foreign_at_poll"] = "poll"


@_fault("poll")
async def stuck(request: Request, answer: Answer) -> Response:
    """Say of a ticket that it is not ready, however often it is asked."""
    world_of(request).record.waiting.append(stuck)
    return vendor_of(request).waiting(request) if vendor_of(request).waiting else await answer()


def _png(width: int, height: int) -> bytes:
    """Return a PNG of one colour, with so many pixels and few bytes."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width // 8)
    data = b"".join([*(packer.compress(row * 100) for _ in range(height // 100)), packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
