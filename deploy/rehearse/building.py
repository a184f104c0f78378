"""Building: each instruction carried out on the machine of its stage."""

from __future__ import annotations

import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from deploy.rehearse.dockerfile import Unreadable, filled, pairs
from deploy.rehearse.machine import base_image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from deploy.rehearse.dockerfile import Instruction
    from deploy.rehearse.machine import Machine

SAID = frozenset({"CMD", "ENTRYPOINT", "EXPOSE", "HEALTHCHECK", "LABEL", "STOPSIGNAL", "VOLUME"})
"""Instructions that do nothing while the image is built."""


class Building:
    """A build on its way: the stages so far, the last of them being worked on."""

    def __init__(self, folder: Path, context: Path, arguments: Mapping[str, str]) -> None:
        self._folder = folder
        self._context = context
        self._arguments = arguments
        self._before: dict[str, str] = {}
        self._stages: dict[str, Machine] = {}

    def build(self, instructions: Sequence[Instruction]) -> Machine:
        """Carry everything out and return the last stage.

        Raises:
            CalledProcessError: a command failed.
            Unreadable: an instruction says what can't be rehearsed.
        """
        machine: Machine | None = None
        for one in instructions:
            begun = time.monotonic()
            if one.word == "FROM":
                machine = self._from(one)
            elif machine is None:
                self._before |= {**pairs(one.rest, self._before), **self._given(one)}
            else:
                self._do(machine, one)
            print(f"{time.monotonic() - begun:7.1f} s  {one.line:3}  {one}", flush=True)
        if machine is None:
            raise Unreadable("there is no FROM")
        return machine

    def _given(self, argument: Instruction) -> dict[str, str]:
        name = argument.rest.partition("=")[0]
        return {name: self._arguments[name]} if name in self._arguments else {}

    def _from(self, one: Instruction) -> Machine:
        image, *named = filled(one.rest, self._before).split()
        name = named[1] if named else str(len(self._stages))
        root = self._folder / name
        parent = self._stages.get(image)
        if parent is None:
            root.mkdir()
            self._stages[name] = base_image(image, root)
        else:
            subprocess.run(["cp", "--archive", "--reflink=auto", str(parent.root), str(root)], check=True)
            self._stages[name] = replace(parent, root=root, env=dict(parent.env), args={}, said=dict(parent.said))
        return self._stages[name]

    def _do(self, machine: Machine, one: Instruction) -> None:
        values = {**machine.args, **machine.env}
        match one.word:
            case "ARG":
                machine.args |= {**pairs(one.rest, values), **self._given(one)}
            case "ENV":
                machine.env |= pairs(one.rest, values)
            case "WORKDIR":
                machine.workdir = filled(one.rest, values)
                machine.at(".").mkdir(parents=True, exist_ok=True)
            case "USER":
                machine.user = filled(one.rest, values)
            case "RUN":
                machine.run(one.command())
            case "COPY":
                self._copy(machine, one)
            case word if word in SAID:
                machine.said.setdefault(word, []).append(one.rest)
            case word:
                raise Unreadable(f"line {one.line}: {word} can't be rehearsed")

    def _copy(self, machine: Machine, one: Instruction) -> None:
        *sources, target = filled(one.rest, {**machine.args, **machine.env}).split()
        source_root = self._stages[one.flags["from"]].root if "from" in one.flags else self._context
        into = machine.at(target)
        for path in (source_root / source.lstrip("/") for source in sources):
            is_whole = path.is_dir()  # of a folder its contents are copied
            folder = into if is_whole or target.endswith("/") else into.parent
            folder.mkdir(parents=True, exist_ok=True)
            what = f"{path}/." if is_whole else str(path)
            subprocess.run(["cp", "--archive", "--reflink=auto", what, str(into)], check=True)
        if owner := one.flags.get("chown"):
            subprocess.run(["chown", "--recursive", owner, str(into)], check=True)
