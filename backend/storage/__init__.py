"""The room that may hold bytes: content-addressed, on a local folder or an object store."""

from backend.storage.content import ContentKey, ContentStore, Elsewhere, key_of
from backend.storage.places import S3
from backend.storage.signing import Grant, Signer

__all__ = ["S3", "ContentKey", "ContentStore", "Elsewhere", "Grant", "Signer", "key_of"]
