"""What stands behind an asset's address: which bytes, of what type, under what name, shown or downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import NotAllowed, NotFound, SignInRequired
from backend.schemas.assets import ADDRESS
from backend.schemas.base import AssetId, WorkspaceId
from backend.storage import ContentKey
from backend.utils.filenames import disposition, with_extension

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from backend.db.models import Asset, AssetFile
    from backend.schemas.assets import Disposition, SignedQuery
    from backend.schemas.base import Caller
    from backend.storage import ContentStore, Elsewhere

SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"})
"""Pictures of pixels, which can't run anything; all else is only ever downloaded."""

_FILE_TYPES = {"svg": "image/svg+xml", "json": "application/json", "txt": "text/plain; charset=utf-8"}
_THUMBNAIL = "image/webp"


KEPT = "private, max-age=31536000, immutable"
"""What an address of ours opens never changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Bytes that are ready to be streamed, and how to present them."""

    store: ContentStore
    key: ContentKey
    known_size: int | None = None
    """In bytes; None where nothing but the store knows it."""
    mime: str
    filename: str
    disposition: Disposition

    @property
    def etag(self) -> str:
        """Return the hash of the bytes, as a strong entity tag."""
        return f'"{self.key.rpartition("/")[2]}"'

    @property
    def presentation(self) -> str:
        """Return how a browser is to present the bytes, and under what name, as a Content-Disposition."""
        return disposition(self.disposition, self.filename)

    async def size(self) -> int:
        """Return how many bytes there are."""
        return await self.store.size(self.key) if self.known_size is None else self.known_size

    async def stream(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Return the bytes from `start` up to, but not including, `end`, in chunks."""
        return await self.store.stream(self.key, start, end)

    def elsewhere(self) -> Elsewhere | None:
        """Return where the store itself shows this to a browser; None where only the studio does.

        What could run something in a browser never leaves by another origin, which knows nothing of our headers.
        """
        if self.mime not in SHOWN:
            return None
        said = {"content-type": self.mime, "content-disposition": self.presentation, "cache-control": KEPT}
        return self.store.address(self.key, said)


def workspace_of(caller: Caller | None, query: SignedQuery) -> WorkspaceId:
    """Return whose library is meant: the one that the verified address names, or the caller's.

    Raises:
        SignInRequired: there is neither.
        NotAllowed: the caller may not look.
    """
    if query.signed:
        return WorkspaceId(query.workspace or "")
    if caller is None:
        raise SignInRequired(detail="This needs a signed address or credentials.")
    if "read" not in caller.scopes:
        raise NotAllowed(detail="This needs the scope `read`, which the caller does not have.", needs="read")
    return caller.workspace_id


def asset_in(address: str) -> AssetId | None:
    """Return the asset that an address of ours, relative or whole, belongs to.

    Raises:
        NotFound: it is not the address of an asset.
    """
    _, found, rest = address.partition(f"{ADDRESS}/")
    if address and not found:
        raise NotFound(detail="This is not the address of an asset in the library.")
    return AssetId(rest.partition("/")[0].partition("?")[0]) if found else None


def opened(
    store: ContentStore, row: Asset, files: Sequence[AssetFile], rendition: str, wanted: Disposition | None
) -> Opened:
    """Return what a rendition of an asset is.

    Raises:
        NotFound: the asset has no such rendition.
    """
    size: int | None = None
    if rendition == "content":
        key, size, mime, name = ContentKey(row.content_key), row.file_size, row.mime_type, row.filename
    elif rendition == "thumbnail" and row.thumbnail_key:
        key, mime, name = ContentKey(row.thumbnail_key), _THUMBNAIL, with_extension(row.filename, _THUMBNAIL)
    else:
        file = next((file for file in files if rendition == f"files/{file.name}"), None)
        if file is None:
            raise NotFound(detail="This asset has no such rendition.")
        key, size, mime, name = ContentKey(file.content_key), file.file_size, _type_of(file.name), file.name
    presented = (wanted or "inline") if mime in SHOWN else "attachment"
    return Opened(store=store, key=key, known_size=size, mime=mime, filename=name, disposition=presented)


def _type_of(name: str) -> str:
    return _FILE_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
