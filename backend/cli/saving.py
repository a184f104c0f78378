"""Pictures as files: written whole or not at all, and never over another file."""

from __future__ import annotations

import errno
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from backend.errors import Conflict, MachineTrouble, StorageFull
from backend.utils.filenames import with_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

SAFE = "The picture itself is in the library: `image-studio library download` writes it anew."


def make_folder(folder: Path) -> None:
    """Make a folder that files are to be written to.

    Raises:
        MachineTrouble: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _trouble(folder, error) from error


def read_picture(path: Path) -> bytes:
    """Return what is in a file.

    Raises:
        MachineTrouble: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise MachineTrouble(detail=f"{path} can't be read: {error.strerror}.") from error


def save_into(folder: Path, name: str, mime: str, data: bytes) -> Path:
    """Write a new file into a folder, numbered where its name is taken, and return where it is.

    Raises:
        StorageFull: there is no space for it.
        MachineTrouble: it can't be written for another reason.
    """
    make_folder(folder)
    # The name came from a server: only its last part counts, with the extension of what it is.
    for path in _numbered(folder / with_extension(name, mime)):
        if _write_new(path, data):
            return path
    raise AssertionError  # the numbers don't end


def save_as(path: Path, data: bytes) -> Path:
    """Write a new file and return where it is.

    Raises:
        Conflict: there is one already.
        StorageFull: there is no space for it.
        MachineTrouble: it can't be written for another reason.
    """
    make_folder(path.parent)
    if not _write_new(path, data):
        raise taken(path)
    return path


def taken(path: Path) -> Conflict:
    """Return that a file would be written over another one."""
    return Conflict(detail=f"{path} exists already. Choose another name, or a folder: names are numbered there.")


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}-{number}")


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file; False if there is one of this name."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _trouble(path, error) from error
    return True


def _trouble(path: Path, error: OSError) -> MachineTrouble:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StorageFull(detail=f"There is no space left for {path}. {SAFE}")
    return MachineTrouble(detail=f"{path} can't be written: {error.strerror}. Choose another place with --out.")
