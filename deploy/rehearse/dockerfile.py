"""What a Dockerfile says: its instructions, in order, with variables filled in."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
FLAG = re.compile(r"--([a-z-]+)=(\S+)\s+")


class Unreadable(ValueError):
    """A line of the Dockerfile can't be understood, or says what can't be rehearsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One instruction: its word, its flags, and the rest as it is written."""

    line: int
    word: str
    flags: Mapping[str, str] = field(default_factory=dict[str, str])
    rest: str

    def __str__(self) -> str:
        flags = [f"--{name}={value}" for name, value in self.flags.items()]
        text = " ".join([*flags, *self.rest.split()])
        return f"{self.word} {text if len(text) < 88 else text[:85] + '...'}"

    def command(self) -> list[str]:
        """Return what is to be run: the words of the JSON form, or the shell with the text of the other one."""
        if self.rest.startswith("["):
            return [str(word) for word in json.loads(self.rest)]
        return ["/bin/sh", "-c", self.rest]


def parse(text: str) -> list[Instruction]:
    """Return the instructions of a Dockerfile.

    Raises:
        Unreadable: a line begins with no word of capitals.
    """
    found: list[Instruction] = []
    for number, whole in _joined(text):
        word, _, rest = whole.partition(" ")
        if not re.fullmatch(r"[A-Z]+", word):
            raise Unreadable(f"line {number}: {word!r} is no instruction")
        rest, flags = rest.strip(), dict[str, str]()
        while flag := FLAG.match(rest):
            flags[flag[1]] = flag[2]
            rest = rest[flag.end() :]
        found.append(Instruction(line=number, word=word, flags=flags, rest=rest))
    return found


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Yield each instruction as one line, with the number of its first one; comments are left out."""
    parts: list[str] = []
    first = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#") or not (line.strip() or parts):
            continue
        first = first if parts else number
        parts.append(line.removesuffix("\\").strip())
        if not line.endswith("\\"):
            yield first, " ".join(parts)
            parts = []
    if parts:
        raise Unreadable(f"line {first}: the last instruction is not finished")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its variables filled in; those that are not set are empty."""
    return VARIABLE.sub(lambda found: values.get(found[1] or found[2], ""), text)


def pairs(text: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the `NAME=value` pairs of ENV, ARG and LABEL; a name alone has an empty value."""
    given = (word.partition("=") for word in shlex.split(text))
    return {name: filled(value, values) for name, _, value in given}


def health_command(check: Instruction) -> list[str]:
    """Return the command of a HEALTHCHECK."""
    _, _, command = check.rest.partition("CMD ")
    return Instruction(line=check.line, word="CMD", rest=command.strip()).command()


def copied(instructions: list[Instruction]) -> list[str]:
    """Return every source that the Dockerfile copies from the tree it is built from."""
    wanted = [one for one in instructions if one.word == "COPY" and "from" not in one.flags]
    return [source for one in wanted for source in one.rest.split()[:-1]]
