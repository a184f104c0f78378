"""`image-studio social`: pictures as the files that networks want."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from backend.cli import screen
from backend.cli.api import ASSETS, STUDIO, given
from backend.cli.changing import picture_in
from backend.cli.create import HERE, OnceKey, sending
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import make_folder, save_into
from backend.cli.watching import Bar, Watcher, follow
from backend.schemas.specs.social import CropMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.cli.api import Api, Json

OPTIMIZE = f"{STUDIO}/social/optimize"
_POINT = re.compile(r"(\d?\.?\d+),(\d?\.?\d+)")

Pictures = Annotated[list[str], typer.Argument(metavar="FILE|ASSET_ID…", help="The pictures.")]
Platforms = Annotated[
    str,
    typer.Option(
        "--platforms",
        "-p",
        metavar="NAME[:FORMAT],…",
        help="Such as instagram,linkedin or instagram:Story; a platform alone means its default format.",
    ),
]
All = Annotated[bool, typer.Option("--all", help="Every format of each platform.")]
Mode = Annotated[CropMode, typer.Option(help="fit and extend keep the whole picture.")]
Type = Annotated[
    Literal["png", "jpg", "webp", "auto"],
    typer.Option("--format", help="auto: whatever looks as good with fewest bytes."),
]
Quality = Annotated[int | None, typer.Option(min=1, max=100, help="Of JPEG and WebP; 85 otherwise.")]
MaxKb = Annotated[int | None, typer.Option(min=11, help="Kilobytes that no file may exceed.")]
Focus = Annotated[
    str | None, typer.Option(metavar="X,Y", help="The point that matters, in fractions from the top left: 0.5,0.3.")
]
Ground = Annotated[
    str | None, typer.Option(metavar="blur|mirror|transparent|#RRGGBB", help="With --mode fit: what stands beside it.")
]
Pattern = Annotated[
    str | None, typer.Option("--name", metavar="PATTERN", help="Such as {name}-{platform}-{width}x{height}.")
]
Alt = Annotated[str | None, typer.Option(help="What the picture shows, for those who can't see it.")]
Out = Annotated[Path, typer.Option("--out", "-o", file_okay=False, help="The folder to write to.")]


@with_common
def social(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    pictures: Pictures,
    *,
    platforms: Platforms,
    every: All = False,
    mode: Mode = "smart",
    output_format: Type = "auto",
    quality: Quality = None,
    max_kb: MaxKb = None,
    focus: Focus = None,
    background: Ground = None,
    name: Pattern = None,
    alt: Alt = None,
    out: Out = HERE,
    idempotency_key: OnceKey = None,
) -> None:
    """Make the files that networks want of pictures, and tell which rules of theirs a file does not keep."""
    form = given(
        {
            **_formats(platforms, every=every),
            "crop_mode": mode,
            "output_format": output_format,
            "quality": quality,
            "max_bytes": max_kb and max_kb * 1000,
            "focal_point": _point(focus),
            "background": _ground(background),
            "name_pattern": name,
            "alt_text": alt,
            "response_format": "url",
        }
    )
    _run(common, pictures, form, (out, idempotency_key))


def _run(common: Common, pictures: list[str], form: Mapping[str, Any], going: tuple[Path, str | None]) -> None:
    out, key = going
    make_folder(out)
    told: list[Json] = []
    for number, picture in enumerate(pictures):
        headers = sending(f"{key}-{number}" if key else None)
        answer, files = speak(common, lambda api, p=picture, h=headers: _exported(api, p, form, (out, h)))
        told.append({**answer, "files": files})
        if not common.as_json:
            _tell(answer, files)
    if common.as_json:
        screen.document(told)
    if any(answer["errors"] for answer in told):
        raise typer.Exit(1)


async def _exported(
    api: Api, picture: str, form: Mapping[str, Any], going: tuple[Path, Mapping[str, str]]
) -> tuple[Json, dict[str, str]]:
    """Return the answer about a picture, and where its files were written, by their assets."""
    out, headers = going
    files, named = picture_in(picture)
    written: dict[str, str] = {}
    shelf: Json = await api.get(f"{STUDIO}/social/platforms")
    with Bar(f"Making files of {Path(picture).name}", parts=_count(form, shelf["platforms"])) as bar:

        async def take(asset: Json) -> None:
            data = await api.content(f"{ASSETS}/{asset['id']}/content")
            written[asset["id"]] = str(save_into(out, asset["filename"], asset["mime_type"], data))

        body = {**form, **named}
        if files:
            asking = api.post_files(OPTIMIZE, files, {"request": json.dumps(body)}, headers)
        else:
            asking = api.send("POST", OPTIMIZE, body, headers)
        job = await follow(api, asking, Watcher(bar=bar, take=take))
    return job["result"], written


def _tell(answer: Json, files: Mapping[str, str]) -> None:
    """Write each file, with what a person has to know of it."""
    for result in answer["results"]:
        screen.line(files[result["asset_id"]])
        for check in result["checks"]:
            if check["ok"] is False:
                screen.aside(f"  {check['level']}: {check['fix']}")
        for note in result["notes"]:
            screen.aside(f"  {note}")


def _count(form: Mapping[str, Any], shelf: Json) -> int:
    """Return how many files that will be, for the bar."""
    every = {name: len(one["formats"]) for one in shelf for name in (one["key"], *one["aliases"])}
    wanted: Mapping[str, list[str]] = form["format_names"]
    names = {key: wanted.get(key, [""]) for key in form["platforms"]}
    return sum(every.get(key.casefold(), 1) if named == ["all"] else len(named) for key, named in names.items())


def _formats(platforms: str, *, every: bool) -> dict[str, Any]:
    """Return the platforms and, by platform, the formats."""
    names: dict[str, list[str]] = {}
    for entry in filter(None, (part.strip() for part in platforms.split(","))):
        platform, _, form = entry.partition(":")
        names.setdefault(platform, []).extend([form] if form else [])
    if not names:
        raise typer.BadParameter("name at least one platform", param_hint="--platforms")
    chosen = {key: value or ["all"] for key, value in names.items() if value or every}
    return {"platforms": list(names), "format_names": chosen}


def _point(text: str | None) -> dict[str, float] | None:
    if text is None:
        return None
    found = _POINT.fullmatch(text.replace(" ", ""))
    if found is None or max(float(found[1]), float(found[2])) > 1:
        raise typer.BadParameter("a point reads X,Y with fractions 0..1, such as 0.5,0.3", param_hint="--focus")
    return {"x": float(found[1]), "y": float(found[2])}


def _ground(text: str | None) -> dict[str, str] | None:
    if text is None:
        return None
    return {"kind": "colour", "colour": text} if text.startswith("#") else {"kind": text}
