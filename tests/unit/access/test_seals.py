"""Sealed secrets open for their own workspace and purpose, with a secret that is listed, and for nobody else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import SealLost
from backend.utils.seals import Seals

NEW, OLD = "n" * 40, "o" * 40
SEALS = Seals([NEW])
OWN = SEALS.new_key("w1")
SEALED = SEALS.seal(OWN, "w1", "gemini", "sk-secret")


@given(secret=st.text(max_size=300))
def test_what_is_sealed_opens_again_and_is_seen_nowhere(secret):
    sealed = SEALS.seal(OWN, "w1", "gemini", secret)
    assert SEALS.open(OWN, "w1", "gemini", sealed) == secret
    assert len(secret) < 4 or secret not in sealed


def test_equal_secrets_are_sealed_differently():
    assert SEALS.seal(OWN, "w1", "gemini", "same") != SEALS.seal(OWN, "w1", "gemini", "same")
    assert SEALS.new_key("w1") != OWN


@pytest.mark.parametrize(("workspace", "purpose"), [("w2", "gemini"), ("w1", "openai"), ("w1\ngemini", "")])
def test_what_was_moved_elsewhere_does_not_open(workspace, purpose):
    sealed = SEALS.seal(OWN, "w1", "gemini", "sk-secret")
    with pytest.raises(SealLost, match="Give it anew"):
        SEALS.open(OWN, workspace, purpose, sealed)


@given(at=st.integers(0, len(base64.b64decode(SEALED)) - 1), by=st.integers(1, 255))
def test_what_was_changed_does_not_open(at, by):
    changed = bytearray(base64.b64decode(SEALED))
    changed[at] ^= by
    with pytest.raises(SealLost):
        SEALS.open(OWN, "w1", "gemini", base64.b64encode(changed).decode())


def test_a_former_secret_opens_what_it_wrapped_as_long_as_it_is_listed():
    wrapped = Seals([OLD]).new_key("w1")
    sealed = Seals([OLD]).seal(wrapped, "w1", "gemini", "sk-secret")
    both = Seals([NEW, OLD])
    assert both.open(wrapped, "w1", "gemini", sealed) == "sk-secret"
    assert not both.is_current(wrapped)
    assert both.is_current(both.new_key("w1"))
    with pytest.raises(SealLost, match="IMAGE_STUDIO_SECRET_KEY"):
        Seals([NEW]).open(wrapped, "w1", "gemini", sealed)


@pytest.mark.parametrize("wrapped", ["", ".", "no base64!.abc", "AAAA"])
def test_what_was_never_a_key_opens_nothing(wrapped):
    with pytest.raises(SealLost):
        SEALS.seal(wrapped, "w1", "gemini", "sk-secret")
