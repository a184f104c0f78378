"""Makes the data folder of a version, for later versions to be upgraded from: run it in a checkout of that version.

    git worktree add /tmp/earlier v1.2.0 && cd /tmp/earlier
    python -m tests.upgrade.make tests/upgrade/studios/<revision of its tables>

What is kept is text and a few tiny pictures: the database as SQL, and what somebody who used it knows.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from backend import __version__
from backend.settings import JobsSettings, LogSettings, ProviderSettings, Settings
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running
from tests.upgrade.inhabit import CONCURRENT, inhabit

TEN_YEARS_S = 315_360_000


async def make(target: Path) -> None:
    """Make a data folder and keep it as text under `target`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        engine = StubProvider(seconds=0.01, mode="ticket")
        settings = Settings(
            data_dir=folder,
            jobs=JobsSettings(deadline_s=TEN_YEARS_S),
            log=LogSettings(level="ERROR"),
            providers={"stub": ProviderSettings(concurrency=CONCURRENT)},
        )
        async with running(settings, providers=[engine], prices=prices(2)) as studio:
            known = await inhabit(studio, engine)
            moment = datetime.now(UTC).isoformat()
            # While it works, as a machine leaves it whose power goes.
            with sqlite3.connect(folder / "studio.db") as database:
                revision = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
                (target / "studio.sql").write_text("\n".join(database.iterdump()) + "\n", encoding="utf-8")
            shutil.copytree(folder / "files", target / "files")
    facts = {"version": __version__, "revision": revision, "made_at": moment, **known}
    (target / "known.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    asyncio.run(make(folder))
