"""The contact sheet of relayout: six designs, each laid out again in five formats; nothing is cropped.

python -m bench.sheets.relayout --out docs/explanation/sheets/relayout.webp
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from backend.providers.local.compose import Brief, compose, lay_out
from backend.providers.local.compose.type.fonts import FOLDER, files

DESIGNS = (
    ("paper", 'Sea, coral and teal "Take the slow boat" "Ferry passes from 39 €"', 4),
    ("swiss", 'Design exhibition red "Form follows feeling" "12-18 October" "Exhibition"', 1),
    ("botanicals", 'Garden, green, spring "Grow slowly, grow well" "The autumn report"', 2),
    ("typestack", 'Bold pink sale "Everything must go" "Up to 50% off until Sunday"', 3),
    ("nightcity", 'Jazz night, dark gold "Jazz after dark" "Every Friday, 21:00"', 5),
    ("arches", 'Boho, warm "قهوة طازجة كل صباح" "من السادسة حتى السابعة"', 6),
)
SIZES = ((1080, 1080), (1080, 1920), (1200, 628), (1500, 500), (1128, 191))
ROW, GAP, LABEL, GROUND = 250, 12, 22, "#efeeea"
MOST_BYTES = 250_000


def sheet() -> Image.Image:
    """Return the sheet: a row for each design, a column for each format."""
    widths = [round(w * min(ROW / h, 330 / w)) for w, h in SIZES]
    page = Image.new("RGB", (sum(widths) + GAP * (len(SIZES) + 1), len(DESIGNS) * (ROW + LABEL + GAP) + GAP), GROUND)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FOLDER / files("inter")[0]), 13)
    for number, (family, prompt, seed) in enumerate(DESIGNS):
        left, top = GAP, GAP + number * (ROW + LABEL + GAP)
        layers = compose(Brief(prompt=prompt, width=1080, height=1080, seed=seed, style=family)).layers
        for width, (w, h) in zip(widths, SIZES, strict=True):
            made = Image.open(io.BytesIO(lay_out(layers, w, h).png)).convert("RGB")
            small = made.resize((width, round(h * width / w)), Image.Resampling.LANCZOS)
            page.paste(small, (left, top + LABEL))
            pen.text((left, top + 2), f"{family}  {w} x {h}", fill="#444444", font=font)
            left += width + GAP
    return page


def main() -> None:
    """Write the sheet, as small as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    path: Path = parser.parse_args().out
    path.parent.mkdir(parents=True, exist_ok=True)
    page = sheet()
    for quality in (86, 80, 74, 66, 58):
        page.save(path, quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            break
    print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
