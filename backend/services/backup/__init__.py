"""The room of backups: a studio into one file, and out of it again, on whatever database and storage."""

from backend.services.backup.manifest import Head, Manifest
from backend.services.backup.restoring import Restored, RestoreService, check
from backend.services.backup.taking import BackupService

__all__ = ["BackupService", "Head", "Manifest", "RestoreService", "Restored", "check"]
