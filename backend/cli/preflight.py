"""`image-studio preflight`: whether finished files are right for a format, before they are published."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from backend.cli import screen
from backend.cli.api import STUDIO, given
from backend.cli.changing import picture_in
from backend.cli.failing import FAILED
from backend.cli.options import Common, with_common
from backend.cli.reach import speak

if TYPE_CHECKING:
    from backend.cli.api import Api, Json

Pictures = Annotated[
    list[str], typer.Argument(metavar="FILE|ASSET_ID", help="The files to judge; - reads one from standard input.")
]
Platform = Annotated[str, typer.Option(help="Where it will be published, such as instagram.")]
Format = Annotated[
    str | None, typer.Option("--format", help="The format, such as Story; the platform's first one otherwise.")
]
AltText = Annotated[str | None, typer.Option(help='The alternative text that will go with it; "" for none.')]
Items = Annotated[int | None, typer.Option(min=1, help="How many pictures go into the same post.")]
COLUMNS = ("", "rule", "has", "asked for", "known", "what to do")


@with_common
def preflight(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    pictures: Pictures,
    *,
    platform: Platform,
    format_: Format = None,
    alt_text: AltText = None,
    items: Items = None,
) -> None:
    """Say which rules of a format finished files break, byte for byte as they are.

    Exit 0 if the platform takes every one of them, as far as its rules are known.
    """
    form: dict[str, Any] = {"platform": platform, "format": format_, "alt_text": alt_text, "items": items}

    async def asked(api: Api) -> list[Json]:
        return [await _judged(api, one, form) for one in pictures]

    found = speak(common, asked)
    if common.as_json:
        screen.document([{"file": one, **answer} for one, answer in zip(pictures, found, strict=True)])
    else:
        for one, answer in zip(pictures, found, strict=True):
            _show(one, answer)
    if not all(answer["ok"] for answer in found):
        raise typer.Exit(FAILED)


async def _judged(api: Api, picture: str, form: dict[str, Any]) -> Json:
    """Return the answer on one picture; Any: a form is JSON."""
    files, named = picture_in(picture)
    path, asked = f"{STUDIO}/social/preflight", given({**form, **named})
    if not files:
        return await api.send("POST", path, asked)
    return await api.post_files(path, files, {"request": json.dumps(asked)}, {})


def _show(picture: str, answer: Json) -> None:
    checks = answer["checks"]
    kept = sum(check["ok"] is True for check in checks)
    verdict = "right" if answer["ok"] else "wrong"
    screen.line(
        f"{picture}: {verdict} for {answer['platform']}, {answer['format']}; {kept} of {len(checks)} rules kept"
    )
    screen.listing(COLUMNS, [_row(check) for check in checks if check["ok"] is not True])


def _row(check: Json) -> tuple[object, ...]:
    told = "unknown" if check["ok"] is None else check["level"]
    return told, check["rule"], _words(check["value"]), _words(check["limit"]), check["grade"], check["fix"]


def _words(value: Json) -> object:
    return ", ".join(cast("list[str]", value)) if isinstance(value, list) else value
