"""A command finds the server of its data folder, waits for other commands, and never runs jobs beside either."""

from __future__ import annotations

import os

import pytest
import typer

from backend import datafolder
from backend.cli import reach
from backend.cli.options import Common
from backend.datafolder import DataFolder, RunningServer
from backend.errors import DataFolderInUse


def server(**changes):
    return RunningServer(**{"url": "http://127.0.0.1:8000", "token": "t", "pid": os.getpid()} | changes)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(datafolder, "PAUSES_S", ())


@pytest.fixture
def folder(tmp_path):
    """Return the data folder as another process sees it."""
    return DataFolder(tmp_path)


@pytest.fixture
def held(tmp_path):
    """Return the data folder as the one sees it who holds it."""
    with DataFolder(tmp_path) as mine:
        yield mine


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(reach, "WAIT_S", 0)
    monkeypatch.setattr(reach, "LOOK_S", 0)


async def test_a_free_folder_has_no_server_and_stays_free(folder):
    assert await reach.neighbour(folder) is None
    with folder:
        pass


async def test_the_server_that_holds_the_folder_is_found(folder, held):
    held.announce(server())
    assert await reach.neighbour(folder) == server()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("said", [None, server(url=""), server(pid=1)])
async def test_what_is_no_ready_server_is_not_spoken_to(folder, held, said, capsys):
    if said:
        held.announce(said)
    with pytest.raises(DataFolderInUse):
        await reach.neighbour(folder)


@pytest.mark.usefixtures("impatient")
async def test_a_half_written_announcement_is_none(folder, held):
    (held.path / "server.json").write_text("{")
    with pytest.raises(DataFolderInUse):
        await reach.neighbour(folder)


async def test_a_command_waits_until_another_one_is_done(folder, held, monkeypatch, capsys):
    async def freed(_):
        held.free()

    monkeypatch.setattr(reach.asyncio, "sleep", freed)
    assert await reach.neighbour(folder) is None
    assert f"Process {os.getpid()} holds the data folder" in capsys.readouterr().err


def test_an_address_without_a_key_is_misuse():
    with pytest.raises(typer.BadParameter):
        reach.speak(Common(server="http://127.0.0.1:9"), lambda api: api.get("/x"))
