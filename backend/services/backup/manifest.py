"""What a backup says about itself: at its beginning what it is, at its end what is in it.

- `image-studio-backup.json`: who made it, and for which tables
- `content/cas/sha256/ab/abcd…`: each file under the name of its hash
- `rows/<table>/<number>.jsonl`: rows, one JSON object a line; tables in the order in which they can be filled
- `manifest.json`: counts and hashes; a backup without it is not whole
"""

from __future__ import annotations

from datetime import datetime

from backend.schemas.base import Frozen

FORMAT = 1
HEAD = "image-studio-backup.json"
MANIFEST = "manifest.json"
CONTENT = "content/"
ROWS = "rows/"


class Head(Frozen):
    """What a backup is."""

    format: int = FORMAT
    application: str
    """The version that made it."""
    revision: str
    """The revision of the tables."""
    created_at: datetime


class Part(Frozen):
    """Some rows of a table, as a file."""

    name: str
    rows: int
    bytes: int
    sha256: str


class TableContents(Frozen):
    """A table in a backup."""

    name: str
    rows: int
    parts: tuple[Part, ...]


class Content(Frozen):
    """The files in a backup. Each is named by its own hash, `names_sha256` covers the names in their order."""

    files: int
    bytes: int
    names_sha256: str
    lost: tuple[str, ...] = ()
    """What rows name and the storage had no more when the backup was made."""


class Manifest(Frozen):
    """What is in a backup."""

    head: Head
    taken_at: datetime
    """The moment that the rows are of."""
    tables: tuple[TableContents, ...]
    content: Content

    @property
    def rows(self) -> int:
        """Return how many rows there are in all tables."""
        return sum(table.rows for table in self.tables)
