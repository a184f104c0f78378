"""From what is asked of the library to SQL: what matches, in what order, and where the next page begins."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.db.collections import Collected
from backend.db.models import Asset
from backend.errors import FieldError, InvalidRequest
from backend.imaging.shade import shade_of
from backend.schemas.library_query import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.schemas.base import WorkspaceId
    from backend.schemas.library_query import LibraryFilter, LibraryQuery, SortBy

_LARGEST = 2**31
"""Beyond what the columns hold."""
_TAGS = sa.cast(Asset.tags, sa.Text)
_NEAR = 150
"""How far colours may lie apart in OKLab, in thousandths, to look alike."""
_SORTED: dict[SortBy, sa.ColumnElement[Any]] = {
    "created_at": Asset.created_at.expression,
    "updated_at": Asset.updated_at.expression,
    "cost": Asset.cost_milli.expression,
    "file_size": Asset.file_size.expression,
    "title": sa.func.lower(Asset.title),
}
"""What an order compares. Any: moments, numbers or words."""


def conditions(workspace: WorkspaceId, wanted: LibraryFilter) -> list[sa.ColumnElement[bool]]:
    """Return what a row must fulfil."""
    equal = {
        Asset.asset_type: wanted.asset_type,
        Asset.source_module: wanted.source_module,
        Asset.provider: wanted.provider,
        Asset.model: wanted.model,
        Asset.status: wanted.status,
        Asset.platform: wanted.platform,
    }
    found = [*_shown(workspace, wanted)]
    found += [column == value for column, value in equal.items() if value is not None]
    found += [Asset.words.contains(word, autoescape=True) for word in (wanted.search or "").casefold().split()]
    if operations := parts_of(wanted.operation):
        found.append(Asset.operation.in_(operations))
    if tags := parts_of(wanted.tags):
        either = sa.or_ if wanted.tags_match == "any" else sa.and_
        found.append(either(*(_TAGS.contains(json.dumps(tag), autoescape=True) for tag in tags)))
    if wanted.favorites_only:
        found.append(Asset.is_favorite.is_(True))
    if wanted.colour is not None:
        found.append(_looks_like(wanted.colour))
    if wanted.date_from is not None:
        found.append(Asset.created_at >= wanted.date_from)
    if wanted.date_to is not None:
        found.append(Asset.created_at <= wanted.date_to)
    return found


def _shown(workspace: WorkspaceId, wanted: LibraryFilter) -> Iterator[sa.ColumnElement[bool]]:
    """Yield where to look: outside the trash or in it, what only served left out, in a collection or anywhere."""
    yield Asset.workspace_id == workspace
    yield Asset.trashed_at.is_not(None) if wanted.trashed else Asset.trashed_at.is_(None)
    if wanted.collection_id is not None:
        inside = sa.select(Collected.asset_id).where(
            Collected.workspace_id == workspace, Collected.collection_id == wanted.collection_id
        )
        yield Asset.id.in_(inside)
    elif not (wanted.include_inputs or wanted.trashed):
        yield Asset.purpose.is_(None)


def _looks_like(colour: str) -> sa.ColumnElement[bool]:
    shade = shade_of(colour)
    apart = [
        column - part
        for column, part in ((Asset.light, shade.light), (Asset.red, shade.red), (Asset.yellow, shade.yellow))
    ]
    light, red, yellow = (one * one for one in apart)
    return light + red + yellow <= _NEAR**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """An order of the library, which the id makes total."""

    value: sa.ColumnElement[Any]  # Any: as in the table above
    falling: bool

    @classmethod
    def of(cls, wanted: LibraryQuery) -> Sorting:
        """Return the order that is asked for."""
        return cls(value=_SORTED[wanted.sort_by], falling=wanted.sort_order == "desc")

    @property
    def order(self) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Return what to order by."""
        if self.falling:
            return self.value.desc(), Asset.id.desc()
        return self.value.asc(), Asset.id.asc()

    def after(self, cursor: Cursor) -> sa.ColumnElement[bool]:
        """Return what is true of the rows that come after the cursor's."""
        further = self.value < cursor.value if self.falling else self.value > cursor.value
        beyond = Asset.id < cursor.id if self.falling else Asset.id > cursor.id
        return sa.or_(further, sa.and_(self.value == cursor.value, beyond))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last row of a page, as the next page's beginning: its place in the order, and its id."""

    value: datetime | float | str
    id: str

    def write(self, wanted: LibraryQuery) -> str:
        """Return the cursor as text for an address."""
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        said = json.dumps([wanted.sort_by, wanted.sort_order, value, self.id])
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, wanted: LibraryQuery) -> Cursor:
        """Return the cursor that a text stands for.

        Raises:
            InvalidRequest: it is not a cursor, or one of another order.
        """
        try:
            said = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        except (binascii.Error, ValueError, RecursionError) as error:
            raise _wrong("This is not a cursor that the library gave.") from error
        match said, wanted.sort_by:
            case [by, order, *_], _ if (by, order) != (wanted.sort_by, wanted.sort_order):
                raise _wrong("This cursor belongs to another order; begin again without it.")
            case [_, _, str(value), str(place)], "created_at" | "updated_at" if _is_text(place):
                return cls(value=_moment(value), id=place)
            case [_, _, str(value), str(place)], "title" if _is_text(value + place):
                return cls(value=value, id=place)
            case [_, _, int(value), str(place)], "cost" | "file_size" if abs(value) < _LARGEST and _is_text(place):
                return cls(value=value, id=place)
            case _:
                raise _wrong("This is not a cursor that the library gave.")


def _is_text(said: str) -> bool:
    """Say whether a database can hold it: JSON may name characters that are none."""
    return "\x00" not in said and said.encode(errors="ignore").decode() == said


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)  # also fails before the first year and after the last one
    except (ValueError, OverflowError) as error:
        raise _wrong("This is not a cursor that the library gave.") from error
    raise _wrong("This is not a cursor that the library gave.")


def _wrong(detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/cursor", detail=detail),))
