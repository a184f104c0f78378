"""The two grounds that a studio stands on, each of which can be taken away for a while."""

from __future__ import annotations

import errno
import shutil
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from backend.storage import S3
from bench.studio import Studio, Worker, stub, stub_worker
from tests.ground.objects import ObjectServer
from tests.ground.outage import Proxy
from tests.ground.postgres import Cluster, Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

SECRET = "what several servers sign addresses with"
START_S = 60.0
DISK_MB = 96
LARGE, SMALL = 1 << 20, 1 << 9


@dataclass(slots=True, kw_only=True)
class Outage:
    """Something that the studio needs goes away, and comes back."""

    name: str
    part: str
    """What the studio has to call it."""
    seconds: float
    begin: Callable[[], object]
    end: Callable[[], object]
    came_at: float = 0.0
    passed_at: float = 0.0
    """When it was there, and when it was over, in seconds since 1970."""

    def come(self) -> None:
        """Take it away."""
        self.begin()
        self.came_at = time.time()

    def pass_by(self) -> None:
        """Give it back."""
        self.end()
        self.passed_at = time.time()


@dataclass
class Ground:
    """A studio and what it stands on, from entering to leaving."""

    folder: Path
    engine: Sequence[str] = ("--seconds", "0.6")
    ways: Sequence[str] = ("sync", "ticket")
    """How the engines of the workers answer, one each, where there are workers; the server's own gives tickets."""
    more: Mapping[str, str] = field(default_factory=dict[str, str])
    """Further settings."""
    database: str = ""
    files: str = ""
    s3: S3 | None = None
    workers: list[Worker] = field(default_factory=list["Worker"])

    def __post_init__(self) -> None:
        self.log = self.folder / "starts.log"
        self.data = self.folder / "data"
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._prepare(stack)
            for process in (self.studio, *self.workers):
                stack.callback(process.stop)
                process.start()
            self._gather()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def ended(self) -> int:
        """Return how many processes have ended by themselves."""
        return sum(one.process is not None and one.process.poll() is not None for one in (self.studio, *self.workers))

    def stop(self) -> None:
        """Stop all processes in order; what they stood on stays."""
        for process in (self.studio, *self.workers):
            process.stop()

    def _prepare(self, stack: ExitStack) -> None:
        raise NotImplementedError

    def _gather(self) -> None:
        """Return when all processes are at work."""

    def _processes(self, settings: Mapping[str, str], workers: Sequence[str] = ()) -> None:
        settings = {"IMAGE_STUDIO_HEALTH__STORAGE_S": "1", **settings, **self.more}
        fixed = (*self.engine, "--log", str(self.log))
        self.studio: Studio = stub(self.data, *fixed, "--mode", "ticket", settings=settings)
        self.workers = [
            stub_worker(self.folder / f"w{number}", *fixed, "--mode", mode, settings=settings)
            for number, mode in enumerate(workers)
        ]


class Served(Ground):
    """A server and two workers on PostgreSQL and S3."""

    def _prepare(self, stack: ExitStack) -> None:
        self.cluster = stack.enter_context(Cluster(fsync=True))
        objects = stack.enter_context(ObjectServer())
        self.proxy = stack.enter_context(Proxy("127.0.0.1", int(objects.endpoint.rpartition(":")[2])))
        storage = objects.storage()
        self.files = str(storage.pop("url"))
        self.s3 = S3(**storage)  # pyright: ignore[reportArgumentType] - each value has the type of its name
        self.database = self.cluster.studio()
        storage |= {"url": self.files, "endpoint": f"http://127.0.0.1:{self.proxy.port}"}
        named = {f"IMAGE_STUDIO_STORAGE__{name.upper()}": str(value) for name, value in storage.items()}
        self._processes({"DATABASE_URL": self.database, "IMAGE_STUDIO_SECRET_KEY": SECRET, **named}, self.ways)

    def _gather(self) -> None:
        until = time.monotonic() + START_S
        database = self.database.rpartition("/")[2]
        while len(self.cluster.run("SELECT id FROM workers WHERE state = 'alive'", database)) <= len(self.ways):
            if time.monotonic() > until:
                raise SystemExit("the workers did not start")
            time.sleep(0.1)

    def restart(self, mode: Mode, seconds: float) -> Outage:
        """Return the database stopping, and starting again after so long."""
        name = f"PostgreSQL stopped ({mode})"
        return Outage(
            name=name,
            part="database",
            seconds=seconds,
            begin=lambda: self.cluster.stop(mode),
            end=self.cluster.start,
        )

    def refusing(self, seconds: float) -> Outage:
        """Return the store refusing connections."""
        return Outage(
            name="S3 refuses", part="storage", seconds=seconds, begin=self.proxy.refuse, end=self.proxy.restore
        )

    def hanging(self, seconds: float) -> Outage:
        """Return the store taking connections and saying nothing."""
        return Outage(name="S3 hangs", part="storage", seconds=seconds, begin=self.proxy.hang, end=self.proxy.restore)


class Embedded(Ground):
    """One server on SQLite and files, on a small disk of its own."""

    @staticmethod
    def possible(folder: Path) -> bool:
        """Return whether a small file system can be mounted, by trying it."""
        return _mounts(folder) and not subprocess.run(["umount", str(folder)], check=False).returncode

    def _prepare(self, stack: ExitStack) -> None:
        self.data.mkdir()
        if not _mounts(self.data):
            raise SystemExit("A full disk needs a small file system of its own: run as root, or with `unshare -rm`.")
        stack.callback(subprocess.run, ["umount", "--lazy", str(self.data)], check=True)
        self.database = f"sqlite:///{self.data / 'studio.db'}"
        self.files = (self.data / "files").resolve().as_uri()
        self._processes({})

    def full(self, seconds: float) -> Outage:
        """Return the disk being full."""
        return Outage(name="disk full", part="storage", seconds=seconds, begin=self._fill, end=self._free)

    @property
    def _filler(self) -> Path:
        return self.data / "filler"

    def _fill(self) -> None:
        with self._filler.open("wb", buffering=0) as file:
            for size in (LARGE, SMALL):
                _write_until_full(file.write, bytes(size))

    def _free(self) -> None:
        self._filler.unlink()


def _mounts(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    return (
        shutil.which("mount") is not None and not subprocess.run(command, check=False, capture_output=True).returncode
    )


def _write_until_full(write: Callable[[bytes], object], block: bytes) -> None:
    try:
        while True:
            write(block)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
