"""The data folder: who holds it, its secret, and how a command on the same machine finds the running server."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

from backend.errors import DataFolderInUse, StorageUnavailable

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServer:
    """Where the server of a data folder listens, and the token that its own machine may use."""

    url: str
    token: str
    pid: int


class DataFolder:
    """A folder that one server, or one command, holds at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None

    def make(self) -> None:
        """Create the folder, for its owner alone.

        Raises:
            StorageUnavailable: it can't be created or written to.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            detail = f"The data folder {self.path} can't be created: {error.strerror}. Set IMAGE_STUDIO_DATA_DIR."
            raise StorageUnavailable(detail=detail) from error
        if not os.access(self.path, os.W_OK):
            raise StorageUnavailable(detail=f"The data folder {self.path} can't be written to. Check its rights.")

    def hold(self) -> None:
        """Take the folder; children never inherit the hold, and the system frees it if this process dies.

        Raises:
            DataFolderInUse: another process holds it.
        """
        self.make()
        handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = int(os.pread(handle, 20, 0) or b"0")
            os.close(handle)
            detail = f"The data folder {self.path} is in use by process {pid}. Stop it, or set IMAGE_STUDIO_DATA_DIR."
            raise DataFolderInUse(detail=detail, folder=str(self.path), pid=pid) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        self._lock = handle

    @property
    def held_elsewhere(self) -> bool:
        """Say whether another process holds the folder now."""
        if self._lock is not None or not (self.path / "lock").exists():
            return False
        try:
            self.hold()
        except DataFolderInUse:
            return True
        self.free()
        return False

    def free(self) -> None:
        """Let go of the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        self.hold()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.free()

    def secret(self) -> str:
        """Return what addresses are signed with; made at the first call, readable by the owner alone."""
        path = self.path / "secret.key"
        self.make()
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            value = secrets.token_urlsafe(48)
            file.write(value)
        return value

    def announce(self, server: RunningServer) -> None:
        """Write down where the server listens, for its own machine's user alone."""
        path = self.path / "server.json"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(asdict(server), file)

    def withdraw(self) -> None:
        """Forget where the server listened."""
        (self.path / "server.json").unlink(missing_ok=True)

    def running_server(self) -> RunningServer | None:
        """Return where the folder's server listens; None when none holds it."""
        path = self.path / "server.json"
        if not self.held_elsewhere or not path.exists():
            return None
        return RunningServer(**json.loads(path.read_text()))
