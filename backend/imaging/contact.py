"""The contact sheet: all exports of a job on one page, by platform, each with its format, size and checks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from backend.imaging.codec import decode, save
from backend.imaging.lettering import lettering
from backend.imaging.previews import over_board

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PIL import ImageFont

_WIDE: Final = 1600
_MARGIN: Final = 40
_HIGH: Final = 220
"""The height of each picture, less for wide ones."""
_WIDEST: Final = 460
_NARROWEST: Final = 150
_GAP: Final = 24
_LINES: Final = 58
"""What stands below a picture: three lines."""
_PAPER, _INK, _QUIET, _RULE = "#f7f7f5", "#16181d", "#5b6068", "#d9dad6"
_GOOD, _BAD = "#17784a", "#b42318"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One export: its picture (a thumbnail of our own), and what stands below it."""

    picture: bytes
    platform: str
    title: str
    line: str
    """Such as `1080 x 1080 · 214 KB`."""
    broken: tuple[str, ...] = ()
    """The rules that it breaks."""
    checked: int = 0
    """How many rules it was checked against."""


@dataclass(slots=True)
class _Row:
    tiles: list[tuple[Tile, Image.Image]]

    @property
    def width(self) -> int:
        return sum(_room(image) + _GAP for _, image in self.tiles) - _GAP

    @property
    def height(self) -> int:
        return max(image.height for _, image in self.tiles)


def contact_sheet(tiles: Sequence[Tile]) -> bytes:
    """Return a JPEG with every tile, those of one platform together; 1600 pixels wide and as high as it takes."""
    sections = [(name, _rows(group)) for name, group in groupby(tiles, key=lambda tile: tile.platform)]
    high = _MARGIN + sum(46 + sum(row.height + _LINES + _GAP for row in rows) for _, rows in sections)
    sheet = Image.new("RGB", (_WIDE, high + _MARGIN // 2), _PAPER)
    draw, top = ImageDraw.Draw(sheet), _MARGIN
    for name, rows in sections:
        draw.text((_MARGIN, top), name, fill=_INK, font=lettering(20, 650))
        draw.line((_MARGIN, top + 31, _WIDE - _MARGIN, top + 31), fill=_RULE)
        top += 46
        for row in rows:
            _draw(sheet, row, top)
            top += row.height + _LINES + _GAP
    return save(sheet, "JPEG", quality=80)


def _rows(tiles: Iterable[Tile]) -> list[_Row]:
    """Return the tiles in as many rows as they take."""
    rows: list[_Row] = []
    for tile in tiles:
        image = _fitted(tile.picture)
        if rows and rows[-1].width + _GAP + _room(image) <= _WIDE - 2 * _MARGIN:
            rows[-1].tiles.append((tile, image))
        else:
            rows.append(_Row([(tile, image)]))
    return rows


def _room(image: Image.Image) -> int:
    return max(_NARROWEST, image.width)


def _fitted(picture: bytes) -> Image.Image:
    image = Image.fromarray(over_board(decode(picture).pixels))
    scale = min(_WIDEST / image.width, _HIGH / image.height)
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))


def _draw(sheet: Image.Image, row: _Row, top: int) -> None:
    draw, left = ImageDraw.Draw(sheet), _MARGIN
    for tile, image in row.tiles:
        under = top + row.height
        sheet.paste(image, (left, under - image.height))
        edge = (left - 1, under - image.height - 1, left + image.width, under)
        draw.rectangle(edge, outline=_RULE)
        for number, (words, colour, weight) in enumerate(_below(tile)):
            font = lettering(13, weight)
            draw.text((left, under + 6 + 17 * number), _cut(words, font, _room(image)), fill=colour, font=font)
        left += _room(image) + _GAP


def _below(tile: Tile) -> Iterator[tuple[str, str, int]]:
    yield tile.title, _INK, 600
    yield tile.line, _QUIET, 450
    if tile.broken:
        yield f"Breaks: {', '.join(tile.broken)}", _BAD, 550
    elif tile.checked:
        yield f"Keeps all {tile.checked} rules", _GOOD, 450


def _cut(words: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """Return as many of the words as there is room for."""
    length = font.getlength
    if length(words) <= room:
        return words
    while words and length(words + "…") > room:
        words = words[:-1]
    return words.rstrip() + "…"
