"""`image-studio verify`: words for people, JSON for programs, an exit status for scripts; no server, nothing made."""

import json

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.container.keeping import signing_of
from backend.datafolder import DataFolder
from backend.errors import Misconfigured
from backend.imaging.provenance.signing import marked
from backend.settings import Settings
from tests.unit.provenance.files import NOW, SECRET, file_of, statement

JPEG, MIME = file_of("jpeg")


@pytest.fixture
def env(tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGE_STUDIO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("IMAGE_STUDIO_SECRET_KEY", SECRET)
    return tmp_path


def signing(**said):
    settings = Settings(provenance=said)
    return signing_of(settings, DataFolder(settings.data_dir), clock=lambda: NOW)


def run(*words):
    return CliRunner().invoke(app, ["verify", *(str(word) for word in words)])


def test_files_are_verified_without_a_server_and_nothing_is_made(env):
    signed, changed, plain = (env / name for name in ("signed.jpg", "changed.jpg", "plain.jpg"))
    data = marked(JPEG, MIME, statement(), signing().now())
    signed.write_bytes(data)
    changed.write_bytes(data[:-9] + b"!" + data[-8:])
    plain.write_bytes(JPEG)
    found = run(signed)
    assert found.exit_code == 0, found.output
    assert found.output.startswith(
        "Signed by Image Studio (self-made), and not changed since.\nThe certificate is this"
    )
    several = run("--json", signed, changed, plain)
    assert several.exit_code == 1
    assert [one["state"] for one in json.loads(several.output)] == ["intact", "changed", "none"]
    assert not (env / "data").exists()


def test_a_root_for_other_studios_is_written_and_trusted_there(env):
    root = run("--root").output
    (env / "partner.pem").write_text(root)
    (env / "signed.jpg").write_bytes(marked(JPEG, MIME, statement(), signing().now()))
    env_there = {"IMAGE_STUDIO_SECRET_KEY": SECRET[::-1], "IMAGE_STUDIO_PROVENANCE__ANCHORS": str(env / "partner.pem")}
    found = CliRunner().invoke(app, ["verify", "--json", str(env / "signed.jpg")], env=env_there)
    (there,) = json.loads(found.output)
    assert (there["state"], there["trusted"], there["own"]) == ("intact", True, False)


def test_no_root_is_made_up_where_there_is_no_studio(env, monkeypatch):
    monkeypatch.delenv("IMAGE_STUDIO_SECRET_KEY")
    assert run("--root").exit_code == 1
    assert not (env / "data").exists()


def test_without_a_file_it_says_what_is_missing(env):
    assert run().exit_code == 2


def test_a_certificate_without_its_key_stops_the_start(env):
    with pytest.raises(Misconfigured, match="belong together"):
        signing(certificate=env / "chain.pem")
