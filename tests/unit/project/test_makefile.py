"""The commands that people and continuous integration rely on are there, and say what they do."""

import os
import re
import subprocess
import tomllib

import pytest

from scripts.lint.source import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["setup", "run", "check", "test", "bench", "docs", "fix", "lock", "help"])
def test_a_command_is_listed_with_its_purpose(target):
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert re.search(rf"^  make {target} +\w", listed, re.MULTILINE)


def test_every_folder_of_tests_is_run_and_the_browsers_last():
    with (ROOT / "pyproject.toml").open("rb") as file:
        paths = tomllib.load(file)["tool"]["pytest"]["ini_options"]["testpaths"]
    folders = {path.relative_to(ROOT).parts[1] for path in (ROOT / "tests").rglob("test_*.py")}
    assert {f"tests/{folder}" for folder in folders} == set(paths)
    assert paths[-1] == "tests/e2e"


def test_continuous_integration_runs_what_everybody_runs():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert "exec make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_everything_installed_is_checked_by_hash():
    setup = (ROOT / "scripts/setup.sh").read_text(encoding="utf-8")
    installs = [line for line in setup.splitlines() if "pip install" in line]
    assert len(installs) == 4
    assert all("--require-hashes" in line or "--no-build-isolation --no-deps -e ." in line for line in installs)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_everything_by_hash_the_installer_and_build_backend_included(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", text, re.MULTILINE))
    assert {"pip", "hatchling"} <= set(pins)


def test_running_and_testing_use_the_same_versions():
    def pins(lock):
        found = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        return dict(found)

    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run


def test_an_unknown_part_is_refused_by_name():
    found = subprocess.run(["scripts/setup.sh", "nonsense"], cwd=ROOT, capture_output=True, check=False, text=True)
    assert (found.returncode, found.stderr) == (1, "No such part: nonsense\n")
