"""Name the packages of other platforms in frontend/package-lock.json, so that `npm ci` takes the lock everywhere.

npm leaves an optional package out of the lock where the registry did not serve it when the lock was made, and then
refuses that lock as incomplete. What is added has no hash, since nobody saw the file; it concerns other platforms
alone. Run by `make lock`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "frontend" / "package-lock.json"
SYSTEMS = {"darwin", "linux", "win32", "android", "freebsd", "openharmony"}
PROCESSORS = {"x64", "arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32"}
LIBRARIES = {"gnu": "glibc", "musl": "musl"}

Packages = dict[str, dict[str, Any]]  # Any: npm's lock is JSON of many shapes


def completed(packages: Packages) -> Packages:
    """Return the lock's packages with every optional one that is named and missing, in npm's order."""
    missing: Packages = {}
    for owner, package in packages.items():
        for name, version in package.get("optionalDependencies", {}).items():
            if not any(place in packages for place in _places(owner, name)):
                missing[f"node_modules/{name}"] = _entry(name, version, dev=package.get("dev", False))
    return dict(sorted((packages | missing).items()))


def _places(owner: str, name: str) -> list[str]:
    """Return where Node would look for `name` from the folder of `owner`, nearest first."""
    folders = owner.split("/node_modules/")
    nested = ["/node_modules/".join([*folders[: depth + 1], name]) for depth in reversed(range(len(folders)))]
    return [*nested, f"node_modules/{name}"]


def _entry(name: str, version: str, *, dev: bool) -> dict[str, Any]:
    words = name.rpartition("/")[2].split("-")
    found: dict[str, Any] = {"version": version}
    if processors := [word for word in words if word in PROCESSORS]:
        found["cpu"] = processors
    if dev:
        found["dev"] = True
    if libraries := [LIBRARIES[word] for word in words if word in LIBRARIES]:
        found["libc"] = libraries
    found["optional"] = True
    if systems := [word for word in words if word in SYSTEMS]:
        found["os"] = systems
    return found


def main() -> None:
    """Complete the lock in place."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    lock["packages"] = completed(lock["packages"])
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
