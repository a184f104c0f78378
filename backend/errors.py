"""What can go wrong, as facts with fields.

Every class is one problem type of RFC 9457: its docstring is the page that a caller lands on, its fields become members
of the problem. Errors are raised, never returned, and they survive pickling, so they can cross process borders.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar


def _rebuild(kind: type[StudioError], fields: dict[str, Any]) -> StudioError:
    return kind(**fields)


@dataclass(eq=False, kw_only=True)
class StudioError(Exception):
    """Something went wrong in the studio.

    The detail says what; the request id finds the log lines.
    """

    slug: ClassVar[str] = "studio-error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "The studio could not do this"
    retryable: ClassVar[bool] = False

    detail: str = ""

    def fields(self) -> dict[str, Any]:  # Any: each problem type has members of its own
        """Return the members that this instance adds to the problem, `detail` included."""
        return {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}

    def __str__(self) -> str:
        return self.detail or self.title

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from fields: keyword-only exceptions do not unpickle by themselves."""
        return _rebuild, (type(self), self.fields())


# --- the caller can fix it ---------------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class FieldError:
    """One wrong member of a request: `pointer` is a JSON pointer (RFC 6901) into the body."""

    pointer: str
    detail: str


@dataclass(eq=False, kw_only=True)
class RequestRefused(StudioError):
    """The request can't be carried out as it stands.

    The detail and the listed errors name what to change; send it again afterwards.
    """

    slug = "request-refused"
    status = 422
    title = "The request can't be carried out as it stands"

    errors: tuple[FieldError, ...] = ()

    def fields(self) -> dict[str, Any]:
        """Return the members, with `errors` only where there are some."""
        found = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return found if self.errors else {k: v for k, v in found.items() if k != "errors"}


@dataclass(eq=False, kw_only=True)
class InvalidRequest(RequestRefused):
    """A field of the request is missing, unknown or out of range.

    Each entry of `errors` points at one field and says what it takes.
    """

    slug = "invalid-request"
    status = 422
    title = "The request has wrong fields"


@dataclass(eq=False, kw_only=True)
class MalformedBody(RequestRefused):
    """The body can't be read at all: broken JSON, too deep, or not of the announced type.

    Send well-formed JSON (RFC 8259) or multipart/form-data.
    """

    slug = "malformed-body"
    status = 400
    title = "The body can't be read"


@dataclass(eq=False, kw_only=True)
class InvalidImage(RequestRefused):
    """The bytes are not a picture that can be read: broken, cut off, or not what they claim to be.

    Open the file in an image editor, save it again and send that.
    """

    slug = "invalid-image"
    status = 422
    title = "The picture can't be read"

    found: str = ""


@dataclass(eq=False, kw_only=True)
class UnsupportedFormat(RequestRefused):
    """The file is of a kind that the studio does not take.

    Send JPEG, PNG, WebP, GIF or AVIF. What the bytes really are stands in `found`.
    """

    slug = "unsupported-format"
    status = 415
    title = "This kind of file is not taken"

    found: str = ""


@dataclass(eq=False, kw_only=True)
class TooLarge(RequestRefused):
    """The body, file or picture is larger than the studio takes.

    The limit stands in `limit`, what was sent in `found`. Make it smaller and send it again.
    """

    slug = "too-large"
    status = 413
    title = "Too large"

    limit: str = ""
    found: str = ""


@dataclass(eq=False, kw_only=True)
class UnsupportedOperation(RequestRefused):
    """No such operation, or not with these inputs.

    `known` lists the operations that exist.
    """

    slug = "unsupported-operation"
    status = 422
    title = "This operation does not exist"

    known: tuple[str, ...] = ()


@dataclass(eq=False, kw_only=True)
class ContentRefused(RequestRefused):
    """The request was refused for what it shows or asks for, by the studio's or the provider's policy.

    It is not retried and not charged. Change the prompt or the picture.
    """

    slug = "content-refused"
    status = 422
    title = "Refused for its content"


# --- access ------------------------------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class AccessRefused(StudioError):
    """The studio knows the request but will not carry it out for this caller.

    Sign in, or use credentials that may.
    """

    slug = "access-refused"
    status = 403
    title = "Not for this caller"


@dataclass(eq=False, kw_only=True)
class SignInRequired(AccessRefused):
    """The request carries no valid credentials.

    Sign in, or send `Authorization: Bearer` with a session token or an API key. `image-studio link` prints a new sign-in link.
    """

    slug = "sign-in-required"
    status = 401
    title = "Sign in first"


@dataclass(eq=False, kw_only=True)
class NotAllowed(AccessRefused):
    """The caller's role or the key's scopes do not allow this.

    Ask an owner of the workspace for the role or scope named in `needs`.
    """

    slug = "not-allowed"
    status = 403
    title = "Not allowed"

    needs: str = ""


@dataclass(eq=False, kw_only=True)
class NotFound(AccessRefused):
    """There is no such thing in this workspace.

    Check the id; things of other workspaces are not shown either.
    """

    slug = "not-found"
    status = 404
    title = "Not found"


@dataclass(eq=False, kw_only=True)
class InsufficientCredits(AccessRefused):
    """The workspace has fewer credits than this costs. Nothing was charged.

    Use the local engine, which is free, make fewer pictures, or add credits. Amounts are in credits.
    """

    slug = "insufficient-credits"
    status = 402
    title = "Not enough credits"

    needed: float = 0
    available: float = 0


@dataclass(eq=False, kw_only=True)
class QuotaExceeded(AccessRefused):
    """A limit of the workspace's tier is reached.

    `limit` names it; wait for running jobs to end, or change the tier.
    """

    slug = "quota-exceeded"
    status = 429
    title = "A limit of the tier is reached"

    limit: str = ""
    retry_after: int = 5


# --- conflict ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class Conflict(StudioError):
    """The request does not fit the present state of the thing it names.

    Read it again and decide anew.
    """

    slug = "conflict"
    status = 409
    title = "This does not fit the present state"


@dataclass(eq=False, kw_only=True)
class IdempotencyKeyReused(Conflict):
    """The Idempotency-Key was used before with another body.

    Use a new key for a new request. The first request's job stands in `job_id`.
    """

    slug = "idempotency-key-reused"
    status = 422
    title = "This Idempotency-Key belongs to another request"

    job_id: str = ""


@dataclass(eq=False, kw_only=True)
class JobFinished(Conflict):
    """The job has already ended, so it can't be cancelled.

    Its outcome stands in the job itself.
    """

    slug = "job-finished"
    status = 409
    title = "The job has already ended"

    job_id: str = ""


@dataclass(eq=False, kw_only=True)
class JobCancelled(Conflict):
    """The job was cancelled before it was done. Pictures that were ready are kept; the rest was not charged.

    Start it again if it is still wanted.
    """

    slug = "job-cancelled"
    status = 409
    title = "The job was cancelled"

    job_id: str = ""


# --- the engines -------------------------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class ProviderFailed(StudioError):
    """An engine could not make the picture. Nothing was charged.

    Try again, or choose another engine.
    """

    slug = "provider-failed"
    status = 502
    title = "The engine failed"
    retryable = True

    provider: str = ""
    model: str = ""
    request_id: str = ""


@dataclass(eq=False, kw_only=True)
class ProviderRateLimited(ProviderFailed):
    """The engine takes no more requests for the moment.

    Try again after `retry_after` seconds, or choose another engine.
    """

    slug = "provider-rate-limited"
    status = 503
    title = "The engine is busy"

    retry_after: int = 10


@dataclass(eq=False, kw_only=True)
class ProviderTimeout(ProviderFailed):
    """The engine did not answer within the job's time.

    Try again, with fewer or smaller pictures, or choose another engine.
    """

    slug = "provider-timeout"
    status = 504
    title = "The engine took too long"


@dataclass(eq=False, kw_only=True)
class ProviderUnavailable(ProviderFailed):
    """The engine can't be reached, or is not ready.

    The detail says why; the local engine works without network.
    """

    slug = "provider-unavailable"
    status = 503
    title = "The engine is not available"


@dataclass(eq=False, kw_only=True)
class ProviderMisbehaved(ProviderFailed):
    """The engine's answer was not what its documentation promises.

    Try again, or choose another engine.
    """

    slug = "provider-misbehaved"
    status = 502
    title = "The engine answered nonsense"


@dataclass(eq=False, kw_only=True)
class ProviderRefused(ProviderFailed):
    """The engine refused the request as it stands, or does not accept the configured key.

    The detail repeats what it said. Another engine may take it.
    """

    slug = "provider-refused"
    status = 502
    title = "The engine refused the request"


@dataclass(eq=False, kw_only=True)
class OutcomeUnknown(ProviderFailed):
    """The studio was stopped while the engine was working, and the engine can't be asked what became of it.

    Nothing was charged here and the call is not repeated by itself, since the engine may have billed it. Start it again if wanted.
    """

    slug = "outcome-unknown"
    status = 502
    title = "It is not known whether the engine finished"
    retryable = False


@dataclass(eq=False, kw_only=True)
class NoProvider(StudioError):
    """No engine offers this at the moment.

    `tried` says for each engine why not: no key, weights missing, or a limit of its models.
    """

    slug = "no-provider"
    status = 503
    title = "No engine can do this now"

    tried: dict[str, str] = dataclasses.field(default_factory=dict[str, str])


# --- the machine -------------------------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class MachineTrouble(StudioError):
    """The machine that runs the studio can't go on: no space, no memory, or a file in use.

    The detail says what to mend.
    """

    slug = "machine-trouble"
    status = 503
    title = "The machine can't go on"


@dataclass(eq=False, kw_only=True)
class StorageFull(MachineTrouble):
    """The disk is full. What was stored before is safe; this was not stored.

    Free some space, then try again.
    """

    slug = "storage-full"
    status = 507
    title = "The disk is full"


@dataclass(eq=False, kw_only=True)
class StorageUnavailable(MachineTrouble):
    """The place where pictures are kept can't be reached or written to.

    Check the storage address, its rights and its network.
    """

    slug = "storage-unavailable"
    status = 503
    title = "The storage is not available"


@dataclass(eq=False, kw_only=True)
class DatabaseBusy(MachineTrouble):
    """Another program holds the database, so this could not be written. Nothing was changed.

    Close the program that has the file open, then try again.
    """

    slug = "database-busy"
    status = 503
    title = "The database is locked"


@dataclass(eq=False, kw_only=True)
class DataFolderInUse(MachineTrouble):
    """Another server already runs on this data folder.

    Use that one, stop it, or set IMAGE_STUDIO_DATA_DIR to another folder.
    """

    slug = "data-folder-in-use"
    status = 503
    title = "The data folder is in use"

    folder: str = ""
    pid: int = 0


@dataclass(eq=False, kw_only=True)
class WorkerOverrun(MachineTrouble):
    """The work on a picture took more time or memory than it may, and was stopped.

    Send a smaller or simpler picture.
    """

    slug = "worker-overrun"
    status = 422
    title = "The picture takes too much work"
