"""An address opens what it was made for, as long as it says, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AccessRefused
from backend.schemas.assets import SignedQuery
from backend.storage import Grant, Signer
from tests.fakes.library import NOON, Clock

ASSET, WORKSPACE = "d" * 32, "a" * 32
PICTURE = Grant(workspace=WORKSPACE, asset=ASSET, rendition="content")


def signer(*secrets: str, clock: Clock | None = None, hours: int = 24) -> Signer:
    return Signer(secrets or ("secret",), hours=hours, clock=clock or Clock())


def query(text: str, **changed: object) -> SignedQuery:
    return SignedQuery.model_validate({name: found[0] for name, found in parse_qs(text).items()} | changed)


def test_an_address_opens_what_it_was_made_for() -> None:
    assert signer().verify(ASSET, "content", query(signer().sign(PICTURE))) == PICTURE


@pytest.mark.parametrize(
    ("asset", "rendition", "changed"),
    [
        ("e" * 32, "content", {}),
        (ASSET, "thumbnail", {}),
        (ASSET, "files/layers.svg", {}),
        (ASSET, "content", {"workspace": "b" * 32}),
        (ASSET, "content", {"expires": 2_000_000_000}),
        (ASSET, "content", {"disposition": "attachment"}),
        (ASSET, "content", {"key": "00000000"}),
        (ASSET, "content", {"key": None}),
        (ASSET, "content", {"signature": "0" * 64}),
        (ASSET, "content", {"signature": ""}),
        (ASSET, "content", {"signature": "é"}),
    ],
)
def test_an_altered_address_opens_nothing(asset: str, rendition: str, changed: dict[str, object]) -> None:
    with pytest.raises(AccessRefused, match="does not fit"):
        signer().verify(asset, rendition, query(signer().sign(PICTURE), **changed))


def test_an_address_of_another_secret_opens_nothing() -> None:
    with pytest.raises(AccessRefused):
        signer("mine").verify(ASSET, "content", query(signer("theirs").sign(PICTURE)))


def test_secrets_can_be_changed_while_old_addresses_are_in_use() -> None:
    old, new = signer("old").sign(PICTURE), signer("new", "old").sign(PICTURE)
    assert old != new
    assert signer("new", "old").verify(ASSET, "content", query(old)) == PICTURE
    assert signer("new").verify(ASSET, "content", query(new)) == PICTURE
    with pytest.raises(AccessRefused):
        signer("new").verify(ASSET, "content", query(old))


@given(st.integers(1, 168), st.floats(0, 10_000_000))
def test_an_address_holds_at_least_as_long_as_set_and_at_most_twice(hours: int, moment: float) -> None:
    clock = Clock(NOON + timedelta(seconds=moment))
    asked = query(signer(clock=clock, hours=hours).sign(PICTURE))
    clock.pass_(hours=hours)
    assert signer(clock=clock, hours=hours).verify(ASSET, "content", asked) == PICTURE
    clock.pass_(hours=hours, seconds=1)
    with pytest.raises(AccessRefused, match="expired"):
        signer(clock=clock, hours=hours).verify(ASSET, "content", asked)


def test_an_address_stays_the_same_for_a_while_so_that_browsers_keep_the_picture() -> None:
    clock = Clock()
    first = signer(clock=clock).sign(PICTURE)
    clock.pass_(hours=11)
    assert signer(clock=clock).sign(PICTURE) == first
