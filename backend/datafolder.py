"""The data folder: who holds it, its secret, and how a command on the same machine finds the running server."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import secrets
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from backend.errors import DataFolderInUse, StorageFull, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import TracebackType


PAUSES_S = (0.01, 0.04, 0.15, 0.3)


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

        Whoever only looks whether it is held holds it for a moment, so one refusal is tried again for half a second.

        Raises:
            DataFolderInUse: another process holds it.
        """
        for pause_s in PAUSES_S:
            try:
                return self._hold()
            except DataFolderInUse:
                time.sleep(pause_s)
        return self._hold()

    def _hold(self) -> None:
        if self._lock is not None:
            return
        self.make()
        with self._writing():
            handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.ftruncate(handle, 0)
                os.pwrite(handle, str(os.getpid()).encode(), 0)
            except BlockingIOError as error:
                pid = int(os.pread(handle, 20, 0) or b"0")
                os.close(handle)
                detail = (
                    f"The data folder {self.path} is in use by process {pid}. Stop it, or set IMAGE_STUDIO_DATA_DIR."
                )
                raise DataFolderInUse(detail=detail, folder=str(self.path), pid=pid) from error
            except OSError:
                os.close(handle)
                raise
        self._lock = handle

    @contextmanager
    def _writing(self) -> Generator[None]:
        """Turn what the system says about the disk into the studio's own words."""
        try:
            yield
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StorageFull(detail=f"The disk that holds the data folder {self.path} is full.") from error
            detail = f"The data folder {self.path} can't be written to: {error.strerror}."
            raise StorageUnavailable(detail=detail) from error

    @property
    def held_elsewhere(self) -> bool:
        """Say whether another process holds the folder now."""
        if self._lock is not None or not (self.path / "lock").exists():
            return False
        try:
            self._hold()
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

    @property
    def has_secret(self) -> bool:
        """Say whether a secret was made here already."""
        return (self.path / "secret.key").exists()

    def secret(self) -> str:
        """Return what addresses are signed with; made at the first call, readable by the owner alone."""
        path = self.path / "secret.key"
        self.make()
        if not path.exists():
            with self._writing():
                self._place(path, secrets.token_urlsafe(48))
        return path.read_text().strip()

    def _place(self, path: Path, text: str) -> None:
        """Write a file for the owner alone, whole or not at all; one that is there already stays."""
        handle, name = tempfile.mkstemp(dir=self.path)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(text)
            with suppress(FileExistsError):
                os.link(name, path)
        finally:
            Path(name).unlink()

    def announce(self, server: RunningServer) -> None:
        """Write down where the server listens, for its own machine's user alone."""
        self.withdraw()
        with self._writing():
            self._place(self.path / "server.json", json.dumps(asdict(server)))

    def withdraw(self) -> None:
        """Forget where the server listened."""
        (self.path / "server.json").unlink(missing_ok=True)

    def running_server(self) -> RunningServer | None:
        """Return where the folder's server listens; None when none holds it."""
        path = self.path / "server.json"
        if not self.held_elsewhere or not path.exists():
            return None
        return RunningServer(**json.loads(path.read_text()))
