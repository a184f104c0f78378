"""The command line does what the studio does: alone, beside a running server, and when the machine can't go on."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from PIL import Image, ImageChops
from typer.testing import CliRunner

from backend.cli import app
from backend.datafolder import DataFolder
from backend.db import session
from backend.providers.local.models import WEIGHTS, is_installed
from backend.settings import Settings
from tests.ground.grounds import here

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typer.testing import Result

    from tests.ground.grounds import Ground

ROOT = Path(__file__).parents[2]
SMALL = ("--size", "256x256")


class Studio:
    """The commands of one data folder, run in this process."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.env = {"IMAGE_STUDIO_DATA_DIR": str(folder), **here().environment(folder), **settings}
        self.folder = folder

    def run(self, *words: object, status: int = 0) -> str:
        """Run a command that ends with a status; return what it wrote: the answer, or what went wrong."""
        outcome = self._invoke(words)
        assert outcome.exit_code == status, outcome.output
        assert "Traceback" not in outcome.output
        return (outcome.stderr if status else outcome.stdout).strip()

    def json(self, *words: object, status: int = 0) -> Any:
        """Run a command and return the JSON that it answers."""
        outcome = self._invoke((*words, "--json"))
        assert outcome.exit_code == status, outcome.output
        return json.loads(outcome.stdout)

    def _invoke(self, words: Sequence[object]) -> Result:
        try:
            return CliRunner().invoke(app, [str(word) for word in words], env=self.env, catch_exceptions=False)
        finally:
            forget_closed_streams()


def forget_closed_streams() -> None:
    """Take away the log handlers that wrote where a command wrote: the runner has closed it."""
    for logger in (logging.getLogger(), logging.getLogger("dbos")):
        for handler in logger.handlers[:]:
            if isinstance(handler, logging.StreamHandler) and handler.stream.closed:
                logger.removeHandler(handler)


@pytest.fixture(scope="module", autouse=True)
def weights() -> None:
    """Need what set-up fetches."""
    folder = Settings().models_dir
    missing = [name for name, row in WEIGHTS.items() if not row.optional and not is_installed(name, folder)]
    assert not missing, f"{missing} are not in {folder}: run `make setup`"


@pytest.fixture(scope="module")
def studio(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Return a studio of this machine, at first empty, where no server runs."""
    return Studio(tmp_path_factory.mktemp("studio"))


@pytest.fixture
def fresh(tmp_path: Path) -> Studio:
    """Return a studio on a folder that nobody has used."""
    return Studio(tmp_path / "fresh")


# --- without a server ---------------------------------------------------------------------------------------


def test_a_key_is_printed_alone_on_an_empty_data_folder_and_can_be_revoked(fresh):
    key = fresh.run("keys", "create", "--name", "first", "--expires", 30)
    assert key.split() == [key]
    (listed,) = fresh.json("keys")["keys"]
    assert key.startswith(listed["prefix"])
    assert listed["scopes"] == ["read", "write"]
    fresh.run("keys", "revoke", listed["id"])
    assert fresh.run("keys", "list") == ""


def test_a_scope_that_is_none_is_misuse(fresh):
    assert "scopes" in fresh.run("keys", "create", "--name", "x", "--scope", "fly", status=2)


def test_people_are_added_changed_kept_out_and_let_in_by_link(fresh):
    fresh.run("users", "add", "--name", "Ada", "--email", "ada@example.org")
    assert fresh.json("users", "role", "ADA@example.org", "viewer")["role"] == "viewer"
    assert "/signin?token=" in fresh.run("link", "--user", "ada@example.org")
    fresh.run("users", "disable", "ada@example.org")
    assert "may not sign in" in fresh.run("link", "--user", "ada@example.org", status=1)
    assert "image-studio users" in fresh.run("link", "--user", "eve@example.org", status=1)


def test_credits_are_given_by_name_or_id_and_the_ledger_adds_up(fresh):
    metered = Studio(fresh.folder, IMAGE_STUDIO_TIER="pro")
    given = metered.json("credits", "grant", "--workspace", "Studio", "--amount", 2.5, "--reason", "a present")
    assert given["available"] == 2.5
    assert metered.json("credits", "show")["available"] == 2.5
    assert "Studio" in metered.run(
        "credits", "grant", "--workspace", "nobody", "--amount", 1, "--reason", "x", status=1
    )
    assert metered.json("doctor")["ledger"]["drift"] == 0


def test_pictures_are_made_without_a_server_found_again_and_written_anew(studio, tmp_path):
    paths = studio.run("create", "Summer sale", *SMALL, "-n", 2, "--seed", 7, "--out", tmp_path / "out").splitlines()
    assert sorted(Path(path).name for path in paths) == ["summer-sale-7.png", "summer-sale-8.png"]
    for path in paths:
        with Image.open(path) as picture:
            assert picture.size == (256, 256)
    found = studio.json("library", "list", "--search", "summer")
    asset = found["assets"][0]["id"]
    assert found["total"] == 2
    assert Path(studio.run("library", "download", asset, "--out", tmp_path / "out")).name.endswith("-2.png")
    studio.run("library", "trash", asset)
    assert studio.json("library")["total"] == 1
    studio.run("library", "restore", asset)
    assert studio.json("jobs")["jobs"][0]["status"] == "done"
    with DataFolder(studio.folder):
        """Nobody holds the folder any more."""


def test_an_order_given_twice_makes_one_job(studio, tmp_path):
    order = ("create", "Once", *SMALL, "--idempotency-key", "k1", "--out", tmp_path)
    first, second = studio.json(*order), studio.json(*order)
    assert first["job_id"] == second["job_id"]
    assert Path(second["files"][0]).stem == Path(first["files"][0]).stem + "-2"


def test_a_picture_is_edited_from_a_file_to_a_file(studio, tmp_path):
    source, target = tmp_path / "ball.png", tmp_path / "cut.webp"
    ball(source)
    assert studio.run("edit", source, "remove-background", "--out", target) == str(target)
    with Image.open(target) as picture:
        assert (picture.format, picture.mode, picture.size) == ("WEBP", "RGBA", (256, 256))
    assert "exists already" in studio.run("edit", source, "remove-background", "--out", target, status=1)
    assert "no asset's id" in studio.run("edit", tmp_path / "none.png", "remove-background", status=1)


def test_a_picture_is_enlarged_from_a_file_to_a_file(studio, tmp_path):
    source, target = tmp_path / "ball.png", tmp_path / "large.jpg"
    ball(source)
    assert studio.run("upscale", source, "--width", 600, "--out", target) == str(target)
    with Image.open(target) as picture:
        assert (picture.format, picture.size) == ("JPEG", (600, 600))
    assert "256x256 already" in studio.run("upscale", source, "--width", 100, status=1)


def test_a_picture_becomes_the_files_that_networks_want(studio, tmp_path):
    source = tmp_path / "ball.png"
    ball(source)
    order = ("social", source, "--platforms", "x,display:300 x 250", "--out", tmp_path / "files", "--format", "jpg")
    (told,) = studio.json(*order)
    sizes = {}
    for result in told["results"]:
        with Image.open(told["files"][result["asset_id"]]) as picture:
            sizes[result["filename"]] = (picture.format, picture.size)
    assert sizes == {
        "ball-twitter-post-1200x675.jpg": ("JPEG", (1200, 675)),
        "ball-display-300-x-250-300x250.jpg": ("JPEG", (300, 250)),
    }
    assert "no platform" in studio.run("social", source, "--platforms", "myspace", status=1)
    assert "fractions" in studio.run("social", source, "--platforms", "x", "--focus", "half", status=2)


def test_an_edit_within_a_mask_leaves_the_rest_as_it_was(studio, tmp_path):
    source, mask, target = (tmp_path / name for name in ("ball.png", "mask.png", "warm.png"))
    ball(source)
    painted = Image.new("L", (256, 256))
    painted.paste(255, (64, 64, 128, 128))
    painted.save(mask)
    order = ("edit", source, "general-edit", "--prompt", "much brighter", "--mask", mask)
    studio.run(*order, "--feather", 4, "--set", "strength=1", "--out", target)
    with Image.open(source) as before, Image.open(target) as after:
        changed = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox()
    assert changed is not None
    assert changed[0] >= 60
    assert max(changed) <= 132
    told = studio.run("edit", source, "erase", "--mask", mask, "--grow", 99, status=1)
    assert "less than or equal to 64" in told


def test_a_design_is_made_as_a_persona_and_laid_out_again(studio, tmp_path):
    colours = ("--colour", "#0a66c2", "--colour", "#f5b700")
    anna = studio.run("personas", "add", "Anna", "--voice", "warm", *colours, "--engine", "local", "--default")
    words = ("create", 'Boats "Sail on"', *SMALL, "--seed", 2, "--persona", "default", "--out", tmp_path)
    made = studio.json(*words)
    assert made["metadata"]["persona"]["id"] == anna
    again = studio.json(
        "relayout", made["results"][0]["asset_id"], "--size", "400x100", "--headline", "Stay", "--out", tmp_path
    )
    with Image.open(again["file"]) as picture:
        assert picture.size == (400, 100)
    assert again["metadata"]["engine"]["headline"] == "Stay"
    studio.run("personas", "change", anna, "--voice", "", "--no-default")
    shown = studio.json("personas", "show", anna)
    assert (shown["voice"], shown["is_default"], shown["palette"]) == ("", False, ["#0a66c2", "#f5b700"])
    studio.run("personas", "remove", anna)
    assert studio.run("personas") == ""


def test_what_there_is_can_be_listed(studio):
    assert all("tiktok" in line for line in studio.run("templates", "--platform", "tiktok").splitlines())
    assert studio.json("templates", "search", "story")["templates"]
    assert studio.json("providers")["providers"]["local"]["available"]
    assert "0 credits" in studio.run("estimate", "a bakery", "--template", "instagram_story")


def test_a_doctor_finds_everything_well(studio):
    found = studio.json("doctor")
    assert found["ok"]
    assert {"database", "storage", "models", "jobs", "ledger", "disk", "server"} <= found.keys()
    assert (found["ledger"]["sum"], found["ledger"]["drift"], found["ledger"]["reserved"]) == (0, 0, 0)
    assert "✓ database" in studio.run("doctor")


# --- when the machine can't go on ---------------------------------------------------------------------------


def test_a_missing_weight_is_told_with_what_fetches_it(studio, tmp_path):
    bare = Studio(studio.folder, IMAGE_STUDIO_MODELS_DIR=str(tmp_path / "none"))
    ball(tmp_path / "ball.png")
    assert "image-studio models pull" in bare.run("edit", tmp_path / "ball.png", "remove-background", status=1)
    found = bare.json("doctor", status=1)
    assert not found["ok"]
    assert "image-studio models pull" in found["models"]["detail"]
    assert "missing" in bare.run("models")


def test_a_second_server_on_a_data_folder_is_refused_in_words(fresh):
    with DataFolder(fresh.folder):
        said = fresh.run("serve", "--port", 49151, status=1)
    assert said.startswith(
        f"The data folder is in use: The data folder {fresh.folder} is in use by process {os.getpid()}"
    )


def test_a_port_that_is_taken_is_told(fresh):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = fresh.run("serve", "--port", other.getsockname()[1], status=1)
    assert "--port" in said


@pytest.mark.only("embedded", reason="a file has one writer; PostgreSQL has as many as it likes")
def test_a_locked_database_is_told(studio, monkeypatch):
    monkeypatch.setattr(session, "_embed", lambda _: ["PRAGMA busy_timeout=50"])
    with contextlib.closing(sqlite3.connect(studio.folder / "studio.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert studio.run("keys", "create", "--name", "x", status=1).startswith("The database is locked: ")
        found = studio.json("doctor", status=1)
    assert not found["database"]["ok"]
    assert found["jobs"]["detail"] == "not counted"


@pytest.mark.only("embedded", reason="the disk of a database elsewhere is not for these commands to fill")
def test_a_full_disk_is_told(fresh, monkeypatch):
    full = "PRAGMA max_page_count=40"  # SQLite says of it what it says of a full disk
    monkeypatch.setattr(session, "_embed", lambda _: [full])
    assert fresh.run("keys", "create", "--name", "x", status=1).startswith("The disk is full: ")


def test_a_place_that_can_not_be_written_to_is_known_before_anything_is_made(studio, tmp_path):
    (tmp_path / "file").touch()
    assert "--out" in studio.run("create", "x", *SMALL, "--out", tmp_path / "file" / "under", status=1)


# --- beside a server ----------------------------------------------------------------------------------------


class Served(NamedTuple):
    studio: Studio
    process: subprocess.Popen[str]
    url: str


HEARING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
"""Makes a command hear Ctrl-C although these tests may run in the background of a shell, which lets nobody hear it."""


def begun(studio: Studio, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HEARING, sys.executable, "-m", "backend.cli", *map(str, words)]
    env = os.environ | studio.env | {"PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture(scope="module")
def served(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a studio with its server running; the first line that it writes says where."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    studio = Studio(tmp_path_factory.mktemp("served"))
    with begun(studio, "serve", "--port", port) as process:
        assert process.stdout
        url = process.stdout.readline().split()[-1]
        assert url == f"http://127.0.0.1:{port}"
        yield Served(studio, process, url)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_commands_go_to_the_server_that_runs(served, tmp_path):
    path = Path(served.studio.run("create", "Open day", *SMALL, "--out", tmp_path))
    assert path.is_file()
    found = served.studio.json("doctor")
    assert found["ok"]
    assert (found["server"]["url"], found["server"]["holder"]) == (served.url, served.process.pid)
    assert found["jobs"]["done"] == 1


def test_keys_and_links_are_made_beside_the_server_and_work_there(served):
    key = served.studio.run("keys", "create", "--name", "elsewhere", "--scope", "read")
    there = ("--server", served.url, "--api-key", key)
    elsewhere = Studio(served.studio.folder / "not-this-one")
    assert "jobs" in elsewhere.json("jobs", *there)
    assert "scope" in elsewhere.run("create", "x", *SMALL, *there, status=1)
    assert served.studio.run("link").startswith(f"{served.url}/signin?token=")


def test_ctrl_c_calls_the_job_off(served, tmp_path):
    order = ("create", "Too much", "--size", "2400x2400", "-n", 10, "--out", tmp_path)
    with begun(served.studio, *order) as process:
        assert process.stdout
        process.stdout.readline()  # one picture is there
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Cancelled" in said
    job = served.studio.json("jobs")["jobs"][0]
    assert job["status"] == "cancelled"
    assert "already" in served.studio.run("jobs", "cancel", job["id"], status=1)


def ball(path: Path) -> None:
    """Draw a red ball on a grey ground."""
    picture = Image.new("RGB", (256, 256), (150, 160, 170))
    picture.paste(
        (215, 60, 40),
        (64, 64, 192, 192),
        Image.radial_gradient("L").resize((128, 128)).point(lambda v: 255 * (v < 128)),
    )
    picture.save(path)
