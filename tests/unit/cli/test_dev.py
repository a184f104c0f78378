"""The fake vendors are served from a checkout, and from nowhere else."""

from __future__ import annotations

import sys

from typer.testing import CliRunner

from backend.cli import app, dev


def test_where_there_are_no_tests_there_are_no_fake_vendors(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "CHECKOUT", tmp_path)
    answered = CliRunner().invoke(app, ["dev", "fake-providers"])
    assert answered.exit_code != 0
    assert "checkout" in answered.output


def test_in_a_checkout_the_process_becomes_them(monkeypatch):
    became = []
    monkeypatch.setattr(dev.os, "execv", lambda *told: became.append(told))
    monkeypatch.setattr(dev.os, "chdir", lambda _: None)
    assert CliRunner().invoke(app, ["dev", "fake-providers", "--port", "8601"]).exit_code == 0
    assert became == [(sys.executable, [sys.executable, "-m", "tests.fakes.provider_server", "8601"])]
