"""What an answer may do in a browser is said with it, and not taken back by "nothing has changed"."""

from __future__ import annotations

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from backend.routers.edge.security_headers import NOTHING, SecurityHeaders


@pytest.mark.parametrize(
    ("answer", "policy"),
    [
        (HTMLResponse("<p>Page</p>"), "default-src 'self'"),
        (JSONResponse({}), NOTHING),
        (Response(status_code=304, headers={"ETag": '"1"'}), None),
    ],
)
async def test_a_page_that_has_not_changed_keeps_its_policy(answer, policy):
    async def endpoint(_):
        return answer

    app = SecurityHeaders(Starlette(routes=[Route("/", endpoint)]), policy="default-src 'self'")
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://studio.test") as client:
        headers = (await client.get("/")).headers
    assert headers.get("content-security-policy") == policy
