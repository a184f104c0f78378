"""The calls to DBOS that are not part of its public interface, apart, so that a new version of it can be judged.

DBOS takes up by itself what a process of the same name left behind. That another process died, and that its work may
be taken, is left to a service of its vendor; what that service calls is this.

Source: https://github.com/dbos-inc/dbos-transact-py, `dbos/_recovery.py` of 3.4 (read 2026-11-22): it queues again
what is pending in the name of an executor, with a statement that leaves alone whatever somebody else has begun since.

It looks at a queue every so often, and can't be told that there is something in it. What it does at each look can be
done in between: what is queued is claimed in one transaction, so that two looks at once never begin anything twice.

Source: `dbos/_queue.py` of 3.4 (read 2026-11-23): `queue_worker_thread`, for a queue without partitions.
"""

from __future__ import annotations

from dbos import DBOS
from dbos._core import execute_dequeued_workflow
from dbos._utils import GlobalParams, generate_uuid


def recover(executor: str) -> None:
    """Queue again what is pending in the name of an executor and of this application's version."""
    DBOS._recover_pending_workflows([executor])  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - see above


def look(dbos: DBOS, name: str) -> None:
    """Begin what is queued in the queue of that name, as far as it may run, without waiting for the next look."""
    database, running = dbos._sys_db, dbos._active_workflows_set  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - see above
    queue = database.get_queue(name)
    if queue is None:
        return
    owner, at_work = generate_uuid(), running.count_for_queue(name)
    claimed, _ = database.start_queued_workflows(
        queue, GlobalParams.executor_id, GlobalParams.app_version, None, at_work, owner_xid=owner
    )
    for status in database.get_workflow_statuses(claimed):
        execute_dequeued_workflow(dbos, status, owner)
