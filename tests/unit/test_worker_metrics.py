"""A worker, which has no address of its own, tells its figures at the one that it is given."""

from __future__ import annotations

import asyncio
import socket
import urllib.request

from backend.observability.metrics import Metrics
from backend.observability.opening import answering
from backend.tracing import step
from tests.ground.ports import free_port


def read(listen):
    with urllib.request.urlopen(f"http://{listen}/metrics") as answer:
        return answer.read().decode()


async def test_a_worker_answers_where_it_is_told_to_listen_and_then_no_more():
    metrics = Metrics(connections=lambda: {"used": 1, "idle": 2, "most": 30}, places=lambda _: 1)
    metrics.open()
    listen = f"127.0.0.1:{free_port()}"
    async with answering(metrics, listen):
        with step("job", "run create", {"studio.operation": "create", "studio.queued_s": 2}):
            pass
        text = await asyncio.to_thread(read, listen)
    metrics.close()
    assert 'image_studio_job_queue_duration_seconds_sum{operation="create"} 2.0' in text
    assert 'image_studio_database_connections{state="most"} 30.0' in text
    assert "_created" not in text
    with socket.socket() as nobody:
        assert nobody.connect_ex(("127.0.0.1", int(listen.rpartition(":")[2]))) != 0


async def test_without_an_address_nothing_listens():
    async with answering(None, "127.0.0.1:1"):
        pass
