"""Draws the pictures that the page itself shows, of templates, styles and of home, with the studio's own engine.

Run again after a change of the templates or of the engine; the same studio draws the same files:

    python -m scripts.thumbnails
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from backend.imaging.types import Size
from backend.providers.local import models
from backend.providers.local.compose import FAMILIES, Brief, compose
from backend.providers.local.compose.families import named
from backend.providers.local.style import STYLES as PAINTING
from backend.providers.local.style import paint
from backend.providers.local.style.vocabulary import chosen, vocabulary
from backend.schemas.base import AssetId
from backend.schemas.specs import StyleSpec
from backend.services.image_studio.templates import TemplateManager

FEATURES = Path(__file__).parent.parent / "frontend" / "src" / "features"
TEMPLATES, STYLES = FEATURES / "templates" / "pictures", FEATURES / "create" / "styles"
PAINTED = FEATURES / "control" / "styles"
BOX = Size(240, 168)
"""What a template's picture fits into: twice what it is shown at."""
SWATCH = Size(208, 112)
"""A style's picture, twice as large as it is shown."""
HEAVIEST = 4000
"""Bytes of one file."""
OPENING = FEATURES / "dashboard" / "pictures" / "opening.avif"
WIDE = Size(1760, 620)
"""What home opens on before there is a favourite."""
WIDE_HEAVIEST = 60_000
"""Bytes of it."""
BRUSHED = Size(256, 128)
"""A picture in a painted style, twice as large as it is shown."""
STROKES = 3
"""How many times larger it is painted, so that strokes are as fine as in a real one."""
LARGER = 3
"""How many times larger a picture is drawn than it is kept, so that its type is set as in a real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn to show a family of designs."""

    family: str
    prompt: str
    seed: int = 1


SCENES = (
    Scene(family="paper", prompt="harbour at dusk, autumn, low warm sun"),
    Scene(family="typestack", prompt="sale, bold bright “Summer sale”"),
    Scene(family="botanicals", prompt="spring garden, fresh green “Spring is here”"),
    Scene(family="nightcity", prompt="night city jazz, blue pink “Late night jazz”"),
    Scene(family="terrazzo", prompt="coffee bakery brown “Fresh every day”"),
    Scene(family="ribbons", prompt="tech startup blue “Build with us”"),
    Scene(family="marble", prompt="wedding luxury gold “Save the date”"),
    Scene(family="sunburst", prompt="summer festival orange seventies “Open air”"),
    Scene(family="waves", prompt="ocean, calm blue “Breathe out”"),
    Scene(family="swiss", prompt="design exhibition, red “New forms”"),
    Scene(family="confetti", prompt="party birthday playful pink “We turn five”"),
    Scene(family="stage", prompt="skincare product beauty soft"),
    Scene(family="isometric", prompt="software data saas blue"),
    Scene(family="editorial", prompt="fashion magazine coral “The slow issue”"),
    Scene(family="orbs", prompt="moon night dream purple"),
    Scene(family="arches", prompt="wellness calm sage “Slow down”"),
    Scene(family="bokeh", prompt="gala evening gold “Opening night”"),
    Scene(family="halftone", prompt="sport energy bold “Game on”"),
    Scene(family="topo", prompt="forest hiking green"),
    Scene(family="riso", prompt="zine music print teal orange"),
    Scene(family="portal", prompt="island travel adventure coral"),
    Scene(family="mesh", prompt="gradient sunset warm"),
    Scene(family="bauhaus", prompt="school primary geometric"),
    Scene(family="flow", prompt="wind calm lavender"),
    Scene(family="quote", prompt="calm sage “Less, but better”"),
)
HILLS = Scene(family="paper", prompt="sailing boat on the sea, mountains, summer sun, no text", seed=5)
"""What the painted styles are shown on."""
DUSK = Scene(family="paper", prompt="harbour at dusk, autumn, low warm sun, no text", seed=3)


def main() -> None:
    """Draw every picture anew."""
    OPENING.parent.mkdir(parents=True, exist_ok=True)
    OPENING.write_bytes(drawn(DUSK, WIDE, larger=1, heaviest=WIDE_HEAVIEST))
    for folder in (TEMPLATES, STYLES, PAINTED):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.avif"):
            old.unlink()
    by_family = {scene.family: scene for scene in SCENES}
    for family in FAMILIES:
        (STYLES / f"{family}.avif").write_bytes(drawn(plain(by_family[family]), SWATCH))
    for number, template in enumerate(TemplateManager.load().list()):
        scene = SCENES[number % len(SCENES)]
        (TEMPLATES / f"{template.id}.avif").write_bytes(drawn(scene, fitted(template.size)))
    picture = designed(HILLS, Size(BRUSHED.width * STROKES, BRUSHED.height * STROKES))
    for style in vocabulary().styles:
        (PAINTED / f"{style}.avif").write_bytes(painted(picture, style))


def plain(scene: Scene) -> Scene:
    """Return a scene without its words, where the family can do without: a style is not what it says."""
    return scene if named()[scene.family].needs_text else replace(scene, prompt=re.sub("“.*”", "", scene.prompt))


def fitted(size: Size) -> Size:
    """Return the size of a shape within the box."""
    scale = min(BOX.width / size.width, BOX.height / size.height)
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))


def drawn(scene: Scene, size: Size, *, larger: int = LARGER, heaviest: int = HEAVIEST) -> bytes:
    """Return a scene as AVIF, as good as it may be within a weight in bytes."""
    larger = max(larger, -(-64 // min(size.width, size.height)))
    picture = designed(scene, Size(size.width * larger, size.height * larger))
    return _kept(picture.resize((size.width, size.height), Image.Resampling.LANCZOS), heaviest)


def designed(scene: Scene, size: Size) -> Image.Image:
    """Return a scene as the engine's design room draws it."""
    brief = Brief(prompt=scene.prompt, width=size.width, height=size.height, seed=scene.seed, style=scene.family)
    return Image.open(io.BytesIO(compose(brief).png)).convert("RGB")


def painted(picture: Image.Image, style: str) -> bytes:
    """Return a picture painted over in a named style as AVIF; needs the engine's weights."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    weights = models.path_of(PAINTING.model, models.default_folder())
    spec = StyleSpec(control_image=AssetId("shown"), prompt=style, fidelity=1, output_format="png")
    brushed = paint(file.getvalue(), weights, spec, chosen(style, None).mixture)
    whole = Image.open(io.BytesIO(brushed)).convert("RGB")
    return _kept(whole.resize((BRUSHED.width, BRUSHED.height), Image.Resampling.LANCZOS), HEAVIEST)


def _kept(picture: Image.Image, heaviest: int) -> bytes:
    tries = (_avif(picture, quality) for quality in range(80, 3, -8))
    return next(data for data in tries if len(data) <= heaviest)


def _avif(picture: Image.Image, quality: int) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "AVIF", quality=quality, speed=3)
    return kept.getvalue()


if __name__ == "__main__":
    main()
