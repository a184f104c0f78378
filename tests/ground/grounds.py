"""The two grounds that a studio can stand on, and the one that the test at hand stands on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ground.objects import ObjectServer
    from tests.ground.postgres import Cluster

SECRET = "what several servers sign addresses with"


class Embedded:
    """SQLite and files, both in the data folder: what the studio does without being told."""

    name = "embedded"

    def settings(self, folder: Path) -> dict[str, Any]:
        """Return what `Settings` is to be told for a studio with this data folder."""
        return {}

    def database(self, folder: Path) -> str:
        """Return the URL of this data folder's database."""
        return f"sqlite:///{folder.resolve() / 'studio.db'}"

    def empty_database(self, folder: Path) -> str:
        """Return the URL of a database in which there is nothing yet."""
        return self.database(folder)

    def environment(self, folder: Path) -> dict[str, str]:
        """Return the same for a process of its own."""
        return {"DATABASE_URL": "", "IMAGE_STUDIO_DATABASE_URL": "", "IMAGE_STUDIO_STORAGE__URL": ""}

    @contextmanager
    def for_a_while(self) -> Iterator[None]:
        """Do away at the end with what was made in between."""
        yield


class Served(Embedded):
    """PostgreSQL and S3: for each data folder a database and a bucket of its own, made when they are asked for."""

    name = "served"

    def __init__(self, cluster: Cluster, objects: ObjectServer) -> None:
        self.cluster = cluster
        self.objects = objects
        self._made: dict[Path, tuple[str, dict[str, str | bool]]] = {}

    def settings(self, folder: Path) -> dict[str, Any]:
        return {"DATABASE_URL": self.database(folder), "storage": self._of(folder)[1], "secret_key": SECRET}

    def database(self, folder: Path) -> str:
        return self._of(folder)[0]

    def empty_database(self, folder: Path) -> str:
        url = self.cluster.database()
        self._made[folder.resolve()] = url, {}
        return url

    def environment(self, folder: Path) -> dict[str, str]:
        url, storage = self._of(folder)
        named = {f"IMAGE_STUDIO_STORAGE__{name.upper()}": str(value) for name, value in storage.items()}
        return {"DATABASE_URL": url, "IMAGE_STUDIO_SECRET_KEY": SECRET, **named}

    @contextmanager
    def for_a_while(self) -> Iterator[None]:
        before = set(self._made)
        yield
        for folder in set(self._made) - before:
            self.cluster.drop(self._made.pop(folder)[0])

    def _of(self, folder: Path) -> tuple[str, dict[str, str | bool]]:
        place = folder.resolve()
        if place not in self._made:
            self._made[place] = self.cluster.studio(), self.objects.storage()
        return self._made[place]


Ground = Embedded

_standing: list[Ground] = [Embedded()]


def here() -> Ground:
    """Return the ground that the test at hand stands on: the embedded one, if it doesn't say."""
    return _standing[-1]


@contextmanager
def standing_on(ground: Ground) -> Iterator[Ground]:
    """Let everything that is made in between stand on a ground."""
    _standing.append(ground)
    try:
        yield ground
    finally:
        _standing.pop()
