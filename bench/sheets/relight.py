"""The contact sheet of relighting: each photograph, and its subject before two other backgrounds.

    python -m bench.sheets.relight [docs/explanation/sheets/relight.webp]

Photographs come from `bench.photographs`, further subjects, laid over photographs, from `bench.cutout_pictures`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs
from PIL import Image

from backend.imaging import codec
from backend.providers.local import cutout, models
from backend.providers.local.relight import asking, relighting
from backend.schemas.base import AssetId
from backend.schemas.specs import RelightSpec
from bench import cutout_pictures
from bench.photographs import photographs
from bench.sheets import pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bench.sheets.pairs import Pair

LONGEST = 640
ASKED = {
    "motorcycle": ("light grey studio", "picture: path"),
    "astronaut": ("neon", "sunset"),
    "coffee": ("white background", "candlelight"),
    "wine": ("beige wall, light from the left", "beach"),
    "chelsea": ("picture: leaf", "forest"),
    "cello": ("stage", "window"),
    "china": ("picture: sunset", "mountains"),
    "friends": ("meadow", "sky"),
    "flower": ("picture: water", "black"),
    "balloon360": ("sunrise", "stars"),
    "firetruck": ("night city", "desert"),
    "astronaut, kept": ("keep: light from the right", "keep: candlelight"),
    "pig_golden2": ("gradient from pink to cream", "golden hour"),
    "capybara": ("snow", "picture: path"),
    "china, kept": ("keep: sunset", "keep: light from the left"),
}
"""What is shown, and what is asked for: words, or a photograph, or another light in the same place."""


def main() -> None:
    """Draw the sheet."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/explanation/sheets/relight.webp")
    shown = _shown()
    weights = models.path_of("u2netp", models.default_folder())
    drawn: list[Pair] = []
    for name, (first, second) in ASKED.items():
        before = shown[name.removesuffix(", kept")]
        cut = cutout.subject(before, weights)
        after = np.hstack([_relit((before, cut), asked, shown) for asked in (first, second)])
        drawn.append((f"{first.removeprefix('keep: ')} | {second.removeprefix('keep: ')}", before, after))
        print(name, flush=True)
    pairs.lay(drawn, path)


def _shown() -> dict[str, NDArray[np.uint8]]:
    kept = platformdirs.user_cache_path("image-studio", appauthor=False) / "bench"
    shown = dict(photographs(longest=LONGEST))
    for one in cutout_pictures.composites(cutout_pictures.fetch(kept)):
        if one.name in ASKED:
            image = Image.fromarray(one.pixels)
            image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
            shown[one.name] = np.asarray(image)
    return shown


def _relit(
    given: tuple[NDArray[np.uint8], NDArray[np.uint8]], asked: str, shown: dict[str, NDArray[np.uint8]]
) -> NDArray[np.uint8]:
    """Return a picture, given with its cut-out, as it was asked for."""
    (before, cut), keep = given, asked.startswith("keep: ")
    picture = asked.removeprefix("picture: ") if asked.startswith("picture: ") else None
    images = {"image": codec.encode(before, "png")}
    if picture:
        images["background_image"] = codec.encode(shown[picture], "png")
    prompt, strength = None if picture else asked.removeprefix("keep: "), 0.8 if keep else 0.5
    spec = RelightSpec(
        image=AssetId("a"),
        prompt=prompt,
        background_image=AssetId("b") if picture else None,
        keep_background=keep,
        light_strength=strength,
    )
    wanted = asking.read(images, spec)
    if keep:
        return relighting.in_place(wanted, cut[..., 3] / np.float32(255))[0]
    return relighting.before_another(wanted, cut)[0]


if __name__ == "__main__":
    main()
