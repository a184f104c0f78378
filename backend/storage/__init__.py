"""The room that may hold bytes: content-addressed, on a local folder or an object store."""

from backend.storage.content import ContentKey, ContentStore, key_of
from backend.storage.signing import Grant, Signer

__all__ = ["ContentKey", "ContentStore", "Grant", "Signer", "key_of"]
