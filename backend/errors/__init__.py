"""What can go wrong, as facts with fields: one class for each problem type of RFC 9457."""

from backend.errors.access import (
    AccessRefused,
    InsufficientCredits,
    NotAllowed,
    NotFound,
    QuotaExceeded,
    SignInRequired,
    TooManyAttempts,
)
from backend.errors.base import (
    StudioError,
)
from backend.errors.conflicts import (
    Conflict,
    IdempotencyKeyReused,
    JobCancelled,
    JobFinished,
)
from backend.errors.engines import (
    NoProvider,
    OutcomeUnknown,
    ProviderFailed,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
    ProviderTimeout,
    ProviderUnavailable,
)
from backend.errors.machine import (
    DatabaseBusy,
    DataFolderInUse,
    MachineTrouble,
    StorageFull,
    StorageUnavailable,
    WorkerOverrun,
)
from backend.errors.requests import (
    ContentRefused,
    FieldError,
    InvalidImage,
    InvalidRequest,
    MalformedBody,
    RequestRefused,
    TooLarge,
    UnsupportedFormat,
    UnsupportedOperation,
)

__all__ = [
    "AccessRefused",
    "Conflict",
    "ContentRefused",
    "DataFolderInUse",
    "DatabaseBusy",
    "FieldError",
    "IdempotencyKeyReused",
    "InsufficientCredits",
    "InvalidImage",
    "InvalidRequest",
    "JobCancelled",
    "JobFinished",
    "MachineTrouble",
    "MalformedBody",
    "NoProvider",
    "NotAllowed",
    "NotFound",
    "OutcomeUnknown",
    "ProviderFailed",
    "ProviderMisbehaved",
    "ProviderRateLimited",
    "ProviderRefused",
    "ProviderTimeout",
    "ProviderUnavailable",
    "QuotaExceeded",
    "RequestRefused",
    "SignInRequired",
    "StorageFull",
    "StorageUnavailable",
    "StudioError",
    "TooLarge",
    "TooManyAttempts",
    "UnsupportedFormat",
    "UnsupportedOperation",
    "WorkerOverrun",
]
