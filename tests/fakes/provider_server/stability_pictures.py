"""What Stability AI makes: real pictures that follow from what was sent, in the sizes that its reference names."""

from __future__ import annotations

import io
import math
import zlib
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageOps

if TYPE_CHECKING:
    from typing import Any

    from tests.fakes.provider_server.stability_contract import Sent

STEP = 64


def made(path: str, row: dict[str, Any], sent: Sent) -> Image.Image:
    """Return what comes of a request."""
    sources = [Image.open(io.BytesIO(data)) for name, data in sent.files.items() if name in FIRST]
    source = sources[0].convert("RGB") if sources else None
    about = f"{sent.fields.get('prompt', '')} {sent.fields.get('seed', '')}"
    operation = path.rpartition("/")[2]
    if source is None or operation == "style" or "/generate/" in path:
        return _new(row, sent, about, source)
    if operation in MADE:
        return MADE[operation](source, row, sent)
    whole = Image.blend(source, _drawn(source.size, about), 0.5)
    return _of_area(whole, row) if "makes" in row else whole


FIRST = ("image", "init_image", "subject_image")


def encoded(image: Image.Image, kind: str) -> bytes:
    """Return a file of a picture."""
    file = io.BytesIO()
    (image.convert("RGB") if kind == "jpeg" else image).save(
        file, kind, **({"compress_level": 1} if kind == "png" else {})
    )
    return file.getvalue()


def blurred(image: Image.Image) -> Image.Image:
    """Return a picture as it is sent where it shows what is forbidden."""
    few = image.convert("RGB").resize((8, 8), Image.Resampling.BOX)
    return few.resize(image.size, Image.Resampling.BICUBIC)


def _drawn(size: tuple[int, int], about: str) -> Image.Image:
    across, down = Image.linear_gradient("L").rotate(90).resize(size), Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (across, down, Image.new("L", size, zlib.crc32(about.encode()) % 256)))


def _new(row: dict[str, Any], sent: Sent, about: str, source: Image.Image | None) -> Image.Image:
    """Return a new picture of an area and a ratio; without one, of the shape of what it was made from."""
    across, down = (int(side) for side in sent.fields.get("aspect_ratio", "1:1").split(":"))
    if source is not None and "aspect_ratio" not in sent.fields:
        across, down = source.size
    side = math.sqrt(row["makes"]["megapixels"] * 1_048_576 / (across * down))
    return _drawn((_stepped(across * side), _stepped(down * side)), about)


def _stepped(side: float) -> int:
    return max(STEP, round(side / STEP) * STEP)


def _of_area(source: Image.Image, row: dict[str, Any], *_: object) -> Image.Image:
    scale = math.sqrt(row["makes"]["megapixels"] * 1_048_576 / (source.width * source.height))
    return source.resize((round(source.width * scale), round(source.height * scale)), Image.Resampling.BICUBIC)


def _cut_out(source: Image.Image, *_: object) -> Image.Image:
    alpha = Image.new("L", source.size)
    ImageDraw.Draw(alpha).ellipse(
        (source.width // 8, source.height // 8, *(side * 7 // 8 for side in source.size)), 255
    )
    source.putalpha(alpha)
    return source


def _extended(source: Image.Image, _: object, sent: Sent) -> Image.Image:
    left, right, up, down = (int(sent.fields.get(side, 0)) for side in ("left", "right", "up", "down"))
    whole = _drawn((left + source.width + right, up + source.height + down), "around")
    whole.paste(source, (left, up))
    return whole


def _filled(source: Image.Image, row: dict[str, Any], sent: Sent) -> Image.Image:
    """Return the picture with another one under the mask; a mask of another size is resized."""
    new = _drawn(source.size, sent.fields.get("prompt", ""))
    mask = (
        Image.open(io.BytesIO(sent.files["mask"])).convert("L") if "mask" in sent.files else Image.new("L", source.size)
    )
    return _of_area(Image.composite(new, source, mask.resize(source.size)), row)


def _fourfold(source: Image.Image, *_: object) -> Image.Image:
    return source.resize((source.width * 4, source.height * 4), Image.Resampling.BICUBIC)


def _restyled(source: Image.Image, row: dict[str, Any], *_: object) -> Image.Image:
    return _of_area(ImageOps.posterize(source, 3), row)


MADE = {
    "fast": _fourfold,
    "conservative": _of_area,
    "creative": _of_area,
    "remove-background": _cut_out,
    "outpaint": _extended,
    "erase": _filled,
    "inpaint": _filled,
    "style-transfer": _restyled,
}
"""By the last word of the address; everything else is laid half over what it was made from."""
