"""The pipeline: what is handed over is exactly what was asked for, whichever way it was made."""

import base64
import io
from threading import Event

import numpy as np
import pytest
from PIL import Image

from backend.errors import CannotFit, InvalidImage, InvalidRequest
from backend.imaging.crop.faces import Face
from backend.imaging.crop.windows import Focus
from backend.imaging.export import pictures
from backend.imaging.export.framing import Framer
from backend.imaging.export.pipeline import exports
from backend.imaging.export.targets import Background, Quality, Target
from backend.imaging.types import Box, Size
from tests.unit.export.conftest import bordered, jpeg, png, scene, shown

SQUARE = Size(120, 120)


class OneFace:
    """Finds a face in the same tenth of every picture."""

    def find(self, pixels, beside=None):
        high, wide = pixels.shape[:2]
        return (Face(box=Box(0, round(high * 0.4), round(wide * 0.1), round(high * 0.6)), score=0.9),)


@pytest.fixture(params=("library", "wheel") if pictures.turbo() else ("wheel",))
def either_decoder(request, monkeypatch):
    if request.param == "wheel":
        monkeypatch.setattr(pictures, "turbo", lambda: None)


@pytest.mark.parametrize("size", [Size(120, 120), Size(121, 77), Size(90, 161), Size(33, 1), Size(700, 900)])
@pytest.mark.parametrize("encoding", ["jpg", "png", "webp"])
def test_files_have_exactly_the_size_and_type_that_were_asked_for(made, either_decoder, size, encoding):
    for source in (jpeg(scene()), png(scene(77, 51))):
        (export,) = made(source, Target(size=size, encodings=(encoding,)))
        image = Image.open(io.BytesIO(export.data))
        assert image.size == (size.width, size.height) == (export.size.width, export.size.height)
        assert image.format == {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[encoding]


def test_jpegs_carry_half_the_resolution_of_colour(made):
    (export,) = made(jpeg(scene()), Target(size=SQUARE))
    steps = [(across, down) for _, across, down, _ in Image.open(io.BytesIO(export.data)).layer]
    assert steps == [(2, 2), (1, 1), (1, 1)]


@pytest.mark.parametrize("sampling", ["4:2:0", "4:2:2", "4:4:4"])
@pytest.mark.parametrize("box", [Box(0, 0, 640, 480), Box(101, 51, 502, 350), Box(3, 1, 403, 300)])
def test_light_and_colour_lie_where_another_resampler_puts_them(made, either_decoder, sampling, box):
    source = jpeg(scene(), quality=97, subsampling=sampling)
    size = Size(161, round(161 * box.size.height / box.size.width))
    (export,) = made(source, Target(size=size, box=box, quality=Quality(fixed=97)))
    whole = Image.open(io.BytesIO(source))
    edges = (box.left, box.top, box.right, box.bottom)
    other = np.asarray(whole.resize((size.width, size.height), Image.Resampling.LANCZOS, box=edges), np.int16)
    apart = np.abs(shown(export).astype(np.int16) - other)
    assert apart.mean() < 2.6
    assert np.percentile(apart, 99) < 22


def test_a_grey_jpeg_stays_grey(made, either_decoder):
    source = jpeg(scene()[..., 1])
    (export,) = made(source, Target(size=SQUARE))
    pixels = shown(export).astype(np.int16)
    assert np.abs(pixels - pixels[..., :1]).max() <= 1


def test_one_level_of_colour_comes_out_as_it_went_in(made, either_decoder):
    flat = np.full((300, 400, 3), (200, 90, 30), np.uint8)
    for source in (jpeg(flat), png(flat)):
        for mode in ("smart", "center", "fit"):
            (export,) = made(source, Target(size=Size(401, 300), mode=mode, background=Background(kind="mirror")))
            assert np.abs(shown(export).astype(np.int16) - (200, 90, 30)).max() <= 3


def test_what_a_person_chose_wins_over_what_stands_out(made):
    source = jpeg(scene())
    smart, point, window = made(
        source,
        Target(size=Size(100, 200)),
        Target(size=Size(100, 200), focus=Focus(0, 0.5)),
        Target(size=Size(100, 200), box=Box(100, 40, 200, 240), focus=Focus(1, 1)),
    )
    assert smart.crop.left <= 640 * 0.7 <= smart.crop.right
    assert point.crop.left == 0
    assert point.reasons[0].kind == "focal-point"
    assert window.crop == Box(100, 40, 200, 240)
    assert window.score is None


def test_a_window_of_another_shape_is_shrunk_around_its_middle(made):
    (export,) = made(jpeg(scene()), Target(size=SQUARE, box=Box(100, 100, 500, 300)))
    assert export.crop == Box(200, 100, 400, 300)


def test_equal_files_are_made_once(made):
    source = jpeg(scene())
    one, two, three, four = made(
        source,
        Target(size=SQUARE),
        Target(size=SQUARE),
        Target(size=SQUARE, most_bytes=1_000_000),
        Target(size=Size(60, 60)),
    )
    assert sum(each.same_as is None for each in (one, two, three)) == 1
    assert one.data == two.data == three.data
    assert four.same_as is None
    assert four.crop == one.crop


def dressing(begun):
    """Tells what is begun: the width of each file."""

    def dress(pixels, faces):
        begun.append(pixels.shape[1])
        return pixels

    return dress


def test_the_smallest_is_begun_first_and_then_the_largest(made):
    begun = []
    targets = [Target(size=Size(side, side), dress=dressing(begun)) for side in (90, 30, 120, 60, 120)]
    exports = made(jpeg(scene()), *targets, threads=1)
    assert begun == [30, 120, 120, 90, 60]
    assert [export.size.width for export in exports] == [90, 30, 120, 60, 120]


def test_files_are_made_while_others_are_still_being_framed(made, monkeypatch):
    first_is_begun, framed = Event(), Framer.framed

    def patient(self, target):
        assert target.size.width == 30 or first_is_begun.wait(20)
        return framed(self, target)

    def dress(pixels, faces):
        first_is_begun.set()
        return pixels

    monkeypatch.setattr(Framer, "framed", patient)
    assert (
        len(made(jpeg(scene()), Target(size=SQUARE), Target(size=Size(30, 30), dress=dress), Target(size=SQUARE))) == 3
    )


def test_nothing_wanted_is_nothing_made(made):
    assert made(jpeg(scene())) == []


@pytest.mark.parametrize("source", [jpeg(scene()), png(scene())], ids=["planes", "colours"])
def test_a_limit_of_bytes_is_met_by_less_quality(made, source):
    free, bound = made(source, Target(size=Size(400, 300)), Target(size=Size(400, 300), most_bytes=6000))
    assert len(free.data) > 6000 >= len(bound.data)
    assert bound.quality < free.quality == 85
    assert len(bound.data) > 5000


def test_what_is_too_large_in_its_type_is_written_as_another_instead(made):
    size, ways = Size(60, 60), {"encodings": ("png",), "instead": ("jpg",)}
    limits = (None, 100_000, 3_000)
    found = made(jpeg(scene()), *(Target(size=size, most_bytes=limit, **ways) for limit in limits))
    assert [export.encoding for export in found] == ["png", "png", "jpg"]
    assert len(found[0].data) > 3_000 >= len(found[2].data)


def test_nothing_is_taken_instead_that_can_not_show_what_is_asked_for(run):
    ground = {"mode": "fit", "background": Background(kind="transparent")}
    target = Target(size=Size(90, 160), encodings=("png",), instead=("jpg",), most_bytes=1_000, **ground)
    (outcome,) = run(jpeg(scene()), target)
    assert isinstance(outcome, InvalidRequest)


def test_what_no_quality_makes_small_enough_is_refused_alone(run):
    noise = np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8)
    refused, fine = run(jpeg(noise), Target(size=Size(400, 300), most_bytes=2000), Target(size=SQUARE))
    assert isinstance(refused, CannotFit)
    assert fine.size == SQUARE


@pytest.mark.parametrize("source", [jpeg(scene()), png(scene())], ids=["planes", "colours"])
def test_a_likeness_is_reached_and_said(made, source):
    (export,) = made(source, Target(size=Size(400, 300), quality=Quality(min_ssim=0.97)))
    assert 0.97 <= export.ssim < 0.99


@pytest.mark.parametrize("kind", ["blur", "mirror", "colour"])
@pytest.mark.parametrize("size", [Size(90, 160), Size(200, 60), Size(400, 300)])
@pytest.mark.parametrize("encode", [jpeg, png])
def test_fit_keeps_the_whole_picture(made, kind, size, encode):
    ground = Background(kind=kind, colour="#000000" if kind == "colour" else None)
    source = encode(bordered(400, 300))
    (export,) = made(source, Target(size=size, mode="fit", background=ground, encodings=("png",)))
    pixels = shown(export).astype(int)
    width, height = min(size.width, size.height * 4 // 3), min(size.height, size.width * 3 // 4)
    left, top = (size.width - width) // 2, (size.height - height) // 2
    at = [(top, left + width // 2), (top + height - 1, left + width // 2)]
    at += [(top + height // 2, left), (top + height // 2, left + width - 1)]
    for place, colour in zip(at, [(255, 0, 0), (0, 200, 0), (255, 255, 0), (255, 0, 255)], strict=True):
        assert np.abs(pixels[place] - colour).max() < 60
    assert export.crop == Box(0, 0, 400, 300)


def test_a_fitted_picture_may_stand_on_nothing(made, run):
    target = Target(size=Size(90, 160), mode="fit", background=Background(kind="transparent"), encodings=("png",))
    (export,) = made(jpeg(scene()), target)
    assert export.has_alpha
    assert shown(export)[0, 0, 3] == 0
    assert shown(export)[80, 45, 3] == 255
    refused = run(jpeg(scene()), Target(size=SQUARE, mode="fit", background=Background(kind="transparent")))[0]
    assert isinstance(refused, InvalidRequest)


def test_what_is_see_through_stays_so_where_the_file_can_say_it(made):
    alpha = np.zeros((480, 640, 1), np.uint8)
    alpha[100:400, 200:600] = 255
    source = png(np.dstack((scene(), alpha)))
    clear, white, red = made(
        source,
        Target(size=SQUARE, encodings=("png",), mode="center"),
        Target(size=SQUARE, mode="center"),
        Target(size=SQUARE, mode="center", background=Background(kind="colour", colour="#ff0000")),
    )
    assert clear.has_alpha
    assert not white.has_alpha
    assert shown(clear)[0, 0, 3] == 0
    assert (shown(white)[2, 2] > 250).all()
    assert np.abs(shown(red)[2, 2].astype(int) - (255, 0, 0)).max() < 5


def test_edges_of_what_is_see_through_take_no_colour_from_beneath(made):
    pixels = np.zeros((400, 400, 4), np.uint8)
    pixels[..., 1] = 255
    pixels[100:300, 100:300] = (255, 0, 0, 255)
    (export,) = made(png(pixels), Target(size=Size(37, 37), encodings=("png",)))
    seen = shown(export)[shown(export)[..., 3] > 8]
    assert seen[:, 1].max() < 40


def test_dressing_comes_after_resizing(made):
    def dress(pixels, faces):
        assert faces == ()
        pixels = pixels.copy()
        pixels[:10, :10] = (255, 0, 0)
        return pixels

    plain, dressed = made(jpeg(scene()), Target(size=SQUARE), Target(size=SQUARE, dress=dress))
    assert np.abs(shown(dressed)[2:8, 2:8].astype(int) - (255, 0, 0)).max() < 30
    assert plain.thumbhash != dressed.thumbhash


def test_pixels_that_had_to_be_invented_are_told(made):
    small, large, fitted = made(
        jpeg(scene()),
        Target(size=SQUARE),
        Target(size=Size(960, 960)),
        Target(size=Size(1280, 1500), mode="fit"),
    )
    assert small.upscaled == 1
    assert large.upscaled == 2
    assert fitted.upscaled == 2


def test_faces_bind_crops_and_are_told_in_pixels_of_the_file(made):
    tall, whole, away = made(
        jpeg(scene()),
        Target(size=Size(100, 200)),
        Target(size=Size(320, 400), mode="fit"),
        Target(size=Size(100, 200), focus=Focus(1, 0.5)),
        faces=OneFace(),
    )
    assert tall.crop.left == 0
    ((left, top, right, bottom),) = [(f.left, f.top, f.right, f.bottom) for f in tall.faces]
    assert (left, top, right, bottom) == pytest.approx((0, 80, 27, 120), abs=2)
    ((top, bottom),) = [(f.top, f.bottom) for f in whole.faces]
    assert (top, bottom) == pytest.approx((80 + 96, 80 + 144), abs=2)
    assert away.faces == ()


def test_a_library_sees_what_the_file_shows(made):
    for source in (jpeg(scene()), png(np.dstack((scene(), np.full((480, 640), 200, np.uint8))))):
        (export,) = made(source, Target(size=Size(1000, 700), encodings=("webp",)))
        thumbnail = Image.open(io.BytesIO(export.thumbnail))
        assert thumbnail.format == "WEBP"
        assert max(thumbnail.size) <= 512
        assert thumbnail.width / thumbnail.height == pytest.approx(10 / 7, rel=0.01)
        assert len(base64.b64decode(export.thumbhash)) > 8
        assert export.colour.startswith("#")


def test_several_types_mean_the_one_with_fewest_bytes(made):
    (photo,) = made(jpeg(scene()), Target(size=Size(300, 300), encodings=("png", "jpg")))
    assert photo.encoding == "jpg"


def test_what_is_no_picture_is_refused(made):
    with pytest.raises(InvalidImage):
        made(jpeg(scene())[:2000], Target(size=SQUARE))


def test_faces_that_are_known_give_the_files_that_finding_them_gives():
    targets = [Target(size=SQUARE), Target(size=Size(60, 160)), Target(size=Size(200, 80), mode="fit")]
    told, found, again = [], {}, {}
    exports(jpeg(scene()), targets, faces=OneFace(), hand=found.__setitem__, found=told.append)
    exports(jpeg(scene()), targets, faces=told[0], hand=again.__setitem__)
    assert [len(faces) for faces in told] == [1]
    assert again == found
    assert any(export.faces for export in found.values())
