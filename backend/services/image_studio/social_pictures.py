"""The pictures in an answer about exports: their bytes, and previews that show what platforms cover."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Literal

from backend.db.repositories.assets import Assets
from backend.imaging.types import Box
from backend.storage import ContentKey

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.db.models import Asset
    from backend.db.session import Database
    from backend.imaging.previews import Guides
    from backend.imaging.workbench import Workbench
    from backend.schemas.base import Caller
    from backend.schemas.social_request import SocialAnswer, SocialResult
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.services.image_studio.formats import Format
    from backend.storage import ContentStore

Field = Literal["image_base64", "preview_base64"]


class SocialPictures:
    """Puts pictures into answers; nothing of it is kept."""

    def __init__(self, db: Database, store: ContentStore, workbench: Workbench, formats: FormatShelf) -> None:
        self._db = db
        self._store = store
        self._workbench = workbench
        self._formats = formats

    async def with_bytes(self, caller: Caller, answer: SocialAnswer) -> SocialAnswer:
        """Return the answer with every file in it; one that has left the library since has none."""
        found = await self._contents(caller, answer.results, lambda row: row.content_key)
        urls = [None if data is None else _url(one.mime, data) for one, data in zip(answer.results, found, strict=True)]
        return _filled(answer, "image_base64", urls)

    async def with_previews(self, caller: Caller, answer: SocialAnswer) -> SocialAnswer:
        """Return the answer with a small picture of every file on which stands what its platform covers or cuts."""
        found = await self._contents(caller, answer.results, lambda row: row.thumbnail_key)
        there = {at: data for at, data in enumerate(found) if data is not None}
        jobs = tuple((data, _plain(self._form(answer.results[at]))) for at, data in there.items())
        drawn = dict(zip(there, await self._workbench.run(drawn_previews, jobs), strict=True))
        urls = [_url("image/webp", drawn[at]) if at in drawn else None for at in range(len(found))]
        return _filled(answer, "preview_base64", urls)

    def _form(self, result: SocialResult) -> Format:
        meant = self._formats.meant(f"{result.platform}.{result.format_id}")
        assert meant is not None, "files are made for formats of the shelf"
        return meant[1]

    async def _contents(
        self, caller: Caller, results: Sequence[SocialResult], key: Callable[[Asset], str | None]
    ) -> list[bytes | None]:
        async with self._db.read() as session:
            rows = await Assets(session).these(caller.workspace_id, [one.asset_id for one in results])
        keys = {row.id: key(row) for row in rows}
        return await asyncio.gather(*(self._content(keys.get(one.asset_id)) for one in results))

    async def _content(self, key: str | None) -> bytes | None:
        return None if key is None else await self._store.get(ContentKey(key))


GuideValues = tuple[
    tuple[int, int],
    tuple[int, int, int, int],
    tuple[tuple[int, int, int, int], ...],
    tuple[tuple[str, tuple[int, int, int, int]], ...],
    bool,
]
"""Guides in values that any child can read: size, insets, covered boxes, named crops, whether it is round."""


def drawn_previews(pictures: tuple[tuple[bytes, GuideValues], ...]) -> tuple[bytes, ...]:
    """Return a preview for each picture, with its guides; runs in a child process."""
    from backend.imaging.previews import preview  # noqa: PLC0415 - the server never loads what draws

    return tuple(preview(picture, _guides(values)) for picture, values in pictures)


def _guides(values: GuideValues) -> Guides:
    from backend.imaging.previews import Guides  # noqa: PLC0415 - as above
    from backend.imaging.types import Size  # noqa: PLC0415 - as above

    size, safe, covered, crops, circle = values
    return Guides(
        size=Size(*size),
        safe=safe,
        covered=tuple(Box(*box) for box in covered),
        crops=tuple((name, Box(*box)) for name, box in crops),
        circle=circle,
    )


def _plain(form: Format) -> GuideValues:
    safe = form.safe
    return (
        (form.size.width, form.size.height),
        (safe.top, safe.right, safe.bottom, safe.left),
        tuple(_corners(rect) for rect in form.keepout),
        tuple((name, _corners(rect)) for name, rect in form.crops.items()),
        form.shape == "circle",
    )


def _corners(rect: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, width, height = rect
    return left, top, left + width, top + height


def _url(mime: str, data: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def _filled(answer: SocialAnswer, field: Field, urls: Sequence[str | None]) -> SocialAnswer:
    filled = (one.model_copy(update={field: url}) for one, url in zip(answer.results, urls, strict=True))
    return answer.model_copy(update={"results": tuple(filled)})
