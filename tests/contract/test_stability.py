"""Stability AI's engine sends what the vendor's documents say, and everything it may answer has one meaning here."""

from __future__ import annotations

import asyncio
import json

import pytest
from pydantic import SecretStr
from starlette.responses import JSONResponse

from backend.errors import (
    ContentRefused,
    InvalidRequest,
    KeyRefused,
    OutcomeUnknown,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
)
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.base import Finished, Pending, TakesKey
from backend.providers.stability import Stability
from backend.providers.stability.offers import CORE, ONE_MEGAPIXEL, RATIOS, STYLES
from backend.providers.stability.requests import form_of
from backend.services.image_studio.pricing import load_price_book
from tests.contract.stability_requests import EXPECTED, STABLE, images_of, offer_of, scene, sent_in, spec_of
from tests.fakes.provider_server import faults, serving
from tests.fakes.provider_server import stability as fake
from tests.fakes.provider_server.stability_contract import contract, troubles

OFFERS = pytest.mark.parametrize("offer", Stability.offers, ids=lambda o: f"{o.model}-{o.operation}")
CREATE = offer_of("stable-image-core", "create")
UPSCALE = offer_of("upscale-creative", "upscale")
RELIGHT = offer_of("replace-background-and-relight", "relight")


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
async def engine(vendor):
    made = Stability(key=SecretStr(fake.KEY), base_url=f"{vendor.url}/stability")
    yield made
    await made.aclose()


async def finished(engine, outcome):
    """Return what becomes of a call, asked for until it is there."""
    while isinstance(outcome, Pending):
        outcome = await engine.resume(outcome.ticket)
    return outcome


@OFFERS
async def test_every_offer_sends_exactly_what_is_documented_and_brings_a_picture(engine, vendor, offer):
    spec = spec_of(offer)
    offer.check(spec)
    done = await finished(engine, await engine.start(offer, spec, images_of(spec)))
    (sent,) = vendor.record.begun()
    path, fields, files = EXPECTED[offer.model, offer.operation]
    form = sent_in(sent)
    assert sent.path == f"/stability{STABLE}/{path}"
    assert sent.headers["authorization"] == f"Bearer {fake.KEY}"
    assert sent.headers["content-type"].startswith("multipart/form-data")
    assert form.fields == fields
    assert set(form.files) == files
    assert troubles(sent.path.removeprefix("/stability"), form) == []
    assert sniff(done.images[0].data).format == "png"
    assert len(done.request_id) == 32
    assert done.images[0].seed == (int(fields["seed"]) if "seed" in fields else 343940597)


def test_every_offer_is_expected_and_every_address_is_offered():
    assert {(o.model, o.operation) for o in Stability.offers} == set(EXPECTED)
    assert {f"{STABLE}/{path}" for path, *_ in EXPECTED.values()} == set(contract()["paths"])


@OFFERS
def test_what_is_charged_is_what_the_vendor_says_it_costs(offer):
    path, fields, _ = EXPECTED[offer.model, offer.operation]
    told = contract()["paths"][f"{STABLE}/{path}"]["credits"]
    credits_ = told[fields["model"]] if isinstance(told, dict) else told
    assert load_price_book().price(offer, size=None, quality="standard") == credits_ * 1000


@pytest.mark.parametrize("offer", [o for o in Stability.offers if o.operation == "create"], ids=lambda o: o.model)
def test_a_size_is_asked_for_as_the_ratio_that_is_nearest(offer):
    forms = [form_of(offer, spec_of(offer, width=wide, height=high), {}) for wide, high in offer.sizes]
    assert [form.fields["aspect_ratio"] for form in forms] == list(RATIOS)


def test_the_sizes_that_are_told_have_the_shapes_and_the_area_that_the_vendor_names():
    for sizes, area in ((ONE_MEGAPIXEL, 1_048_576), (CORE, 1_572_864)):
        for ratio, (width, height) in zip(RATIOS, sizes, strict=True):
            across, down = map(int, ratio.split(":"))
            assert width / height == pytest.approx(across / down, rel=0.06)
            assert width * height == pytest.approx(area, rel=0.08)


def test_a_style_is_sent_by_the_vendors_name_and_one_it_does_not_know_is_left_to_the_words():
    forms = [form_of(CREATE, spec_of(CREATE, style_preset=name), {}) for name in (*STYLES, "watercolor")]
    assert [form.fields["style_preset"] for form in forms] == [*STYLES, None]


async def test_guidance_goes_as_far_as_the_model_takes_it_and_says_so(engine, vendor):
    offer = offer_of("sd3.5-large", "create")
    done = [await engine.start(offer, spec_of(offer, guidance_scale=scale), {}) for scale in (7.5, 30.0)]
    assert [sent_in(one).fields["cfg_scale"] for one in vendor.record.begun()] == ["7.5", "10.0"]
    assert [one.images[0].facts for one in done] == [{}, {"guidance_scale": 10.0}]


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
async def test_pictures_are_sent_as_what_they_are(engine, vendor, kind):
    offer = offer_of("remove-background", "remove_background")
    await engine.start(offer, spec_of(offer), {"image": scene(kind=kind)})
    named = {"jpg": "jpeg"}.get(kind, kind)
    assert f'filename="image.{named}"\r\nContent-Type: image/{named}'.encode() in vendor.record.begun()[0].body


async def test_how_strong_the_light_is_counts_only_where_a_light_is_named(engine, vendor):
    spec = spec_of(RELIGHT, lighting_image=None, keep_background=True)
    await engine.start(RELIGHT, spec, images_of(spec))
    await engine.start(RELIGHT, spec_of(RELIGHT, light_direction="above"), images_of(spec))
    plain, lit = (sent_in(one).fields for one in vendor.record.begun())
    assert "light_source_strength" not in plain
    assert plain["keep_original_background"] == "true"
    assert (lit["light_source_direction"], lit["light_source_strength"]) == ("above", "0.4")


@pytest.mark.parametrize(
    ("model", "operation", "changes", "pointer"),
    [
        ("inpaint", "inpaint", {"prompt": None}, "/prompt"),
        ("upscale-conservative", "upscale", {"prompt": None}, "/prompt"),
        ("upscale-creative", "upscale", {"prompt": None}, "/prompt"),
        ("search-and-replace", "search_replace", {"search_prompt": None}, "/search_prompt"),
        ("search-and-recolor", "search_recolor", {"select_prompt": None}, "/select_prompt"),
        ("replace-background-and-relight", "relight", {"prompt": None}, "/prompt"),
        ("replace-background-and-relight", "relight", {"background_image": "b"}, "/background_image_base64"),
        ("style-transfer", "style_transfer", {"change_strength": 0.05}, "/change_strength"),
    ],
)
def test_what_the_vendor_would_refuse_is_refused_before_it_is_asked(model, operation, changes, pointer):
    offer = offer_of(model, operation)
    with pytest.raises(InvalidRequest) as refused:
        offer.check(spec_of(offer, **changes))
    assert refused.value.errors[0].pointer == pointer


def test_replacing_by_inpainting_takes_a_mask():
    offer = offer_of("inpaint", "search_replace")
    with pytest.raises(InvalidRequest):
        offer.check(spec_of(offer).model_copy(update={"mask": None}))


# --- tickets


@pytest.mark.parametrize("offer", [UPSCALE, RELIGHT], ids=lambda offer: offer.model)
async def test_what_takes_longer_is_asked_for_every_ten_seconds_by_the_key_that_began_it(engine, vendor, offer):
    vendor.world.of(fake.Account).strict_polls = True
    spec = spec_of(offer)
    first = await engine.start(offer, spec, images_of(spec))
    assert isinstance(first, Pending)
    assert first.after_s >= 10
    second = await engine.resume(first.ticket)
    assert second.ticket == first.ticket
    vendor.clock.forward(second.after_s)
    done = await engine.resume(second.ticket)
    assert isinstance(done, Finished)
    assert len(vendor.record.begun()) == 1
    asked = [one for one in vendor.record.requests if one.stage == "poll"]
    assert {one.path for one in asked} == {f"/stability/v2beta/results/{first.ticket}"}


async def test_a_ticket_that_is_asked_for_too_soon_is_a_pause_and_no_end(engine, vendor):
    vendor.world.of(fake.Account).strict_polls = True
    spec = spec_of(RELIGHT)
    pending = await engine.start(RELIGHT, spec, images_of(spec))
    await engine.resume(pending.ticket)
    with pytest.raises(ProviderRateLimited):
        await engine.resume(pending.ticket)


async def test_a_ticket_is_gone_after_a_day_and_for_any_other_key(engine, vendor):
    spec = spec_of(RELIGHT)
    pending = await engine.start(RELIGHT, spec, images_of(spec))
    stranger = Stability(key=SecretStr(fake.OTHER_KEY), base_url=f"{vendor.url}/stability")
    with pytest.raises(ProviderRefused, match="does not exist or has expired"):
        await stranger.resume(pending.ticket)
    await stranger.aclose()
    vendor.clock.forward(86_400)
    with pytest.raises(ProviderRefused, match="does not exist or has expired"):
        await engine.resume(pending.ticket)


async def test_a_ticket_that_could_lead_elsewhere_is_none(engine, vendor):
    async def elsewhere(*_):
        return JSONResponse({"id": "../../v1/user/account"})

    vendor.record.faults.append(elsewhere)
    spec = spec_of(RELIGHT)
    with pytest.raises(ProviderMisbehaved, match="gave no ticket"):
        await engine.start(RELIGHT, spec, images_of(spec))


async def test_a_blurred_picture_at_a_ticket_is_a_refusal_too(engine):
    spec = spec_of(RELIGHT, prompt=f"a {fake.SHOWN} beach")
    pending = await engine.start(RELIGHT, spec, images_of(spec))
    with pytest.raises(ContentRefused, match="blurred"):
        await finished(engine, pending)


# --- refusals and errors


async def test_a_blurred_picture_is_a_refusal_and_never_a_result(engine):
    for offer in (one for one in Stability.offers if one.words == "free" and not one.variants):
        spec = spec_of(offer, prompt=f"a {fake.SHOWN} beach")
        with pytest.raises(ContentRefused, match="blurred") as refused:
            await finished(engine, await engine.start(offer, spec, images_of(spec)))
        assert not refused.value.retryable


@pytest.mark.parametrize(
    ("word", "error", "says"),
    [
        (fake.FORBIDDEN, ContentRefused, "content moderation"),
        (fake.FAMOUS, ContentRefused, "Stability AI refused this. Our system detected"),
        (fake.FOREIGN, ProviderRefused, "English is the only supported language"),
    ],
)
async def test_what_its_policy_forbids_is_told_with_its_reason(engine, word, error, says):
    for offer in (one for one in Stability.offers if one.words == "free"):
        spec = spec_of(offer, prompt=f"a {word} thing")
        with pytest.raises(error, match=says):
            await engine.start(offer, spec, images_of(spec))


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (faults.html, ProviderMisbehaved, "no picture"),
        (faults.empty, ProviderMisbehaved, "no picture"),
        (faults.hollow, ProviderMisbehaved, "no picture"),
        (faults.bad_json, ProviderMisbehaved, "no picture"),
        (faults.busy, ProviderRateLimited, "asks for a pause"),
        (faults.busy_untold, ProviderRateLimited, "asks for a pause"),
        (faults.revoked, KeyRefused, "does not accept the key"),
        (faults.broke, KeyRefused, "no credits left"),
        (faults.too_large, ProviderRefused, "too large"),
        (faults.error_500, ProviderUnavailable, "in trouble"),
        (faults.down, ProviderUnavailable, "in trouble"),
        (faults.half, OutcomeUnknown, "the line broke"),
        (faults.reset, OutcomeUnknown, "the line broke"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_a_fault_has_one_meaning_and_the_request_is_sent_once(engine, vendor, fault, error, says):
    vendor.record.faults.append(fault)
    with pytest.raises(error, match=says) as failed:
        await engine.start(CREATE, spec_of(CREATE), {})
    assert len(vendor.record.begun()) == 1
    assert failed.value.provider == "stability"
    if error is ProviderRateLimited:
        assert failed.value.retry_after == (7 if fault is faults.busy else 60)


async def test_a_picture_of_which_is_not_said_how_it_ended_is_not_taken(engine, vendor):
    async def silent_about_it(_, answer):
        whole = await answer()
        del whole.headers["finish-reason"]
        return whole

    vendor.record.faults.append(silent_about_it)
    with pytest.raises(ProviderMisbehaved, match="did not say how it ended"):
        await engine.start(CREATE, spec_of(CREATE), {})


async def test_an_answer_in_json_is_read_as_well(engine, vendor):
    async def in_json(request, answer):
        request.scope["headers"] = [(n, b"application/json" if n == b"accept" else v) for n, v in request.headers.raw]
        del request._headers
        return await answer()

    vendor.record.faults.append(in_json)
    done = await engine.start(CREATE, spec_of(CREATE), {})
    assert (sniff(done.images[0].data).format, done.images[0].seed) == ("png", 7)


async def test_too_many_requests_are_answered_with_a_minutes_pause(engine, vendor):
    account = vendor.world.of(fake.Account)
    account.came.extend([vendor.clock.now] * 150)
    with pytest.raises(ProviderRateLimited) as limited:
        await engine.start(CREATE, spec_of(CREATE), {})
    assert limited.value.retry_after == 60
    vendor.clock.forward(limited.value.retry_after)
    assert isinstance(await engine.start(CREATE, spec_of(CREATE), {}), Finished)


async def test_an_account_without_credits_is_told_as_such(engine, vendor):
    vendor.world.of(fake.Account).credits = 1.0
    for offer in Stability.offers:
        spec = spec_of(offer)
        with pytest.raises(KeyRefused, match="no credits left") as refused:
            await engine.start(offer, spec, images_of(spec))
        assert refused.value.model == offer.model


async def test_a_wrong_key_is_told_without_any_part_of_it(vendor):
    engine = Stability(key=SecretStr("sk-wrong-secret-key-zzzz"), base_url=f"{vendor.url}/stability")
    with pytest.raises(KeyRefused, match="does not accept the key") as refused:
        await engine.start(CREATE, spec_of(CREATE), {})
    with pytest.raises(KeyRefused):
        await engine.account()
    await engine.aclose()
    assert "sk-wrong" not in refused.value.detail
    assert "zzzz" not in refused.value.detail


async def test_a_heavy_request_and_a_picture_out_of_bounds_are_refused_by_the_vendor_too(engine):
    offer = offer_of("upscale-fast", "upscale")
    with pytest.raises(ProviderRefused, match="at most 1536 pixels"):
        await engine.start(offer, spec_of(offer), {"image": scene(1600, 64)})
    with pytest.raises(ProviderRefused, match="larger than 10MiB"):
        await engine.start(offer, spec_of(offer), {"image": scene() + bytes(11 * 1024 * 1024)})


async def test_the_account_is_told_without_any_cost(engine, vendor):
    await engine.start(CREATE, spec_of(CREATE), {})
    told = await engine.account()
    assert (told.credits, told.detail) == (997.0, "The account has 997 credits left.")
    assert vendor.world.of(fake.Account).charged == [3]
    vendor.record.faults.append(faults.hollow)
    with pytest.raises(ProviderMisbehaved, match="no balance"):
        await engine.account()


async def test_another_key_asks_over_the_same_line(engine, vendor):
    assert isinstance(engine, TakesKey)
    other = engine.keyed(SecretStr(fake.OTHER_KEY))
    await other.start(CREATE, spec_of(CREATE), {})
    await engine.start(CREATE, spec_of(CREATE), {})
    keys = [one.headers["authorization"] for one in vendor.record.begun()]
    assert keys == [f"Bearer {fake.OTHER_KEY}", f"Bearer {fake.KEY}"]


def test_without_a_key_it_says_how_one_is_given():
    assert "IMAGE_STUDIO_PROVIDERS__STABILITY__API_KEY" in (Stability().missing(CREATE) or "")


async def test_several_at_once_are_several_requests_on_one_line(engine, vendor):
    done = await asyncio.gather(*(engine.start(CREATE, spec_of(CREATE, seeds=(n,)), {}) for n in range(1, 5)))
    assert [one.images[0].seed for one in done] == [1, 2, 3, 4]
    assert len(vendor.record.begun()) == 4
    assert sniff(done[0].images[0].data).size == Size(1152, 1408)


def test_the_envelope_of_an_error_is_the_documented_one():
    told = fake.refused(429)
    assert json.loads(told.body)["id"] == "rate_limit_exceeded"
