"""The rules of the edge that need no server."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles

from backend.routers.deps import OPEN, PUBLIC
from backend.routers.edge.authentication import is_foreign
from backend.routers.edge.bodies import Limits
from backend.routers.edge.doors import Doors
from backend.routers.edge.request_ids import WELL_FORMED
from backend.routers.edge.security_headers import read_policy

LIMITS = Limits(json=72_000_000, upload=50_000_000, other=1_000_000)


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin", "origin": "https://studio.example"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9000"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "", "origin": "http://127.0.0.1:8000"}, True),
        ({"origin": "http://127.0.0.1:8000"}, False),
        ({"origin": "https://studio.example"}, False),
        ({"origin": "http://127.0.0.1:9000"}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
        ({"origin": ""}, True),
    ],
)
def test_browsers_tell_whose_page_sends_something(headers, foreign):
    sent = Headers({"host": "127.0.0.1:8000", **headers})
    assert is_foreign(sent, home="studio.example") is foreign


def test_without_a_public_address_no_origin_means_no_page():
    assert is_foreign(Headers({"host": "a", "origin": "null"}), home=None)
    assert is_foreign(Headers({"origin": ""}), home=None)


@pytest.mark.parametrize(
    ("path", "kind", "limit"),
    [
        ("/api/image-studio/create", "application/json", 72_000_000),
        ("/api/image-studio/edit", "application/problem+json", 72_000_000),
        ("/api/image-studio/edit", "text/plain", 1_000_000),
        ("/api/image-studio/edit", "", 1_000_000),
        ("/v1/images/edits", "multipart/form-data", 1_000_000_000),
        ("/mcp", "application/json", 72_000_000),
        ("/api/content-assets/", "application/json", 72_000_000),
        ("/api/content-assets", "application/json", 72_000_000),
        ("/api/content-assets/bulk", "application/json", 1_000_000),
        ("/api/content-assets/upload", "multipart/form-data", 1_000_000_000),
        ("/api/content-assets/upload", "application/json", 1_000_000),
        ("/api/account/keys", "multipart/form-data", 1_000_000),
    ],
)
def test_only_where_pictures_are_sent_bodies_may_be_large(path, kind, limit):
    assert LIMITS.of(path, kind) == limit


async def nothing() -> None:
    """Do nothing."""


@pytest.fixture
def doors(tmp_path):
    inner = APIRouter()
    inner.add_api_route("/{name}", nothing)
    inner.add_api_route("/{name}/picture", nothing, openapi_extra=OPEN)
    outer = APIRouter(prefix="/api/things")
    outer.add_api_route("/health", nothing, openapi_extra=PUBLIC)
    outer.include_router(inner)
    app = FastAPI()
    app.include_router(outer)
    app.add_api_route("/api/things/{name}", nothing, methods=["POST"], openapi_extra={"security": [{"other": []}]})
    app.mount("/inside", Starlette())
    app.mount("/", StaticFiles(directory=tmp_path))
    return Doors(app)


@pytest.mark.parametrize(
    ("method", "path", "door"),
    [
        ("GET", "/api/things/health", "public"),
        ("HEAD", "/api/things/health", "public"),
        ("POST", "/api/things/health", "private"),
        ("GET", "/api/things/healthy", "private"),
        ("GET", "/api/things/health/", "private"),
        ("GET", "/api/things/health/picture", "open"),
        ("DELETE", "/api/things/1", "private"),
        ("GET", "/api/unknown", "private"),
        ("GET", "/openapi.json", "public"),
        ("GET", "/", "public"),
        ("GET", "/library/1", "public"),
        ("POST", "/library/1", "private"),
        ("GET", "/inside/x", "private"),
        ("GET", "/assets/x.js", "public"),
        ("POST", "/api/unknown", "private"),
    ],
)
def test_routes_are_private_unless_they_say_otherwise(doors, method, path, door):
    assert doors.of({"path": path, "method": method}) == door


def test_doors_are_found_under_a_prefix_of_the_whole_app(doors):
    assert doors.of({"path": "/studio/api/things/health", "method": "GET", "root_path": "/studio"}) == "public"
    assert doors.of({"path": "/studio/api/things/x", "method": "GET", "root_path": "/studio"}) == "private"


@given(st.text())
def test_no_request_id_can_break_a_line(text):
    if WELL_FORMED.fullmatch(text):
        assert text.isascii()
        assert text.isprintable()


def test_the_policy_names_what_the_build_wrote_into_its_page(tmp_path):
    assert "script-src 'self';" in read_policy(tmp_path)
    (tmp_path / "csp.json").write_text('{"script-src": ["\'sha256-abc=\'"]}')
    assert "script-src 'self' 'sha256-abc=';" in read_policy(tmp_path)
    assert "unsafe" not in read_policy(tmp_path)
