"""npm's lock names the packages of platforms that nobody here has."""

import json

from scripts.lint.source import ROOT
from scripts.lock_platforms import completed

TOOL = {
    "version": "1.0.0",
    "dev": True,
    "optionalDependencies": {"@t/linux-x64-musl": "1.0.0", "@t/win32-x64": "1.0.0"},
}


def test_what_npm_left_out_is_named_for_its_platform():
    packages = completed({"node_modules/tool": TOOL, "node_modules/@t/win32-x64": {"version": "1.0.0"}})
    assert packages["node_modules/@t/linux-x64-musl"] == {
        "version": "1.0.0",
        "cpu": ["x64"],
        "dev": True,
        "libc": ["musl"],
        "optional": True,
        "os": ["linux"],
    }


def test_what_is_there_stays_as_it_is_nested_or_not():
    nested = {"node_modules/tool/node_modules/@t/linux-x64-musl": {"version": "1.0.0"}}
    packages = {"node_modules/@t/win32-x64": {"version": "9"}, "node_modules/tool": TOOL, **nested}
    assert completed(packages) == packages


def test_the_projects_own_lock_is_complete():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    assert completed(lock["packages"]) == lock["packages"], "run `make lock`"
