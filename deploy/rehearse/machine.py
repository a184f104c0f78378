"""Folders that stand for machines: made from this one's system, and commands run in them."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.rehearse.dockerfile import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INSIDE = Path(__file__).with_name("inside.py")
ETC = ("ca-certificates.conf", "ca-certificates", "ssl", "resolv.conf", "hosts", "nsswitch.conf", "ld.so.cache")
ETC_TOO = (
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "login.defs",
    "alternatives",
    "pip.conf",
    "npmrc",
    "debian_version",
)
"""What a base image has in /etc as well, and how this machine reaches the package registries."""
PASSED = ("PIP_", "NPM_CONFIG_", "npm_config_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_", "NODE_EXTRA_CA_")
"""Variables that say how the package registries are reached from here."""
LACKING = ("gcc", "g++", "cc", "c++", "make", "git", "curl", "wget", "x86_64-linux-gnu-gcc-12", "gcc-12", "g++-12")
"""Programs that a slim image lacks: what needs one of them must fail here too."""
STANDARD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PERSON = "root:x:0:0:root:/root:/bin/sh\n"
STEP_S = 900


@dataclass(slots=True, kw_only=True)
class Machine:
    """A folder that stands for an image: its files, and what the instructions so far have said."""

    root: Path
    base: str
    env: dict[str, str] = field(default_factory=lambda: {"PATH": STANDARD_PATH})
    args: dict[str, str] = field(default_factory=dict[str, str])
    workdir: str = "/"
    user: str = ""
    said: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """ENTRYPOINT, CMD, HEALTHCHECK and the like."""

    def at(self, path: str) -> Path:
        """Return where a path of the image lies on this machine."""
        return self.root / os.path.normpath(os.path.join(self.workdir, path)).lstrip("/")  # noqa: PTH118 - no path of ours

    def run(self, command: Sequence[str]) -> None:
        """Run a command as RUN does.

        Raises:
            CalledProcessError: it failed.
        """
        passed = {name: value for name, value in os.environ.items() if name.startswith(PASSED)}
        home = {"HOME": "/root"}
        told = self.told(command, env={**passed, **home, **self.env, **self.args}, mounts=self._system())
        options = ["--mount", "--pid", "--fork", "--kill-child"]
        subprocess.run(["unshare", *options, sys.executable, str(INSIDE), told], check=True, timeout=STEP_S)

    def started(self, command: Sequence[str], volumes: Mapping[str, Path], log: Path) -> subprocess.Popen[bytes]:
        """Return a process that runs a command as process 1 on a read-only file system, without a network."""
        mounts = [(["--bind"], str(self.root), str(self.root)), *self._system()]
        mounts.append((["-t", "tmpfs"], "tmpfs", str(self.root / "tmp")))
        mounts += [(["--bind"], str(folder), str(self.at(path))) for path, folder in volumes.items()]
        mounts.append((["-o", "remount,bind,ro"], str(self.root), str(self.root)))
        told = self.told(command, env=self.env, mounts=mounts, alone=True)
        options = ["--mount", "--pid", "--fork", "--kill-child", "--net"]
        with log.open("wb") as written:
            return subprocess.Popen(
                ["unshare", *options, sys.executable, str(INSIDE), told], stdout=written, stderr=subprocess.STDOUT
            )

    def told(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        mounts: Sequence[tuple[list[str], str, str]],
        alone: bool = False,
    ) -> str:
        """Return what `inside.py` is to do."""
        facts = {"root": str(self.root), "workdir": self.workdir, "user": self.user, "alone": alone}
        return json.dumps({**facts, "command": list(command), "env": dict(env), "mounts": list(mounts)})

    def _system(self) -> list[tuple[list[str], str, str]]:
        """Return what of this machine's own system is seen inside."""
        read_only = ["-o", "bind,ro"]
        mounts = [
            (read_only, "/usr", f"{self.root}/usr"),
            (read_only, f"{self.root}/.base", f"{self.root}/usr/local/bin"),
        ]
        mounts += [(read_only, str(one), f"{self.root}{one}") for one in _elsewhere()]
        mounts += [(["--rbind"], "/dev", f"{self.root}/dev"), (["-t", "proc"], "proc", f"{self.root}/proc")]
        hidden = [Path("/usr/bin") / name for name in LACKING]
        if "slim" in self.base:
            nothing = f"{self.root}/.nothing"
            mounts += [(["--bind"], nothing, f"{self.root}{one}") for one in hidden if one.is_file()]
        return mounts


def base_image(image: str, root: Path) -> Machine:
    """Return a machine that stands for a base image.

    Raises:
        Unreadable: nothing on this machine stands for it.
    """
    name, _, tag = image.partition(":")
    tools = {"python": _python, "node": _node}.get(name)
    if tools is None:
        raise Unreadable(f"nothing on this machine stands for the image {image}")
    for folder in ("usr", "etc", "root", "proc", "dev", "tmp", "opt", "var/tmp", "run", "home", ".base"):
        (root / folder).mkdir(parents=True)
    for world in ("tmp", "var/tmp"):
        (root / world).chmod(0o1777)
    (root / ".nothing").touch(mode=0o644)
    for link in (Path("/") / one for one in ("bin", "sbin", "lib", "lib32", "lib64")):
        if link.is_symlink():
            (root / link.name).symlink_to(link.readlink())
    _fill_etc(root / "etc")
    for folder in _elsewhere():
        (root / str(folder).lstrip("/")).mkdir(parents=True)
    for called, target in tools(tag).items():
        (root / ".base" / called).symlink_to(target)
    return Machine(root=root, base=image)


def _fill_etc(etc: Path) -> None:
    for one in (Path("/etc") / name for name in ETC + ETC_TOO):
        if one.is_dir():
            shutil.copytree(one, etc / one.name, symlinks=True)
        elif one.exists():
            shutil.copy(one, etc / one.name)
    (etc / "passwd").write_text(PERSON)
    (etc / "group").write_text("root:x:0:\n")
    (etc / "shadow").write_text("root:*:19000:0:99999:7:::\n")
    (etc / "gshadow").write_text("root:*::\n")


def _python(tag: str) -> dict[str, str]:
    wanted = ".".join(tag.split(".")[:2])
    for program in (f"/usr/bin/python{wanted}", f"{sys.base_prefix}/bin/python{wanted}"):
        able = [program, "-c", "import ensurepip, venv"]
        if Path(program).exists() and subprocess.run(able, check=False).returncode == 0:
            return {"python": program, "python3": program, f"python{wanted}": program}
    raise Unreadable(f"there is no Python {wanted} with venv here: apt-get install python3-venv")


def _node(tag: str) -> dict[str, str]:
    wanted = tag.partition(".")[0]
    node, npm = shutil.which("node"), shutil.which("npm")
    version = subprocess.run([node or "false", "--version"], check=False, capture_output=True, text=True).stdout
    if node is None or npm is None or version.strip().lstrip("v").partition(".")[0] != wanted:
        raise Unreadable(f"there is no Node {wanted} with npm here, but {version.strip() or 'none'}")
    return {"node": str(Path(node).resolve()), "npm": str(Path(npm).resolve())}


@functools.cache
def _elsewhere() -> tuple[Path, ...]:
    """Return folders outside /usr that Python comes from, or that this machine's pip takes packages from."""
    config = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=False, capture_output=True, text=True
    )
    named = re.findall(r"(?:file://|[\s'\"=])(/[\w./-]+)", config.stdout + os.environ.get("PIP_FIND_LINKS", ""))
    folders = {Path(one).resolve() for one in [*named, sys.base_prefix]}
    return tuple(sorted(one for one in folders if one.is_dir() and not one.is_relative_to("/usr")))
