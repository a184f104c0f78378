import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidImage, StudioError, TooLarge, UnsupportedFormat, WorkerOverrun
from backend.imaging.answers import inspected_frame, read_inspected, refusal_frame
from backend.imaging.inspect import inspect
from backend.imaging.wire import Ended, Frame, Tag
from tests.unit.imaging.pictures import exif_with, file_of, gradient


@pytest.fixture(scope="module")
def honest():
    return inspected_frame(inspect(file_of(gradient(), "WEBP", exif=exif_with(gps=True))))


def lying(honest, **changes):
    told = json.loads(bytes(honest.blobs[0])) | changes
    return Frame(Tag.DONE, (json.dumps(told).encode(), *honest.blobs[1:]))


def test_an_honest_answer_is_read_as_it_was_meant():
    found = inspect(file_of(gradient(), "WEBP", exif=exif_with(gps=True)))
    assert read_inspected(inspected_frame(found)) == found


@pytest.mark.parametrize(
    "error",
    [
        InvalidImage(detail="broken", found="broken png"),
        TooLarge(detail="large", limit="1", found="2"),
        UnsupportedFormat(detail="svg", found="svg"),
    ],
)
def test_refusals_arrive_as_themselves(error):
    with pytest.raises(type(error)) as arrived:
        read_inspected(refusal_frame(error))
    assert arrived.value.fields() == error.fields()


def test_no_memory_is_an_overrun():
    with pytest.raises(WorkerOverrun):
        read_inspected(Frame(Tag.OVERRUN))


@pytest.mark.parametrize(
    ("text", "error"), [("ValueError: odd", InvalidImage), ("cv2.error: Failed to allocate 9 bytes", WorkerOverrun)]
)
def test_a_failure_is_the_pictures_unless_memory_ran_out(text, error):
    with pytest.raises(error) as arrived:
        read_inspected(Frame(Tag.FAILED, (json.dumps(text).encode(),)))
    assert text in str(arrived.value.__cause__)


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red;}</style><script>"},
        {"colour": None},
        {"thumbhash": "../../etc/passwd"},
        {"thumbhash": 7},
        {"removed": "gps"},
        {"removed": ["<b>"]},
        {"removed": [["gps"]]},
    ],
)
def test_an_answer_with_a_field_out_of_shape_is_none(honest, changes):
    with pytest.raises(Ended):
        read_inspected(lying(honest, **changes))


def test_size_and_type_are_read_from_the_file_not_from_the_answer(honest):
    found = read_inspected(lying(honest, mime="text/html", size=[1, 1]))
    assert (found.mime, found.size.width) == ("image/webp", 64)


def test_what_is_no_picture_is_not_let_through(honest):
    with pytest.raises(UnsupportedFormat):
        read_inspected(Frame(Tag.DONE, (honest.blobs[0], b"<html>", honest.blobs[2])))


def test_a_thumbnail_of_another_kind_is_not_let_through(honest):
    with pytest.raises(Ended):
        read_inspected(Frame(Tag.DONE, (honest.blobs[0], honest.blobs[1], file_of(gradient(), "PNG"))))


@given(st.sampled_from(Tag), st.lists(st.binary(max_size=40), max_size=4))
def test_nonsense_ends_the_conversation_and_nothing_else(tag, blobs):
    with pytest.raises((Ended, StudioError)):
        read_inspected(Frame(tag, tuple(blobs)))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_nonsense_in_json_ends_the_conversation_too(told):
    for tag in (Tag.DONE, Tag.REFUSED):
        with pytest.raises((Ended, StudioError)):
            read_inspected(Frame(tag, (json.dumps(told).encode(), b"", b"")))


@pytest.mark.parametrize("told", [{"slug": ["x"]}, {"slug": "storage-full"}, {}])
def test_a_child_may_only_refuse_for_the_pictures_sake(told):
    with pytest.raises(Ended):
        read_inspected(Frame(Tag.REFUSED, (json.dumps(told).encode(),)))
