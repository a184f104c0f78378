"""What endpoints ask for is given on the loop: each thread that a request is sent to costs it more than the work."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from fastapi.routing import APIRoute

from backend.app import ROUTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.dependencies.models import Dependant


def asked_for(needs: Dependant) -> Iterator[object]:
    for one in needs.dependencies:
        yield one.call
        yield from asked_for(one)


def test_no_endpoint_and_nothing_that_it_asks_for_goes_to_a_thread() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    calls = {call for route in routes for call in (route.endpoint, *asked_for(route.dependant))}
    on_a_thread = {call for call in calls if not any(map(inspect.iscoroutinefunction, (call, type(call).__call__)))}
    assert len(routes) > 40
    assert not on_a_thread
