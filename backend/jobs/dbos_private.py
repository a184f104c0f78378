"""The one call to DBOS that is not part of its public interface, apart, so that a new version of it can be judged.

DBOS takes up by itself what a process of the same name left behind. That another process died, and that its work may
be taken, is left to a service of its vendor; what that service calls is this.

Source: https://github.com/dbos-inc/dbos-transact-py, `dbos/_recovery.py` of 3.4 (read 2026-11-22): it queues again
what is pending in the name of an executor, with a statement that leaves alone whatever somebody else has begun since.
"""

from __future__ import annotations

from dbos import DBOS


def recover(executor: str) -> None:
    """Queue again what is pending in the name of an executor and of this application's version."""
    DBOS._recover_pending_workflows([executor])  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - see above
