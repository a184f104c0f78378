"""Rehearse the Dockerfile: build it, start it, use it, stop it. `python -m deploy.rehearse --help`."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.rehearse.building import Building
from deploy.rehearse.context import export
from deploy.rehearse.dockerfile import Instruction, Unreadable, health_command, parse
from deploy.rehearse.libraries import check_libraries

if TYPE_CHECKING:
    from deploy.rehearse.machine import Machine

REPOSITORY = Path(__file__).resolve().parents[2]
TRIAL = Path(__file__).with_name("trial.py")
HEALTHY_S = 60
STOPPED_S = 40


def main() -> int:
    """Rehearse; return 0 when all of it went well."""
    parser = argparse.ArgumentParser(description="Carry out deploy/Dockerfile without a container engine.")
    parser.add_argument("--tree", default="HEAD", help="what to build: a commit or tree (HEAD)")
    parser.add_argument("--uncommitted", action="store_true", help="build the working tree as it is instead")
    parser.add_argument("--build-arg", action="append", default=[], metavar="NAME=VALUE", help="as docker build has it")
    asked = parser.parse_args()
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        print("This needs root on Linux, and the programs of util-linux.", file=sys.stderr)
        return 2
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="image-studio-rehearsal-") as folder:
        try:
            tree = working_tree(Path(folder)) if asked.uncommitted else asked.tree
            image = build(Path(folder), tree, dict(one.split("=", 1) for one in asked.build_arg))
            check_libraries(image)
            use(image, Path(folder))
            print(f"The image builds, starts, works and stops: {time.monotonic() - begun:.0f} s.", flush=True)
        except (Unreadable, subprocess.SubprocessError, RuntimeError) as error:
            print(f"The rehearsal failed: {error}", file=sys.stderr)
            return 1
    return 0


def working_tree(folder: Path) -> str:
    """Return the tree that a commit of everything here would have."""
    env = os.environ | {"GIT_INDEX_FILE": str(folder / "index")}
    subprocess.run(["git", "add", "--all"], cwd=REPOSITORY, check=True, env=env)
    written = subprocess.run(["git", "write-tree"], cwd=REPOSITORY, check=True, env=env, capture_output=True, text=True)
    return written.stdout.strip()


def build(folder: Path, tree: str, arguments: dict[str, str]) -> Machine:
    """Return the machine that stands for the image."""
    context, stages = folder / "context", folder / "stages"
    context.mkdir()
    stages.mkdir()
    folder.chmod(0o755)
    export(REPOSITORY, tree, context)
    text = subprocess.run(
        ["git", "show", f"{tree}:deploy/Dockerfile"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout
    return Building(stages, context, arguments).build(parse(text))


def use(image: Machine, folder: Path) -> None:
    """Start the image, wait until it is healthy, use it, and stop it as an engine does."""
    command = [*_last(image, "ENTRYPOINT").command(), *_last(image, "CMD").command()]
    volumes = {path: folder / f"volume-{n}" for n, path in enumerate(_last(image, "VOLUME").rest.split())}
    for path, volume in volumes.items():  # an engine fills an empty volume with what the image has there
        subprocess.run(["cp", "--archive", str(image.at(path)), str(volume)], check=True)
    log = folder / "log"
    running = image.started(command, volumes, log)
    try:
        inside = _healthy(image, running, log)
        link = _found(r"/signin\?token=(\S+)", log, running)
        _enter(image, inside, ["python", "-", link], TRIAL)
        stop = getattr(signal, _last(image, "STOPSIGNAL").rest)
        begun = time.monotonic()
        os.kill(inside, stop)
        code = running.wait(STOPPED_S)
    except BaseException:
        print(log.read_text(), file=sys.stderr)
        raise
    finally:
        running.kill()
        running.wait()
    if code != 0:
        raise RuntimeError(f"stopped with exit code {code}:\n{log.read_text()}")
    print(f"{time.monotonic() - begun:7.1f} s       stopped by {stop.name} with exit code 0")


def _last(image: Machine, word: str) -> Instruction:
    if word not in image.said:
        raise Unreadable(f"the Dockerfile has no {word}")
    return Instruction(line=0, word=word, rest=image.said[word][-1])


def _healthy(image: Machine, running: subprocess.Popen[bytes], log: Path) -> int:
    """Return the process that the image's first process is on this machine, once HEALTHCHECK passes."""
    check = health_command(_last(image, "HEALTHCHECK"))
    begun = time.monotonic()
    while time.monotonic() - begun < HEALTHY_S:
        if running.poll() is not None:
            raise RuntimeError(f"it ended with exit code {running.returncode} before it was healthy")
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        if children and _found(r"(.)", log, running, wait=False):
            inside = int(children[0])
            if _enter(image, inside, check, None, must=False) == 0:
                print(f"{time.monotonic() - begun:7.1f} s       healthy")
                return inside
        time.sleep(0.2)
    raise RuntimeError(f"it is not healthy after {HEALTHY_S} s")


def _found(pattern: str, log: Path, running: subprocess.Popen[bytes], *, wait: bool = True) -> str:
    """Return what the log says where a pattern fits."""
    until = time.monotonic() + HEALTHY_S
    while True:
        if found := re.search(pattern, log.read_text()):
            return found[1]
        if not wait:
            return ""
        if time.monotonic() > until or running.poll() is not None:
            raise RuntimeError(f"the log has no {pattern}")
        time.sleep(0.2)


def _enter(image: Machine, inside: int, command: list[str], script: Path | None, *, must: bool = True) -> int:
    """Run a command beside the first process, as `docker exec` does, and return its exit code."""
    user, _, group = image.user.partition(":")
    where = ["--target", str(inside), "--mount", "--pid", "--net", "--root", "--wd", "-S", user, "-G", group or user]
    env = [f"{name}={value}" for name, value in image.env.items()]
    whole = ["nsenter", *where, "env", "-i", *env, *command]
    source = script.read_bytes() if script else b""
    quiet = None if must else subprocess.DEVNULL
    done = subprocess.run(whole, input=source, check=must, timeout=180, stderr=quiet)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
