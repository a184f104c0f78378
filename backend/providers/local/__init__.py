"""The embedded engine: what this machine does by itself, with no key and no network."""

from backend.providers.local.engine import LocalProvider

__all__ = ["LocalProvider"]
