"""Failures end in words on standard error and an exit status, never in a traceback."""

from __future__ import annotations

import errno

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner

from backend.cli.failing import Failing, Refused, advice
from backend.errors import DatabaseBusy, FieldError, InvalidRequest, NoProvider


class Form(BaseModel):
    count: int


def ran(error):
    """Return the outcome of a command that fails with an error, or does what the function does."""
    app = typer.Typer(cls=Failing, pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        if callable(error):
            error()
        raise error

    @app.command()
    def other() -> None: ...

    return CliRunner().invoke(app, ["fail"])


def test_an_error_tells_what_happened_and_what_to_do():
    outcome = ran(DatabaseBusy(detail="Held by another program."))
    assert outcome.exit_code == 1
    assert outcome.stdout == ""
    what, how = outcome.stderr.splitlines()
    assert what == "The database is locked: Held by another program."
    assert how.startswith("  Try again. With SQLite, close the program that has the file open;")


def test_each_wrong_field_is_told_once():
    errors = (FieldError(pointer="/width", detail="too small"), FieldError(pointer="/height", detail="too small"))
    outcome = ran(InvalidRequest(detail="width: too small (1 more)", errors=errors))
    assert outcome.stderr.splitlines()[1:] == ["  height: too small"]


@pytest.mark.parametrize("words", [("Say what to change.",), ("say where.", "say what")])
def test_what_the_detail_says_already_is_not_said_again_by_field(words):
    errors = tuple(FieldError(pointer="/prompt", detail=one) for one in words)
    outcome = ran(InvalidRequest(detail=" ".join(f"{one.rstrip('.')}." for one in words), errors=errors))
    assert len(outcome.stderr.splitlines()) == 1


def test_every_engine_says_why_it_can_not():
    outcome = ran(NoProvider(detail="None.", tried={"local": "no weights", "stability": "no key"}))
    assert outcome.stderr.splitlines()[1:] == ["  local: no weights", "  stability: no key"]


def test_a_studio_s_problem_reads_like_one_s_own():
    outcome = ran(Refused({"title": "The disk is full", "code": "storage-full", "detail": "Nothing was stored."}))
    assert outcome.exit_code == 1
    assert "The disk is full: Nothing was stored." in outcome.stderr
    assert "Free some space" in outcome.stderr


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_wherever_it_is_met(number):
    outcome = ran(OSError(number, "no space", "/data/lock"))
    assert outcome.exit_code == 1
    assert "The disk is full: There is no space left for /data/lock." in outcome.stderr


def test_what_nobody_foresaw_is_not_hidden():
    outcome = ran(OSError(errno.EIO, "broken"))
    assert isinstance(outcome.exception, OSError)


def test_a_wrong_value_is_misuse():
    outcome = ran(lambda: Form.model_validate({"count": "many"}))
    assert outcome.exit_code == 2
    assert "count:" in outcome.stderr
    assert "many" not in outcome.stderr


def test_ctrl_c_exits_130():
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert ran(interrupted).exit_code == 130


def test_advice_is_about_machines_and_engines_alone():
    assert advice("storage-full").startswith("Free some space")
    assert advice("invalid-request") == ""
    assert advice("something-new") == ""
