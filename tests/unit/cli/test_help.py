"""Every command explains itself, and takes the options that all commands share."""

from __future__ import annotations

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from backend import __version__
from backend.cli import app


def commands(group, path=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(get_command(app)))
OPENS_THE_STUDIO = {
    ("create",), ("edit",), ("control",), ("guide",), ("estimate",), ("operations",), ("providers",),
    *(path for path in ALL if path[0] in {"templates", "library", "jobs"}),
}  # fmt: skip


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_each_command_says_what_it_does_and_what_its_options_mean(path):
    command = ALL[path]
    assert command.help
    assert [one.name for one in command.params if not one.help] == []
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])
    assert ended.value.code == 0


@pytest.mark.parametrize("path", sorted(OPENS_THE_STUDIO), ids=" ".join)
def test_what_speaks_to_a_studio_can_speak_to_any(path):
    options = {option for each in ALL[path].params for option in each.opts}
    assert {"--server", "--api-key", "--json", "--verbose"} <= options


def test_what_answers_can_answer_in_json():
    silent = {("serve",), ("worker",), ("dev", "fake-providers"), ("models", "pull"), ("keys", "revoke")}
    assert all("--json" in {o for each in ALL[path].params for o in each.opts} for path in ALL if path not in silent)


def test_the_version_is_told():
    assert CliRunner().invoke(app, ["--version"]).stdout == f"image-studio {__version__}\n"


def test_a_size_that_is_none_is_misuse():
    outcome = CliRunner().invoke(app, ["create", "x", "--size", "large"])
    assert outcome.exit_code == 2
    assert "WxH" in outcome.stderr


@pytest.mark.parametrize("sides", ["left", "left=x", "middle=3", "left=1;up=2"])
def test_a_side_that_is_none_is_misuse(tmp_path, sides):
    (tmp_path / "a.png").touch()
    outcome = CliRunner().invoke(app, ["edit", str(tmp_path / "a.png"), "outpaint", "--expand", sides])
    assert outcome.exit_code == 2
    assert "left=200,up=100" in outcome.stderr


@pytest.mark.parametrize("strength", ["fidelity", "fidelity=2", "fidelity=x", "speed=0.5"])
def test_a_strength_that_is_none_is_misuse(tmp_path, strength):
    (tmp_path / "a.png").touch()
    outcome = CliRunner().invoke(app, ["control", str(tmp_path / "a.png"), "style", "--set", strength])
    assert outcome.exit_code == 2
    assert "fidelity=0.8" in outcome.stderr


def test_standard_output_holds_one_thing():
    outcome = CliRunner().invoke(app, ["edit", "-", "remove_background", "--out", "-", "--json"], input=b"")
    assert outcome.exit_code == 2


def test_settings_hide_secrets(monkeypatch):
    monkeypatch.setenv("STABILITY_API_KEY", "sk-secret")
    monkeypatch.setenv("IMAGE_STUDIO_PROVIDERS__GEMINI__API_KEY", "g-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:p-secret@host/db")
    said = CliRunner().invoke(app, ["settings"]).stdout
    assert "secret" not in said.replace("SECRET", "").replace("secret_key", "")
    assert "postgresql://anna:***@host/db" in said
    assert "IMAGE_STUDIO_PROVIDERS__GEMINI__API_KEY" in said


def test_a_wrong_setting_is_named(monkeypatch):
    monkeypatch.setenv("IMAGE_STUDIO_JOBS__WAIT_S", "soon")
    outcome = CliRunner().invoke(app, ["settings"])
    assert outcome.exit_code == 2
    assert "A setting is wrong: jobs.wait_s" in outcome.stderr
