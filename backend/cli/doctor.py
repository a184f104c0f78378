"""`image-studio doctor`: is everything well, and what to mend where it isn't."""

from __future__ import annotations

import asyncio
import platform
import shutil
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from backend import __version__
from backend.cli import screen
from backend.cli.failing import FAILED
from backend.cli.options import AsJson
from backend.errors import DataFolderInUse, MachineTrouble, StudioError
from backend.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.container import Container

Findings = dict[str, Any]
"""What was found about one part, as JSON: whether it is `ok`, a `detail` for people, and figures for programs."""
LEAST_FREE = 500_000_000
"""Bytes that should be free, so that a busy hour does not end on a full disk."""
STATES = ("queued", "running", "waiting", "done", "failed", "cancelled")
PARTS = ("database", "storage", "models", "jobs", "ledger", "library", "disk", "workers", "server")


def doctor(*, as_json: AsJson = False) -> None:
    """Check everything there is to check; exit 1 if something is wrong, and say what to do about it."""
    found = asyncio.run(_examined(Settings()))
    if as_json:
        screen.document(found)
    else:
        _show(found)
    if not found["ok"]:
        raise typer.Exit(FAILED)


async def _examined(settings: Settings) -> Findings:
    from backend.cli.at_hand import rooms  # noqa: PLC0415 - it takes seconds, and --help needs none of it

    async with rooms(settings) as container:
        parts: Findings = {"database": await _tried(container, _database)}
        parts["storage"] = await _tried(container, _storage)
        parts["models"] = await _tried(container, _models)
        # Without a database there is nothing to count.
        counted = parts["database"]["ok"]
        parts["jobs"] = await _tried(container, _jobs) if counted else {"ok": False, "detail": "not counted"}
        parts["ledger"] = await _tried(container, _ledger) if counted else {"ok": False, "detail": "not summed up"}
        parts["library"] = await _tried(container, _library) if counted else {"ok": False, "detail": "not summed up"}
        parts["disk"] = await _tried(container, _disk)
        parts["workers"] = await _tried(container, _workers) if counted else {"ok": False, "detail": "not counted"}
        parts["server"] = await _tried(container, _server)
    ok = all(parts[name]["ok"] for name in PARTS)
    return {"ok": ok, **parts, "data_folder": str(settings.data_dir.resolve()), "versions": _versions()}


async def _tried(container: Container, part: Callable[[Container], Awaitable[Findings]]) -> Findings:
    try:
        return {"ok": True, **await part(container)}
    except StudioError as error:
        return {"ok": False, "detail": str(error)}


async def _database(container: Container) -> Findings:
    from backend.cli.at_hand import prepare  # noqa: PLC0415 - as above
    from backend.db.probe import probe  # noqa: PLC0415 - as above

    await prepare(container)
    await probe(container.db)
    return {"detail": "SQLite" if container.db.embedded else "PostgreSQL"}


async def _storage(container: Container) -> Findings:
    await container.store.probe()
    return {"detail": container.settings.storage.url or str((container.folder.path / "files").resolve())}


async def _models(container: Container) -> Findings:
    from backend.providers.local.models import status  # noqa: PLC0415 - as above

    folder = container.settings.models_dir
    wanted = [one for one in await asyncio.to_thread(status, folder) if not (one.optional and one.state == "missing")]
    found = {one.name: one.state for one in wanted}
    wrong = [name for name, state in found.items() if state != "installed"]
    if wrong:
        raise MachineTrouble(detail=f"Not installed: {', '.join(wrong)}. Run `image-studio models pull`.")
    return {"detail": f"{', '.join(found)} in {folder}", "installed": list(found)}


async def _jobs(container: Container) -> Findings:
    from backend.db.repositories.census import jobs_by_status, oldest_open_job  # noqa: PLC0415 - as above

    async with container.db.read() as session:
        counts, oldest = await jobs_by_status(session), await oldest_open_job(session)
    detail = ", ".join(f"{counts[state]} {state}" for state in STATES if state in counts) or "none yet"
    return {"detail": detail, **{state: counts.get(state, 0) for state in STATES}, "oldest_open": oldest}


async def _ledger(container: Container) -> Findings:
    proof = await container.credits.prove()
    found = {"sum": _credits(proof.sum), "drift": _credits(proof.drift), "reserved": _credits(proof.reserved)}
    if proof.sum or proof.drift:
        return {
            **found,
            "ok": False,
            "detail": "The ledger does not add up. Keep a copy of the database and report it.",
        }
    return {**found, "detail": f"adds up; {found['reserved']} credits are reserved"}


async def _library(container: Container) -> Findings:
    off = await container.quotas.drift()
    if off:
        said = f"The sizes of libraries are off by {screen.size(off)}. Keep a copy of the database and report it."
        return {"drift": off, "ok": False, "detail": said}
    return {"drift": off, "detail": "the sizes add up"}


async def _disk(container: Container) -> Findings:
    usage = shutil.disk_usage(container.folder.path)
    found = {"free": usage.free, "total": usage.total}
    if usage.free < LEAST_FREE:
        said = f"Only {screen.size(usage.free)} are free where {container.folder.path} is. Free some space."
        return {**found, "ok": False, "detail": said}
    return {**found, "detail": f"{screen.size(usage.free)} free of {screen.size(usage.total)}"}


async def _workers(container: Container) -> Findings:
    """Return who runs jobs; where several may, somebody must as soon as there are some."""
    from backend.db.repositories.census import jobs_by_status  # noqa: PLC0415 - as above
    from backend.db.repositories.machines import Machines  # noqa: PLC0415 - as above

    if container.db.embedded:
        return {"detail": "the server runs the jobs"}
    async with container.db.read() as session:
        everybody = await Machines(session).all()
        waiting = (await jobs_by_status(session)).get("queued", 0)
    count = {state: sum(one.state == state for one in everybody) for state in ("alive", "leaving", "dead")}
    detail = ", ".join(f"{number} {state}" for state, number in count.items() if number) or "none"
    if waiting and not count["alive"]:
        said = f"{waiting} jobs wait, and nobody runs any. Start `image-studio worker`."
        return {**count, "ok": False, "detail": said}
    return {**count, "detail": detail}


async def _server(container: Container) -> Findings:
    """Return who holds the data folder; a server must answer, and be well."""
    from backend.cli.api import elsewhere  # noqa: PLC0415 - as above
    from backend.cli.reach import announced  # noqa: PLC0415 - as above

    try:
        with container.folder:
            return {"holder": None, "detail": "none runs on this data folder"}
    except DataFolderInUse as busy:
        server = announced(container.folder)
        if server is None or server.pid != busy.pid or not server.url:
            return {"holder": busy.pid, "detail": f"a command holds the data folder (process {busy.pid})"}
    async with elsewhere(server.url, server.token) as api:
        worker = (await api.health())["checks"]["worker"]
    detail = worker["detail"] or f"{server.url} (process {server.pid})"
    return {"ok": worker["ok"], "holder": server.pid, "url": server.url, "detail": detail}


def _credits(milli: int) -> int | float:
    """Return credits; whole ones without a fraction."""
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


def _versions() -> dict[str, str]:
    named = {name: version(name) for name in ("dbos", "sqlalchemy", "onnxruntime", "pillow")}
    return {"image-studio": __version__, "python": platform.python_version(), **named}


def _show(found: Findings) -> None:
    page = Console(soft_wrap=True, highlight=False)
    for name in PARTS:
        part = found[name]
        page.print("[green]✓[/]" if part["ok"] else "[red]✗[/]", f"[bold]{name:<9}[/]", end=" ")
        page.print(part["detail"], markup=False)
    page.print(f"\n  data folder {found['data_folder']}", markup=False, style="dim")
    page.print("  " + " · ".join(f"{name} {one}" for name, one in found["versions"].items()), markup=False, style="dim")
