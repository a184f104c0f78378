"""`image-studio create` and `estimate`: pictures from words, and what they would cost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import screen
from backend.cli.api import ASSETS, STUDIO
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import make_folder, save_into
from backend.cli.watching import Bar, Watcher, follow
from backend.schemas.specs import Quality

if TYPE_CHECKING:
    from backend.cli.api import Api, Json

HERE = Path()
DEFAULT = "default"

Prompt = Annotated[str, typer.Argument(help="What you want to see.")]
Template = Annotated[
    str | None, typer.Option("--template", "-t", help="A format with its size and style; see `image-studio templates`.")
]
Variations = Annotated[int, typer.Option("--variations", "--count", "-n", min=1, max=10, help="How many pictures.")]
Engine = Annotated[
    str | None,
    typer.Option("--provider", help="The engine; the studio chooses otherwise. See `image-studio providers`."),
]
Model = Annotated[str | None, typer.Option(help="The engine's model.")]
Style = Annotated[str | None, typer.Option(help="A style, such as photographic or digital-art.")]
Size = Annotated[str | None, typer.Option(metavar="WxH", help="Width and height in pixels, such as 1200x628.")]
Ratio = Annotated[str | None, typer.Option(metavar="W:H", help="The shape, such as 16:9.")]
Graded = Annotated[Quality | None, typer.Option("--quality", "-q", help="Default: the template's, or standard.")]
Seed = Annotated[int | None, typer.Option(min=0, help="The same seed gives the same picture again.")]
Colour = Annotated[
    list[str] | None,
    typer.Option("--colour", "--color", metavar="#RRGGBB", help="A brand's colour, up to six; may be repeated."),
]
Persona = Annotated[
    str | None,
    typer.Option(metavar="ID", help="The persona to make it as; `default` for the workspace's own."),
]
Negative = Annotated[str | None, typer.Option(help="What you don't want to see.")]
Out = Annotated[Path, typer.Option("--out", "-o", file_okay=False, help="The folder to write to.")]
OnceKey = Annotated[
    str | None,
    typer.Option(metavar="KEY", help="Your name for this order: giving it again within a day makes nothing new."),
]


@with_common
def create(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    prompt: Prompt,
    *,
    template: Template = None,
    variations: Variations = 1,
    quality: Graded = None,
    provider: Engine = None,
    model: Model = None,
    style: Style = None,
    size: Size = None,
    ratio: Ratio = None,
    seed: Seed = None,
    negative: Negative = None,
    colour: Colour = None,
    persona: Persona = None,
    out: Out = HERE,
    idempotency_key: OnceKey = None,
) -> None:
    """Make pictures from words, and write them into a folder as they become ready."""
    order = {
        "prompt": prompt,
        "template_id": template,
        "num_variations": variations,
        "quality": quality,
        "provider": provider,
        "model": model,
        "style_preset": style,
        "aspect_ratio": ratio,
        "seed": seed,
        "negative_prompt": negative,
        "palette": colour,
        "response_format": "url",
        **sides(size),
        **_as(persona),
    }
    _ordered(common, order, idempotency_key, out)


def _ordered(common: Common, order: dict[str, Any], key: str | None, out: Path) -> None:
    make_folder(out)  # what can't be written to is known before anything is paid
    job, files = speak(common, lambda api: _made(api, order, sending(key), out, common))
    answer: Json = job["result"]
    if common.as_json:
        screen.document({**answer, "files": [str(path) for path in files]})
    if answer["total_failed"]:
        raise typer.Exit(1)


async def _made(
    api: Api, order: dict[str, Any], headers: dict[str, str], out: Path, common: Common
) -> tuple[Json, list[Path]]:
    files: list[Path] = []
    parts: int = order["num_variations"]
    with Bar("Making it" if parts == 1 else f"Making {parts} pictures", parts=parts) as bar:

        async def take(asset: Json) -> None:
            data = await api.content(f"{ASSETS}/{asset['id']}/content")
            files.append(save_into(out, asset["filename"], asset["mime_type"], data))
            if not common.as_json:
                bar.tell(str(files[-1]))

        asking = api.send("POST", f"{STUDIO}/create", order, headers)
        return await follow(api, asking, Watcher(bar=bar, take=take)), files


def sending(idempotency_key: str | None) -> dict[str, str]:
    """Return the headers of an order: the job is asked for rather than waited for."""
    return {"Prefer": "respond-async"} | ({"Idempotency-Key": idempotency_key} if idempotency_key else {})


@with_common
def estimate(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    prompt: Prompt,
    *,
    template: Template = None,
    variations: Variations = 1,
    quality: Graded = None,
    provider: Engine = None,
    model: Model = None,
    size: Size = None,
    ratio: Ratio = None,
    persona: Persona = None,
) -> None:
    """Tell what `create` would cost, who would serve it and why; nothing is made."""
    request = {
        "prompt": prompt,
        "template_id": template,
        "num_variations": variations,
        "quality": quality,
        "provider": provider,
        "model": model,
        "aspect_ratio": ratio,
        **sides(size),
        **_as(persona),
    }
    asked = {"operation": "create", "request": request}
    found: Json = speak(common, lambda api: api.send("POST", f"{STUDIO}/estimate-cost", asked))
    if common.as_json:
        screen.document(found)
        return
    screen.line(f"{found['estimated_cost']:g} credits ({found['total_cost']:g} {found['currency']})")
    screen.line(f"{found['provider']} {found['model']}: {found['reason']}")
    rows = [(one["provider"], one["model"], one["credits"], one["reason"]) for one in found["alternatives"]]
    screen.listing(("or", "model", "credits", "why"), rows)


def sides(size: str | None) -> dict[str, int]:
    """Return the fields that `WxH` stands for."""
    if size is None:
        return {}
    found = re.fullmatch(r"(\d{1,5})\s*[xX]\s*(\d{1,5})", size.strip())
    if found is None:
        raise typer.BadParameter("a size reads WxH in pixels, such as 1200x628", param_hint="--size")
    return {"width": int(found[1]), "height": int(found[2])}


def _as(persona: str | None) -> dict[str, object]:
    """Return the fields that a persona's id stands for, or the word `default`."""
    if persona is None:
        return {}
    return {"use_persona": True} if persona == DEFAULT else {"persona_id": persona}
