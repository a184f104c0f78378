"""Every operation on every kind of picture at 16 megapixels, as real jobs of a server with its usual limits.

    python -m bench.matrix [--kinds rgb,rgba] [--only OPERATION,…] [--largest]

The picture is one photograph as RGB, with alpha, grey, in 16 bits, CMYK, Display P3 and turned by EXIF. Each job has to
end well, in the size that was asked for, or be refused in words; it must not break, nor be ended by the limits of its
child. Prints how it ended, seconds and the most memory of all processes. `--largest` does instead what takes most: a
picture enlarged to 100 megapixels, and one in the mode that makes up detail. Ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from backend.imaging.codec import encode
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from bench.local_jobs import PATIENCE_S, STUDIO, Caller, served
from bench.masked import LARGE, large
from bench.memory import watched
from tests.unit.imaging import pictures as made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

LIMITS = {"worker-overrun", "machine-trouble"}
"""The problems of children that were ended, or could not be had."""
WIDER = Size(LARGE.width * 5 // 4, LARGE.height * 5 // 4)
LARGEST = Size(2560, 2560), Size(10_000, 10_000)
"""What is enlarged to the most that the studio makes, and to what."""
INVENTED = Size(512, 512), Size(2048, 2048)


def _file(picture: Image.Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401 - what Pillow takes
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _alpha(pixels: Pixels) -> bytes:
    fade = np.linspace(40, 255, pixels.shape[1]).astype(np.uint8)
    return encode(np.dstack((pixels, np.broadcast_to(fade, pixels.shape[:2]))), "png")


def _deep(pixels: Pixels) -> bytes:
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)).astype(np.uint16) * 257
    return _file(Image.fromarray(grey), "PNG", compress_level=1)


def _turned(pixels: Pixels) -> bytes:
    stored = Image.fromarray(np.ascontiguousarray(np.rot90(pixels)))
    return _file(stored, "JPEG", quality=92, exif=made.exif_with(6))


KINDS: Mapping[str, Callable[[Pixels], bytes]] = {
    "rgb": lambda pixels: _file(Image.fromarray(pixels), "JPEG", quality=92),
    "rgba": _alpha,
    "grey": lambda pixels: _file(Image.fromarray(pixels).convert("L"), "JPEG", quality=92),
    "16-bit": _deep,
    "cmyk": lambda pixels: _file(Image.fromarray(pixels).convert("CMYK"), "JPEG", quality=92),
    "p3": lambda pixels: _file(Image.fromarray(pixels), "JPEG", quality=92, icc_profile=made.display_p3()),
    "turned": _turned,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for of a picture, and how large the result is to be."""

    path: str
    form: Mapping[str, Any]
    size: Size = LARGE
    picture: str = "image"
    also: tuple[str, ...] = ()
    """Further pictures that it takes: `mask`, or others, for which the picture itself is sent."""


def _edit(operation: str, *also: str, size: Size = LARGE, **form: Any) -> Request:  # noqa: ANN401 - JSON
    return Request("/edit", {"operation": operation, **form}, size=size, also=also)


def _control(operation: str, *also: str, **form: Any) -> Request:  # noqa: ANN401 - JSON
    return Request("/control/process", {"operation": operation, **form}, picture="control_image", also=also)


def _upscale(mode: str, size: Size = WIDER) -> Request:
    return Request("/upscale", {"mode": mode, "target_width": size.width}, size=size)


REQUESTS: Mapping[str, Request] = {
    "remove_background": _edit("remove_background"),
    "erase": _edit("erase", "mask"),
    "inpaint": _edit("inpaint", "mask"),
    "outpaint": _edit("outpaint", size=Size(LARGE.width + 200, LARGE.height + 100), expand_left=200, expand_down=100),
    "search_replace": _edit("search_replace", "mask", prompt="a boat"),
    "search_recolor": _edit("search_recolor", "mask", prompt="teal"),
    "relight": _edit("relight", prompt="studio", options={"light_direction": "left"}),
    "relight by picture": _edit("relight", "background_image"),
    "general_edit": _edit("general_edit", prompt="a bit warmer and more contrast"),
    "select subject": _edit("select"),
    "select points": _edit("select", options={"what": "points", "points": [{"x": 0.5, "y": 0.5}]}),
    "select box": _edit("select", options={"what": "box", "box": [0.2, 0.2, 0.8, 0.8]}),
    "upscale fast": _upscale("fast"),
    "upscale conservative": _upscale("conservative"),
    "upscale auto": _upscale("auto"),
    "upscale creative": _upscale("creative"),
    "sketch": _control("sketch", prompt="a harbour"),
    "structure": _control("structure", prompt="a harbour"),
    "style": _control("style", prompt="mosaic"),
    "style_transfer": _control("style_transfer", "style_image"),
    **{
        f"guide {kind}": Request("/control/guide", {"kind": kind}, picture="control_image")
        for kind in ("edges", "line_art", "structure")
    },
}


@dataclass(slots=True)
class Ran:
    """How a request ended."""

    how: str
    trouble: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass(slots=True)
class Desk:
    """A studio's library with the pictures in it, and the jobs that are made of them."""

    caller: Caller
    session: int
    wrong: list[str] = field(default_factory=list[str])

    async def bring(self, data: bytes) -> str:
        """Return the asset of a picture."""
        sent = await self.caller.client.post("/api/content-assets/upload", files={"file": ("picture", data)})
        return sent.raise_for_status().json()["assets"][0]["id"]

    async def ran(self, request: Request, asset: str, mask: str) -> Ran:
        """Return how a request ended for an asset."""
        named = {other: mask if other == "mask" else asset for other in request.also} | {request.picture: asset}
        form = {**request.form, **{f"{name}_asset_id": one for name, one in named.items()}}
        begun = time.monotonic()
        async with watched(self.session, 0.5) as seen:
            found = await (self._guide if request.path.endswith("guide") else self._job)(request, form)
        found.seconds, found.megabytes = time.monotonic() - begun, max((size for _, size in seen), default=0.0)
        return found

    async def _guide(self, request: Request, form: dict[str, Any]) -> Ran:
        answer = await self.caller.client.post(f"{STUDIO}{request.path}", json=form, timeout=PATIENCE_S)
        if not answer.is_success:
            return _refused(answer.json())
        data = base64.b64decode(answer.json()["image_base64"].partition(",")[2])
        return Ran("drawn", "" if sniff(data).size.pixels > 1 else "is empty")

    async def _job(self, request: Request, form: dict[str, Any]) -> Ran:
        body = {**form, "response_format": "url"}
        answer = await self.caller.client.post(
            f"{STUDIO}{request.path}", json=body, headers={"Prefer": "respond-async"}, timeout=PATIENCE_S
        )
        if answer.status_code != 202:
            return _refused(answer.json())
        job = await self.caller.end(answer.json()["id"])
        if job["status"] != "done":
            return _refused(job["problem"])
        size = Size(job["result"]["width"], job["result"]["height"])
        return Ran(f"done by {job['result']['model']}", "" if size == request.size else f"measures {size}")


def _refused(problem: Mapping[str, Any]) -> Ran:
    code, detail = problem["code"], problem["detail"]
    is_broken = problem["status"] == 500 or code in LIMITS or len(detail) < 20
    return Ran(f"{code}: {detail[:90]}", f"{code}: {detail}" if is_broken else "")


def mask_of(size: Size) -> bytes:
    """Return a mask with an ellipse in the middle."""
    mask = np.zeros((size.height, size.width), np.uint8)
    cv2.ellipse(mask, (size.width // 2, size.height // 2), (size.width // 14, size.height // 14), 0, 0, 360, 255, -1)
    return encode(mask, "png")


def _largest(pixels: Pixels) -> Iterator[tuple[str, bytes, Request]]:
    for name, mode, (own, target) in (("100 megapixels", "fast", LARGEST), ("creative", "creative", INVENTED)):
        small = Image.fromarray(pixels).crop((0, 0, LARGE.height, LARGE.height)).resize((own.width, own.height))
        yield name, _file(small, "JPEG", quality=92), _upscale(mode, target)


async def measured(options: argparse.Namespace) -> list[str]:
    """Do everything, print, and return what is wrong."""
    wrong: list[str] = []
    _, pixels = large()
    async with served(["-m", "backend.cli", "serve"], wrong) as (studio, caller):
        assert studio.process
        desk = Desk(caller, studio.process.pid, wrong)
        if options.largest:
            for name, data, request in _largest(pixels):
                await _tell(desk, name, request, await desk.bring(data), "")
            return wrong
        mask = await desk.bring(mask_of(LARGE))
        for kind in options.kinds.split(","):
            asset = await desk.bring(KINDS[kind](pixels))
            for name, request in REQUESTS.items():
                if not options.only or name in options.only.split(","):
                    await _tell(desk, f"{kind}: {name}", request, asset, mask)
    return wrong


async def _tell(desk: Desk, name: str, request: Request, asset: str, mask: str) -> None:
    ran = await desk.ran(request, asset, mask)
    print(f"{name:30}{ran.seconds:7.1f} s {ran.megabytes:6.0f} MB  {ran.how}", flush=True)
    if ran.trouble:
        desk.wrong.append(f"{name}: {ran.trouble}")


def main() -> None:
    """Do everything, print, and end with 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default=",".join(KINDS), help="kinds of pictures, with commas between")
    parser.add_argument("--only", default="", help="operations as they are printed, with commas between")
    parser.add_argument("--largest", action="store_true", help="what takes most, instead")
    wrong = asyncio.run(measured(parser.parse_args()))
    print("\n".join(f"WRONG  {one}" for one in wrong))
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
