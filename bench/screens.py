"""Photographs every page as people see it: `python -m bench.screens [--out docs/assets/pages] [--only create library]`.

A studio of its own is filled with pictures that the local engine makes and with photographs that are free of rights,
and each page is opened in Debian's Chromium on a desk of 1440 x 900 in light and dark and on a phone of 390 x 844. What
is written are WebP files of at most 150 kB. Needs the built frontend.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
from PIL import Image
from playwright.sync_api import sync_playwright

from bench.photographs import PHOTOGRAPHS, photographs
from bench.studio import ROOT, Studio, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Browser, Page

MOST_BYTES = 150_000
FREE = ("astronaut", "chelsea", "coffee", "rocket")
"""Of these nobody has rights."""
LOOKS = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    },
}
PROMPTS = (
    *("Paper-cut harbour at dusk, autumn leaves", "Geometric pattern, teal and coral", "Blog header with soft waves"),
    *("Topographic lines in dark green", "Spring sale, headline “Fresh start”", "Abstract night city, blue and pink"),
)
SETTLE_MS = 1500


@dataclass(frozen=True, slots=True)
class Filled:
    """What the studio holds: a job of four pictures, and assets by what they show."""

    job: str
    made: tuple[str, ...]
    photos: dict[str, str]


def main() -> None:
    """Open every page and write what is seen."""
    about = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    about.add_argument("--out", type=Path, default=ROOT / "docs" / "assets" / "pages")
    about.add_argument("--only", nargs="*", default=())
    asked = about.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        own = {"IMAGE_STUDIO_DATA_DIR": folder}
        studio = Studio(command=["-m", "backend.cli", "serve"], settings=own, data=Path(folder), port=free_port())
        studio.start()
        try:
            filled = fill(studio)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
                photographed(browser, studio, filled, asked.out, asked.only)
                browser.close()
        finally:
            studio.stop()


def fill(studio: Studio) -> Filled:
    """Make and upload what the pages show."""
    with httpx2.Client(base_url=studio.url, headers=studio.headers(), timeout=300) as client:
        made = [_made(client, prompt, 1) for prompt in PROMPTS[1:]]
        first = _made(client, PROMPTS[0], 4)
        photos = {name: _uploaded(client, name, pixels) for name, pixels in photographs(6) if name in FREE}
        for asset in (made[1]["results"][0]["asset_id"], photos["coffee"]):
            client.post(f"/api/content-assets/{asset}/favorite").raise_for_status()
        edit = {"image_asset_id": photos["chelsea"], "operation": "remove_background", "response_format": "url"}
        client.post("/api/image-studio/edit", json=edit).raise_for_status()
        assets = tuple(one["asset_id"] for one in first["results"])
        return Filled(job=first["job_id"], made=assets, photos=photos)


def _made(client: httpx2.Client, prompt: str, count: int) -> dict[str, Any]:
    body = {
        "prompt": prompt,
        "num_variations": count,
        "provider": "local",
        "seed": 7 + count,
        "width": 1080,
        "height": 1350,
        "response_format": "url",
        "enhance_prompt": False,
    }
    return client.post("/api/image-studio/create", json=body).raise_for_status().json()


def _uploaded(client: httpx2.Client, name: str, pixels: Any) -> str:  # noqa: ANN401 - an array, as `photographs` gives it
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=92)
    files = {"file": (f"{name}.jpg", file.getvalue(), "image/jpeg")}
    return client.post("/api/content-assets/upload", files=files).raise_for_status().json()["assets"][0]["id"]


def pages(filled: Filled) -> dict[str, tuple[str, Callable[[Page], None] | None]]:
    """Return the address of each page, and what is done on it before it is photographed."""
    photo = filled.photos
    return {
        "home": ("/", None),
        "create": (f"/create?job={filled.job}", None),
        "templates": ("/create", lambda page: page.get_by_role("button", name="Choose a template").click()),
        "compare": (f"/compare?ids={','.join(filled.made[:3])}", None),
        "edit": (f"/edit?asset={photo['chelsea']}&op=erase", _marked),
        "upscale": (f"/upscale?asset={photo['rocket']}", _grown),
        "social": (f"/social?asset={photo['astronaut']}", _cropped),
        "control": (f"/control?asset={photo['coffee']}", None),
        "library": ("/library", None),
        "asset": (f"/library?asset={photo['chelsea']}", None),
        "personas": ("/personas", None),
        "costs": ("/costs", None),
        "settings": ("/settings", None),
        "palette": ("/library", lambda page: page.keyboard.press("Control+k")),
    }


def _marked(page: Page) -> None:
    """Select the subject, so that there is a mask to be seen."""
    page.get_by_role("button", name="Select subject").click()
    page.wait_for_timeout(4000)


def _grown(page: Page) -> None:
    """Upscale it, so that before and after are beside each other."""
    page.get_by_role("button", name="Upscale").last.click()
    page.get_by_role("slider", name="Border between before and after").wait_for(timeout=60_000)


def _cropped(page: Page) -> None:
    page.get_by_text("Found by").first.wait_for(timeout=60_000)


def photographed(browser: Browser, studio: Studio, filled: Filled, out: Path, only: Sequence[str]) -> None:
    """Write every page in every look."""
    for look, options in LOOKS.items():
        context = browser.new_context(base_url=studio.url, extra_http_headers=studio.headers(), **options)  # pyright: ignore[reportArgumentType] - options by name
        page = context.new_page()
        for name, (address, then) in pages(filled).items():
            if only and name not in only:
                continue
            page.goto(address)
            page.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
            page.wait_for_timeout(SETTLE_MS)
            if then is not None:
                then(page)
                page.wait_for_timeout(SETTLE_MS)
            written = small(page.screenshot(), out / f"{name}-{look}.webp")
            print(f"{name:<10} {look:<6} {written / 1000:.0f} kB")
        context.close()


def small(png: bytes, path: Path) -> int:
    """Write a picture in at most 150 kB; return its bytes."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(90, 20, -6):
        file = io.BytesIO()
        image.save(file, "WEBP", quality=quality, method=6)
        if len(file.getvalue()) <= MOST_BYTES:
            path.write_bytes(file.getvalue())
            return len(file.getvalue())
    raise SystemExit(f"{path.name} can't be made small enough")


if __name__ == "__main__":
    assert {one.name for one in PHOTOGRAPHS} >= set(FREE), "the photographs have other names now"
    main()
