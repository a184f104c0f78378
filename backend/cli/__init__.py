"""The command line, `image-studio`: everything that the studio does, without a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from backend import __version__
from backend.cli import (
    audit,
    backup,
    browse,
    compress,
    control,
    convert,
    create,
    credit,
    dev,
    doctor,
    edit,
    jobs,
    keys,
    library,
    migrating,
    personas,
    preflight,
    recipes,
    relayout,
    run,
    screen,
    serving,
    social,
    upkeep,
    upscale,
    users,
    verify,
    working,
)
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


WORK, FIND, RUN = "Make and change", "Find", "Run the studio"
for name, command, panel in (
    ("create", create.create, WORK),
    ("edit", edit.edit, WORK),
    ("upscale", upscale.upscale, WORK),
    ("control", control.control, WORK),
    ("guide", control.guide, WORK),
    ("relayout", relayout.relayout, WORK),
    ("run", run.run, WORK),
    ("compress", compress.compress, WORK),
    ("convert", convert.convert, WORK),
    ("social", social.social, WORK),
    ("estimate", create.estimate, WORK),
    ("operations", edit.operations, FIND),
    ("preflight", preflight.preflight, FIND),
    ("verify", verify.verify, FIND),
    ("providers", browse.providers, FIND),
    ("serve", serving.serve, RUN),
    ("worker", working.worker, RUN),
    ("workers", working.workers, RUN),
    ("link", users.link, RUN),
    ("doctor", doctor.doctor, RUN),
    ("audit", audit.audit, RUN),
    ("backup", backup.backup, RUN),
    ("restore", backup.restore, RUN),
    ("migrate", migrating.migrate, RUN),
    ("settings", upkeep.settings, RUN),
    ("sweep", upkeep.sweep, RUN),
):
    app.command(name, rich_help_panel=panel)(command)
for name, group, panel in (
    ("templates", browse.templates, FIND),
    ("library", library.app, FIND),
    ("jobs", jobs.app, FIND),
    ("personas", personas.app, FIND),
    ("recipes", recipes.app, FIND),
    ("models", upkeep.models, RUN),
    ("keys", keys.app, RUN),
    ("users", users.app, RUN),
    ("credits", credit.app, RUN),
    ("dev", dev.app, RUN),
):
    app.add_typer(group, name=name, rich_help_panel=panel)


def main() -> None:
    """Run the command line."""
    app(prog_name="image-studio")
