"""The command line, `image-studio`: everything that the studio does, without a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from backend import __version__
from backend.cli import create, doctor, keys, screen, serving
from backend.cli.failing import Failing

app = typer.Typer(
    cls=Failing,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        screen.line(f"image-studio {__version__}")
        raise typer.Exit


@app.callback()
def studio(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Image Studio: describe a picture, get it from the engine that suits, find it again, know what it cost."""


app.command("serve")(serving.serve)
app.command("create")(create.create)
app.command("doctor")(doctor.doctor)
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run the command line."""
    app(prog_name="image-studio")
