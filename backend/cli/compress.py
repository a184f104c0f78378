"""`image-studio compress`: one picture in fewer bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args

import typer

from backend.cli import screen
from backend.cli.api import STUDIO, given
from backend.cli.changing import Order, Out, Picture, changed, check_place, picture_in, told
from backend.cli.create import OnceKey, sending
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.schemas.specs.compress import FEWEST, FileType

if TYPE_CHECKING:
    from backend.cli.api import Json

_AMOUNT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(b|kb|mb|kib|mib)?", re.IGNORECASE)
_UNITS: Final = {"b": 1, "kb": 1_000, "mb": 1_000_000, "kib": 1_024, "mib": 1_048_576}
_KINDS: Final = {".jpg": "jpg", ".jpeg": "jpg", **{f".{kind}": kind for kind in get_args(FileType)}}


def bytes_of(text: str) -> int:
    """Return how many bytes an amount such as `500KB` means; a kilobyte has 1000 of them, a `KiB` 1024.

    Raises:
        BadParameter: it is none, or less than can be asked for.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter("an amount reads like 200000, 500KB or 1.5MB")
    amount = int(float(found[1]) * _UNITS[(found[2] or "b").lower()])
    if amount < FEWEST:
        raise typer.BadParameter(f"at least {FEWEST} bytes: marks of where the picture comes from take some of them")
    return amount


Most = Annotated[
    int | None,
    typer.Option("--to", metavar="BYTES", parser=bytes_of, help="At most so many, such as 500KB. Default: none."),
]
Like = Annotated[
    float | None,
    typer.Option("--ssim", min=0.8, max=0.999, help="How like the picture it has to stay. Default: 0.98 without --to."),
]
Kind = Annotated[
    Literal["keep", "auto", "jpg", "png", "webp", "avif", "gif"] | None,
    typer.Option(
        "--format", help="auto: whichever of its own, WebP and AVIF is smallest. Default: that of --out, or keep."
    ),
]


def kind_of(out: str | None) -> str | None:
    """Return the type that a file's name asks for."""
    return _KINDS.get(Path(out).suffix.lower()) if out else None


@with_common
def compress(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    picture: Picture,
    *,
    most: Most = None,
    ssim: Like = None,
    output_format: Kind = None,
    out: Out = None,
    idempotency_key: OnceKey = None,
) -> None:
    """Write one picture in fewer bytes, as few as look the same unless told otherwise; never in more."""
    check_place(out, common)
    files, named = picture_in(picture)
    form = {
        "max_bytes": most,
        "min_ssim": ssim,
        "output_format": output_format or kind_of(out),
        "response_format": "url",
    }
    order = Order(
        path=f"{STUDIO}/compress", form=given({**form, **named}), files=files, headers=sending(idempotency_key)
    )
    answer, saved = speak(common, lambda api: changed(api, order, out, "Compress"))
    told(common, answer, saved)
    if not common.as_json:
        screen.aside(compared(answer))


def compared(answer: Json) -> str:
    """Return how the new file compares with the one that came, in words."""
    words = f"{answer['original_bytes']:,} bytes before, {answer['bytes']:,} now"
    return f"{words}, likeness {answer['ssim']:.3f}." if not answer["unchanged"] else f"{words}."
