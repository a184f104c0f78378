"""Addresses in a store are signed as AWS's own library signs them, and say only what they are meant to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Theirs
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import Misconfigured
from backend.storage.places import S3, opened_place
from backend.storage.presigning import Credentials, presigned, presigner

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAIN = "abcABC019-_.~/ +=&%"
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
PATHS = st.text(st.sampled_from(PLAIN), min_size=1, max_size=40).map(lambda text: "/b/" + text.strip("/"))
REDIRECTING = S3(access_key_id="id", secret_access_key="secret", region="eu-north-1", redirect_s=3600)


def theirs(url: str, who: Credentials, query: dict[str, str], since: datetime, lasts: timedelta) -> str:
    """Return the signature that botocore makes of the same request."""
    request = AWSRequest(method="GET", url=url, params=dict(query))
    auth = S3SigV4QueryAuth(Theirs(who.id, who.secret, who.token), "s3", who.region, int(lasts.total_seconds()))
    request.context["timestamp"] = since.strftime("%Y%m%dT%H%M%SZ")
    auth._modify_request_before_signing(request)
    told = auth.string_to_sign(request, auth.canonical_request(request))
    return auth.signature(told, request)


@given(PATHS, st.dictionaries(st.sampled_from(["response-content-type", "response-cache-control"]), WORDS), WORDS)
def test_signatures_are_those_of_the_stores_own_library(path: str, query: dict[str, str], secret: str) -> None:
    who = Credentials(id="AKIDEXAMPLE", secret=secret, token="a/token+of=theirs", region="eu-west-3")
    made = presigned(f"https://host.example:9000{path}", who, query, since=NOON, lasts=timedelta(hours=2))
    quoted = f"https://host.example:9000{urlsplit(made).path}"
    expected = theirs(quoted, who, query, NOON, timedelta(hours=2))
    assert parse_qs(urlsplit(made).query)["X-Amz-Signature"] == [expected]


def test_the_published_example_comes_out_right() -> None:
    """Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (read 2026-11-22)."""
    who = Credentials(id="AKIAIOSFODNN7EXAMPLE", secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    moment = datetime(2013, 5, 24, tzinfo=UTC)
    made = presigned("https://examplebucket.s3.amazonaws.com/test.txt", who, {}, since=moment, lasts=timedelta(days=1))
    assert made.endswith("X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")


def test_an_address_stays_the_same_for_a_while_and_always_holds_that_long() -> None:
    signs = presigner("s3://bucket/folder", REDIRECTING)
    assert signs is not None
    said = {"content-type": "image/png", "content-disposition": 'inline; filename="a.png"'}
    made = [signs.address("cas/x", said, now=NOON + timedelta(minutes=minute)) for minute in (0, 30, 59, 60)]
    assert made[0] == made[1] == made[2] != made[3]
    parts = urlsplit(made[0])
    asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
    assert parts.netloc + parts.path == "s3.eu-north-1.amazonaws.com/bucket/folder/cas/x"
    assert (asked["response-content-type"], asked["X-Amz-Expires"]) == ("image/png", "7200")
    assert "secret" not in made[0]


@pytest.mark.parametrize(
    ("s3", "begins"),
    [
        ({}, "https://s3.eu-north-1.amazonaws.com/bucket/"),
        ({"virtual_host": True}, "https://bucket.s3.eu-north-1.amazonaws.com/"),
        ({"endpoint": "http://minio:9000/"}, "http://minio:9000/bucket/"),
        (
            {"endpoint": "http://minio:9000", "public_endpoint": "https://files.example"},
            "https://files.example/bucket/",
        ),
        ({"endpoint": "https://r.example", "virtual_host": True}, "https://bucket.r.example/"),
    ],
)
def test_browsers_are_sent_where_they_reach_the_store(s3: dict[str, str], begins: str) -> None:
    signs = presigner("s3://bucket", replace(REDIRECTING, **s3))
    assert signs is not None
    assert signs.address("key", {}, now=NOON).startswith(begins + "key?")
    assert begins.startswith(signs.origin)


def test_the_environments_endpoint_is_taken_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://bucket.store.example")
    monkeypatch.setenv("AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "true")
    signs = presigner("s3://bucket", REDIRECTING)
    assert signs is not None
    assert signs.address("key", {}, now=NOON).startswith("https://bucket.store.example/key?")


def test_nobody_is_sent_anywhere_unless_that_was_asked_for() -> None:
    assert presigner("s3://bucket", S3(access_key_id="id", secret_access_key="secret")) is None


def test_without_a_key_of_its_own_the_studio_signs_no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    with pytest.raises(Misconfigured, match="ACCESS_KEY_ID"):
        presigner("s3://bucket", S3(redirect_s=60))


@pytest.mark.parametrize("url", ["/srv/files", "files", "s3://", "gs://bucket", "https://store.example/b", "file://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(Misconfigured, match="STORAGE__URL"):
        opened_place(url, S3())


def test_a_folder_can_send_nobody_anywhere() -> None:
    with pytest.raises(Misconfigured, match="STORAGE__REDIRECT"):
        opened_place("file:///srv/files", REDIRECTING)


def test_secrets_are_not_shown() -> None:
    assert "secret" not in repr(S3(secret_access_key="a secret", session_token="a secret")).replace("secret_", "")
