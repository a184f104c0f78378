"""`image-studio verify`: what files say of where they come from; no server is asked, and no network."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.failing import FAILED
from backend.cli.options import AsJson
from backend.errors import NotFound
from backend.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.schemas.verify import VerifyAnswer

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True, help="Pictures."),
]
Root = Annotated[
    bool, typer.Option("--root", help="Write the certificate that vouches for this studio's signatures, as PEM.")
]


def verify(files: Files = None, *, root: Root = False, as_json: AsJson = False) -> None:
    """Say who signed files, whether they were changed since, and how they were made.

    Exit 0 if every one of them is signed and as it was then.
    """
    if root:
        screen.line(_own(Settings()).strip())
        return
    if not files:
        raise typer.BadParameter("name at least one picture", param_hint="FILE...")
    found = asyncio.run(_verified(Settings(), files))
    if as_json:
        told = zip(files, found, strict=True)
        screen.document([{"file": str(file), **one.model_dump(mode="json")} for file, one in told])
    else:
        for file, one in zip(files, found, strict=True):
            _show(file, one, several=len(files) > 1)
    if any(one.state != "intact" for one in found):
        raise typer.Exit(FAILED)


def _own(settings: Settings) -> str:
    from backend.container.keeping import known_anchors  # noqa: PLC0415 - it takes a second, and --help needs none of it
    from backend.datafolder import DataFolder  # noqa: PLC0415 - as above

    found = known_anchors(settings, DataFolder(settings.data_dir)).own
    if not found:
        raise NotFound(detail="There is no studio here yet, so it has signed nothing. Start it once.")
    return found


async def _verified(settings: Settings, files: Sequence[Path]) -> list[VerifyAnswer]:
    from backend.container.keeping import known_anchors  # noqa: PLC0415 - it takes a second, and --help needs none of it
    from backend.datafolder import DataFolder  # noqa: PLC0415 - as above
    from backend.imaging.workbench import Workbench  # noqa: PLC0415 - as above
    from backend.services.verify_service import VerifyService  # noqa: PLC0415 - as above

    workbench = Workbench()
    service = VerifyService(workbench, known_anchors(settings, DataFolder(settings.data_dir)))
    try:
        return [await service.verify(await asyncio.to_thread(file.read_bytes)) for file in files]
    finally:
        await workbench.aclose()


def _show(file: Path, found: VerifyAnswer, *, several: bool) -> None:
    if several:
        screen.line(f"{file}: {found.state}")
    for sentence in found.summary:
        screen.line(f"  {sentence}" if several else sentence)
