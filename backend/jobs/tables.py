"""All tables at once: the studio's own and those of the job engine, which lie beside them on PostgreSQL."""

from __future__ import annotations

import logging

from dbos import DBOS

from backend.db import migrate
from backend.db.safety import keep_copy
from backend.db.session import parse
from backend.db.trouble import translated


def bring_up(url: str, *, may_change: bool = True, copies: int = 0) -> None:
    """Bring all tables up to date, or see that they are; whoever then enqueues a job needs no engine that runs.

    On SQLite the engine makes its own when it is launched, and a copy of the database is kept before anything changes,
    at most so many of them. Where the tables are up to date, the rights to use them suffice.

    Raises:
        DatabaseBusy: another program holds the database.
        DatabaseUnavailable: it can't be reached.
        MadeByNewer: the tables are those of a newer program.
        TablesOutdated: they are older, and may not be changed here.
    """
    if not may_change:
        migrate.require_current(url)
        return
    keep_copy(url, keep=copies)
    migrate.upgrade(url)
    if parse(url).get_backend_name() != "sqlite":
        _bring_up_engine(url)


def _bring_up_engine(url: str) -> None:
    # It looks in the database `postgres` whether this one exists, and warns where it may not: we are in it already.
    logging.getLogger("dbos").setLevel(logging.ERROR)
    with translated(), migrate.changing():
        DBOS.migrate(parse(url).render_as_string(hide_password=False))
