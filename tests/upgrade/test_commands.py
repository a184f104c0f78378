"""`image-studio backup`, `restore` and `migrate`, as somebody types them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.datafolder import DataFolder
from backend.db.shapes import newest
from tests.upgrade.earlier import left_by

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


class Machine:
    """The commands of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: object, status: int = 0) -> Result:
        env = {"IMAGE_STUDIO_DATA_DIR": str(self.folder), "DATABASE_URL": ""}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env, catch_exceptions=False)
        assert done.exit_code == status, done.output
        assert "Traceback" not in done.output
        return done

    def json(self, *words: object, status: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", status=status).stdout)


@pytest.fixture
def old(tmp_path) -> Machine:
    """A studio of an earlier version."""
    return Machine(left_by("0001", tmp_path / "old").folder)


@pytest.fixture
def fresh(tmp_path) -> Machine:
    return Machine(tmp_path / "fresh")


@pytest.fixture
def shelf(tmp_path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def test_a_studio_goes_into_a_folder_of_backups_and_comes_back_elsewhere(old, fresh, shelf):
    path = old.run("backup", shelf).stdout.strip()
    (made,) = shelf.iterdir()
    assert (str(made), made.stat().st_mode & 0o777) == (path, 0o600)
    checked = fresh.json("restore", made, "--check")
    back = fresh.json("restore", made)
    assert (back["tables"], back["files"]) == (checked["tables"], checked["files"])
    assert (back["revision"], back["upgraded_to"]) == ("0001", newest())
    assert "There is a studio already" in fresh.run("restore", made, status=1).stderr
    assert fresh.json("doctor")["ledger"]["sum"] == 0


def test_a_backup_goes_through_a_pipe(old, fresh):
    def run(machine: Machine, *words: str, data: bytes = b"") -> bytes:
        env = {"IMAGE_STUDIO_DATA_DIR": str(machine.folder), "DATABASE_URL": "", "PATH": ""}
        command = [sys.executable, "-m", "backend.cli", *words]
        return subprocess.run(command, input=data, capture_output=True, check=True, env=env).stdout

    backup = run(old, "backup", "-")
    assert b"The studio is back." in run(fresh, "restore", "-", data=backup)


def test_a_backup_that_fails_leaves_nothing_behind(old, fresh, shelf):
    for path in (old.folder / "files" / "cas").rglob("*"):
        if path.is_file():
            path.unlink()
    assert "--without-lost" in old.run("backup", shelf, status=1).stderr
    assert "no studio to back up" in fresh.run("backup", shelf / "x.tar", status=1).stderr
    assert list(shelf.iterdir()) == []
    assert old.json("backup", shelf, "--without-lost")["lost"]


def test_a_backup_takes_nobodys_place(old, shelf):
    (shelf / "mine.tar").write_text("mine")
    assert "exists already" in old.run("backup", shelf / "mine.tar", status=1).stderr
    assert "no folder" in old.run("backup", shelf / "none" / "x.tar", status=1).stderr
    assert "no file" in old.run("restore", shelf / "none.tar", status=1).stderr
    assert (shelf / "mine.tar").read_text() == "mine"


def test_nothing_is_restored_or_migrated_under_a_server(old, fresh, shelf):
    old.run("backup", shelf / "x.tar")
    with DataFolder(fresh.folder), DataFolder(old.folder):
        assert "in use" in fresh.run("restore", shelf / "x.tar", status=1).stderr
        assert "in use" in old.run("migrate", status=1).stderr
        old.run("backup", shelf / "beside.tar")


def test_tables_are_looked_at_then_brought_up_to_date_with_a_copy_kept(old):
    looked = old.json("migrate", "--check", status=3)
    assert (looked["found"], looked["newest"], looked["due"]) == ("0001", newest(), True)
    done = old.json("migrate")
    with sqlite3.connect(done["copy"]) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert "up to date" in old.run("migrate", "--check").stdout
    assert old.json("migrate")["copy"] is None


def test_only_the_last_copies_are_kept(old):
    for number in range(5):
        path = old.folder / f"studio.db.0000-2026010{number}T000000Z"
        path.touch()
    old.run("migrate")
    copies = sorted(path.name for path in old.folder.glob("studio.db.0*Z"))
    assert len(copies) == 3
    assert copies[-1].startswith("studio.db.0001-")


def test_tables_of_a_later_version_are_left_alone(old, shelf):
    with sqlite3.connect(old.folder / "studio.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    for words in (("migrate",), ("migrate", "--check"), ("backup", shelf / "x.tar")):
        assert "newer version" in old.run(*words, status=1).stderr


def test_a_machine_without_a_studio_gets_its_tables(fresh):
    assert fresh.json("migrate", "--check", status=3)["found"] is None
    assert not fresh.folder.exists()
    fresh.run("migrate")
    assert fresh.json("migrate", "--check")["due"] is False
