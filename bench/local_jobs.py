"""Callers who have photographs worked on by a studio's local engine, and the studio that they call."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import httpx2
import numpy as np
from PIL import Image

from backend.imaging.codec import encode
from backend.providers.local import models
from bench.crowd import survivors
from bench.photographs import photographs
from bench.studio import Studio, free_port

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

STUDIO = "/api/image-studio"
LONGEST, LEAST = 1180, 700_000
"""Photographs are made no longer than this; one of four by three then has a megapixel. Smaller ones are left out."""
PATIENCE_S = 900.0
ENDED = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A job of the local engine: where it is asked for, and how, besides the picture."""

    path: str
    form: dict[str, Any]
    picture: str = "image"
    masked: bool = False


KINDS = {
    "erase": Kind("/edit", {"operation": "erase"}, masked=True),
    "upscale": Kind("/upscale", {"mode": "fast"}),
    "outpaint": Kind("/edit", {"operation": "outpaint", "expand_left": 200, "expand_right": 200, "expand_down": 120}),
    "style": Kind("/control/process", {"operation": "style", "prompt": "mosaic"}, picture="control_image"),
    "adjust": Kind("/edit", {"operation": "general_edit", "prompt": "vintage, much more contrast, sharper, denoise"}),
}


class Caller:
    """Somebody who has photographs in the studio's library, and has them worked on."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self._shelf: list[tuple[str, str]] = []

    async def bring(self, count: int = 6) -> None:
        """Put photographs of about a megapixel into the library, and have a mask for each."""
        large = [(name, pixels) for name, pixels in photographs(longest=LONGEST) if pixels[..., 0].size >= LEAST]
        for name, pixels in large[:count]:
            file = io.BytesIO()
            Image.fromarray(pixels).save(file, "JPEG", quality=92)
            sent = await self.client.post(
                "/api/content-assets/upload", files={"file": (f"{name}.jpg", file.getvalue(), "image/jpeg")}
            )
            mask = np.zeros(pixels.shape[:2], np.uint8)
            middle = (pixels.shape[1] // 2, pixels.shape[0] // 2)
            cv2.ellipse(mask, middle, (pixels.shape[1] // 8, pixels.shape[0] // 8), 20, 0, 360, 255, -1)
            asset = sent.raise_for_status().json()["assets"][0]["id"]
            self._shelf.append((asset, base64.b64encode(encode(mask, "png")).decode()))

    async def admit(self, name: str, turn: int = 0) -> str:
        """Return the job of a kind, just admitted."""
        kind, (asset, mask) = KINDS[name], self._shelf[turn % len(self._shelf)]
        form = {**kind.form, f"{kind.picture}_asset_id": asset, "response_format": "url"}
        body = form | ({"mask_base64": mask} if kind.masked else {})
        answer = await self.client.post(f"{STUDIO}{kind.path}", json=body, headers={"Prefer": "respond-async"})
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    async def job(self, job: str) -> dict[str, Any]:
        """Return how a job is."""
        return (await self.client.get(f"/api/jobs/{job}")).raise_for_status().json()

    async def end(self, job: str, every_s: float = 0.25) -> dict[str, Any]:
        """Return a job when it has ended."""
        until = time.monotonic() + PATIENCE_S
        while (found := await self.job(job))["status"] not in ENDED:
            assert time.monotonic() < until, f"the job {job} did not end: {found}"
            await asyncio.sleep(every_s)
        return found


@contextlib.asynccontextmanager
async def served(command: Sequence[str], wrong: list[str]) -> AsyncGenerator[tuple[Studio, Caller]]:
    """Yield a studio with photographs in it; when it has stopped, nothing of it may be left."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        own = {"IMAGE_STUDIO_DATA_DIR": str(data), "IMAGE_STUDIO_MODELS_DIR": str(models.default_folder())}
        studio = Studio(command=command, settings=own, data=data, port=free_port())
        studio.start()
        assert studio.process
        session = studio.process.pid
        try:
            limits = httpx2.Limits(max_connections=200, max_keepalive_connections=50)
            async with httpx2.AsyncClient(
                base_url=studio.url, headers=studio.headers(), timeout=60, limits=limits
            ) as client:
                caller = Caller(client)
                await caller.bring()
                yield studio, caller
        finally:
            studio.stop()
        if left := survivors(session):
            wrong.append(f"{len(left)} processes outlived the server")


def say(what: str, value: float, unit: str, aim: str = "") -> None:
    """Print a figure at once, with its aim."""
    print(f"{what:52}{value:8.0f} {unit:4}{aim}", flush=True)
