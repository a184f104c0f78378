"""The rows of a CSV file, as a run takes them."""

from __future__ import annotations

import csv
import io

from backend.errors import FieldError, InvalidRequest
from backend.schemas.recipes import LONGEST_CELL, MOST_COLUMNS, MOST_ITEMS

SEPARATORS = ",;\t"
"""What may stand between cells; the header shows which of them does."""


def rows_of(data: bytes) -> tuple[dict[str, str], ...]:
    """Return the rows of a CSV file in UTF-8, by the names in its first line; empty lines are left out.

    Raises:
        InvalidRequest: it can't be read so, or has too much of something; pointers name the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong("/", f"the file is not UTF-8: byte {error.start} is of no character") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        lines = [line for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise _wrong(f"/lines/{reader.line_num}", f"line {reader.line_num} can't be read: {error}") from None
    if len(lines) <= 1:
        raise _wrong("/", "the file needs a line with the columns' names and at least one row")
    names = _names(lines[0])
    if len(lines) - 1 > MOST_ITEMS:
        raise _wrong("/", f"the file has {len(lines) - 1} rows; a run takes at most {MOST_ITEMS}")
    return tuple(_row(names, line, number) for number, line in enumerate(lines[1:]))


def _separator(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(SEPARATORS, key=head.count)


def _names(line: list[str]) -> list[str]:
    names = [" ".join(name.split()) for name in line]
    while names and not names[-1]:
        names.pop()
    again = next((name for place, name in enumerate(names) if not name or name in names[:place]), None)
    if again is not None:
        raise _wrong("/", f"two columns are called “{again}”" if again else "a column has no name")
    if len(names) > MOST_COLUMNS:
        raise _wrong("/", f"the file has {len(names)} columns; a run takes at most {MOST_COLUMNS}")
    return names


def _row(names: list[str], line: list[str], number: int) -> dict[str, str]:
    cells = [cell.strip() for cell in line]
    if any(cells[len(names) :]):
        raise _wrong(f"/rows/{number}", f"row {number + 1} has more cells than there are columns")
    long = next((name for name, cell in zip(names, cells, strict=False) if len(cell) > LONGEST_CELL), None)
    if long:
        raise _wrong(f"/rows/{number}/{long}", f"the cell has more than {LONGEST_CELL} characters")
    return dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False))


def _wrong(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(detail=f"The CSV file: {detail}.", errors=(FieldError(pointer=pointer, detail=detail),))
