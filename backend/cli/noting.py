"""Writing down in the audit log what a command did that no transaction of the studio's does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli import screen
from backend.errors import MachineTrouble

if TYPE_CHECKING:
    from backend.settings import Settings
    from backend.utils.audit import Act


async def write_down(settings: Settings, act: Act) -> None:
    """Write an act down. It is done already: where it can't be written, that is told and all is well otherwise."""
    from backend.db.revision import prove_current  # noqa: PLC0415 - it takes time, and --help needs none of it
    from backend.db.session import Database  # noqa: PLC0415 - as above
    from backend.utils.audit import note  # noqa: PLC0415 - as above

    db = Database(settings.database)
    try:
        await prove_current(db)
        async with db.begin() as session:
            await note(session, None, act)
    except MachineTrouble as error:
        screen.aside(f"The audit log could not be written: {error}")
    finally:
        await db.aclose()
