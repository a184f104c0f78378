"""What came with marks keeps them, as far as they are to be believed; and what a child tells of them is checked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidImage
from backend.imaging.inspect import inspect
from backend.imaging.provenance.reading import report
from backend.imaging.provenance.signing import marked
from backend.imaging.provenance.told import report_of, told
from backend.imaging.provenance.types import Report
from backend.imaging.provenance.xmp import packet
from backend.utils.marks import believed, original_of, taken_over, told_of, with_original
from tests.unit.provenance.files import NOBODY, SIGNING, decoded, file_of, statement

JPEG, MIME = file_of("jpeg")
AI = statement(source_type="trainedAlgorithmicMedia", engine="elsewhere", model="painter", prompt="a fox", seed=3)
SIGNED = marked(JPEG, MIME, AI, SIGNING.now())


def test_a_file_without_marks_comes_in_without():
    assert inspect(JPEG).marks is None


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "avif"])
def test_marks_are_noticed_before_they_are_taken_off(kind):
    data, mime = file_of(kind)
    seen = inspect(marked(data, mime, AI, SIGNING.now()))
    assert seen.marks.state == "intact"
    assert seen.marks.source_type == "trainedAlgorithmicMedia"
    assert report(seen.data, NOBODY).state == "none"


def test_what_is_kept_of_a_marked_file_names_the_original():
    seen = inspect(SIGNED)
    kept = marked(seen.data, seen.mime, taken_over(seen), SIGNING.now())
    found = report(kept, SIGNING.anchors)
    assert (found.state, found.own, found.source_type) == ("intact", True, "trainedAlgorithmicMedia")
    assert found.ingredients == ("original",)
    assert b"signed by Image Studio (self-made), intact; Image Studio 1.2.3; said trainedAlgorithmicMedia" in kept
    assert (found.prompt, found.seed) == ("a fox", 3)
    assert (decoded(kept) == decoded(JPEG)).all()


def test_marks_of_an_engine_are_named_in_what_is_kept_of_its_picture():
    seen = inspect(SIGNED)
    said = with_original(statement(source_type="algorithmicMedia", engine="elsewhere", prompt="a dog"), seen)
    found = report(marked(seen.data, seen.mime, said, SIGNING.now()), SIGNING.anchors)
    assert (found.source_type, found.ingredients) == ("trainedAlgorithmicMedia", ("the engine's own file",))
    assert (found.prompt, found.actions) == ("a dog", ("c2pa.created",))


def test_the_same_marked_file_is_known_again_whenever_it_comes():
    assert original_of(inspect(SIGNED)) == original_of(inspect(SIGNED))
    other = marked(JPEG, MIME, replace(AI, seed=4), SIGNING.now())
    assert original_of(inspect(SIGNED)) != original_of(inspect(other))


@pytest.mark.parametrize(
    ("state", "kind", "taken"),
    [
        ("intact", "digitalCapture", "digitalCapture"),
        ("unsigned", "digitalCapture", None),
        ("changed", "digitalCapture", None),
        ("unsigned", "trainedAlgorithmicMedia", "trainedAlgorithmicMedia"),
        ("changed", "compositeWithTrainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"),
        ("intact", "somethingElse", None),
        ("intact", None, None),
    ],
)
def test_an_unsigned_claim_is_believed_only_against_its_interest(state, kind, taken):
    assert believed(Report(state=state, mime=MIME, source_type=kind)) == taken


def test_an_unsigned_claim_to_be_a_photograph_is_remembered_and_not_repeated():
    claim = packet(statement(source_type="digitalCapture", prompt=None))
    seen = inspect(
        JPEG[:2]
        + b"\xff\xe1"
        + (len(claim) + 31).to_bytes(2, "big")
        + b"http://ns.adobe.com/xap/1.0/\0"
        + claim
        + JPEG[2:]
    )
    assert told_of(seen) == {"said": "digitalCapture", "state": "unsigned", "generator": "Image Studio 1.2.3"}
    kept = marked(seen.data, seen.mime, taken_over(seen), SIGNING.now())
    assert report(kept, SIGNING.anchors).source_type is None


def test_a_report_comes_through_as_it_was():
    found = report(SIGNED, SIGNING.anchors)
    assert report_of(told(found)) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(lies=st.dictionaries(st.sampled_from(list(Report.__dataclass_fields__)), JSON))
def test_a_child_that_lies_gives_a_report_of_the_right_shape_or_none(lies):
    try:
        found = report_of({"state": "intact", **lies})
    except InvalidImage:
        return
    assert isinstance(found.trusted, bool)
    assert all(text.isprintable() for text in (*found.problems, *found.actions, found.signer or ""))


def test_a_name_that_turns_lines_about_is_made_plain():
    assert report_of({"state": "intact", "signer": "Good\x1b[2K\u202eevil\n"}).signer == "Good [2K evil"
