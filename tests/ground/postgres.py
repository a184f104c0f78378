"""A PostgreSQL of our own: a cluster in a temporary folder, which nobody else uses and which leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Literal, Self

import psycopg

from tests.ground.ports import free_port

Mode = Literal["fast", "immediate"]
"""How it is stopped: rolling back what is open, or as if the power went."""

USER = "postgres"
PATIENCE_S = 60.0
PAUSE_S = 0.02
SIGNALS: dict[Mode, signal.Signals] = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}
SMALL = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "jit": "off",
}
CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
"""For what need not survive the power going; what is committed survives the end of every process."""
GUARD = """
cat > /dev/null
if [ -f data/postmaster.pid ]; then kill -QUIT "$(head -n 1 data/postmaster.pid)"; sleep 1; fi
rm -rf "$PWD"
"""
"""Ends the server and removes its folder when whoever started it is gone, in whatever way."""
MISSING = "There is no PostgreSQL on this machine: apt-get install postgresql (or put its initdb on the PATH)."


def programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs.

    Raises:
        RuntimeError: there is none; says what to install.
    """
    by_version = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    if by_version:
        return by_version[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise RuntimeError(MISSING)


class Cluster:
    """A cluster that runs from entering to leaving. It may be stopped and started in between; its address stays."""

    def __init__(self, *, fsync: bool = False) -> None:
        self._programs = programs()
        self._settings = SMALL if fsync else SMALL | CARELESS
        self._folder = Path(tempfile.mkdtemp(prefix="image-studio-postgres-"))
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._names = count(1)
        self._template: str | None = None

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._folder, USER, USER)
        options = ("-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        try:
            self._guard = self._spawn("/bin/sh", "-c", GUARD)
            self._make(*options)
            self._port = free_port()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop("immediate")
        if self._guard and self._guard.stdin:
            self._guard.stdin.close()
            self._guard.wait(PATIENCE_S)

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        settings = [f"--{name}={value}" for name, value in (self._settings | {"port": str(self._port)}).items()]
        self._process = self._spawn(self._programs / "postgres", "-D", "data", *settings)
        self._wait_until_open(self._process)

    def stop(self, mode: Mode = "fast") -> None:
        """Stop it and wait until it has ended; nothing happens if it does not run."""
        if self._process is not None:
            self._process.send_signal(SIGNALS[mode])
            self._process.wait(PATIENCE_S)
            self._process = None

    def restart(self, mode: Mode = "fast") -> None:
        """Stop it and start it again."""
        self.stop(mode)
        self.start()

    def url(self, database: str = USER, *, user: str = USER) -> str:
        """Return the address of a database of this cluster."""
        return f"postgresql://{user}@127.0.0.1:{self._port}/{database}"

    def run(self, sql: str, database: str = USER) -> list[tuple[object, ...]]:
        """Execute a statement outside a transaction and return its rows, if it has any."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            done = connection.execute(sql.encode())
            return done.fetchall() if done.description else []

    def database(self, template: str | None = None) -> str:
        """Make a database and return its URL: an empty one, or a copy of a template."""
        name = f"studio_{next(self._names)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
        return self.url(name)

    def template(self) -> str:
        """Return the name of a database that has all tables and no row, to make copies of; made at the first call."""
        if self._template is None:
            from backend.jobs.tables import bring_up

            made = self.database()
            bring_up(made)
            self._template = made.rpartition("/")[2]
        return self._template

    def studio(self) -> str:
        """Make a database that has all tables and no row, in a fraction of the time, and return its URL."""
        return self.database(self.template())

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.run(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def log_text(self) -> str:
        """Return what it has logged so far."""
        return (self._folder / "log").read_text()

    def _make(self, *options: str) -> None:
        if self._spawn(self._programs / "initdb", *options).wait(PATIENCE_S):
            raise RuntimeError(f"No cluster could be made:\n{self.log_text()}")

    def _spawn(self, program: Path | str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program in the folder, as somebody whom PostgreSQL agrees to be run by: never root."""
        who = {"user": USER, "group": USER, "extra_groups": ()} if os.geteuid() == 0 else {}
        stdin = subprocess.PIPE if self._guard is None else subprocess.DEVNULL
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [program, *arguments],
                cwd=self._folder,
                stdin=stdin,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **who,
            )

    def _wait_until_open(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url(), connect_timeout=5):
                return
            time.sleep(PAUSE_S)
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log_text()}")
