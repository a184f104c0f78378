"""Every picture that leaves the studio says where it is from, and anybody can ask what a file says."""

import base64

import pytest

from backend.imaging.provenance.signing import marked
from tests.fakes.studio import running, settings_for
from tests.unit.provenance.files import SIGNING, file_of, statement

BASE = "/api/image-studio"
VERIFY = f"{BASE}/verify"
JPEG, MIME = file_of("jpeg", size=(160, 120))
AI = statement(source_type="trainedAlgorithmicMedia", engine="elsewhere", model="painter", prompt="a fox", seed=3)


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path / "data")) as found:
        yield found


async def made(studio, path, **form):
    answer = await studio.client.post(f"{BASE}/{path}", json={"response_format": "url", **form})
    assert answer.status_code == 200, answer.json()
    return answer.json()


async def uploaded(studio, data, name="mine.jpg"):
    answer = await studio.client.post("/api/content-assets/upload", files={"file": (name, data)})
    return answer.json()["assets"][0]


async def asset(studio, found):
    return (await studio.client.get(f"/api/content-assets/{found}")).json()


async def content(studio, found):
    return (await studio.client.get(f"/api/content-assets/{found}/content")).content


async def verified(studio, *, of=None, data=None):
    sent = {"json": {"image_asset_id": of}} if of else {"files": {"file": ("a", data)}}
    answer = await studio.client.post(VERIFY, **sent)
    assert answer.status_code == 200, answer.json()
    return answer.json()


async def test_what_is_created_and_what_is_made_of_it_say_so(studio):
    first = await made(studio, "create", prompt="a quiet harbour", width=128, height=96)
    created = first["results"][0]["asset_id"]
    found = await verified(studio, of=created)
    assert (found["state"], found["own"], found["trusted"]) == ("intact", True, False)
    assert (found["digital_source_type"], found["engine"]) == ("algorithmicMedia", "local/compose")
    assert (found["prompt"], found["seed"]) == ("a quiet harbour", first["results"][0]["seed"])
    edited = await made(
        studio, "edit", image_asset_id=created, operation="general_edit", prompt="brighter", output_format="webp"
    )
    again = await verified(studio, of=edited["asset_id"])
    assert (again["state"], again["digital_source_type"], again["ingredients"]) == (
        "intact",
        "algorithmicMedia",
        ["image"],
    )
    data = await content(studio, edited["asset_id"])
    assert (await asset(studio, edited["asset_id"]))["file_size"] == len(data)
    assert await verified(studio, data=data) == again


async def test_every_exported_file_verifies_and_stays_what_its_picture_is(studio):
    source = await uploaded(studio, marked(JPEG, MIME, AI, SIGNING.now()))
    said = await made(
        studio,
        "social/optimize",
        image_asset_id=source["id"],
        platforms=["instagram", "x", "linkedin"],
        crop_mode="center",
        output_format="auto",
        alt_text="Stripes",
    )
    found = [await verified(studio, of=one["asset_id"]) for one in said["results"]]
    assert found
    assert {(one["state"], one["own"], one["digital_source_type"]) for one in found} == {
        ("intact", True, "trainedAlgorithmicMedia")
    }
    for one in said["results"]:
        data = await content(studio, one["asset_id"])
        assert len(data) == one["bytes"]
        assert b"Stripes" in data


async def test_marks_of_an_upload_are_kept_a_plain_one_gets_none_and_the_same_file_is_one_asset(studio):
    data = marked(JPEG, MIME, AI, SIGNING.now())
    first, again = await uploaded(studio, data), await uploaded(studio, data, "other.jpg")
    assert first["id"] == again["id"]
    assert first["asset_metadata"]["provenance"] == {
        "digital_source_type": "trainedAlgorithmicMedia",
        "said": "trainedAlgorithmicMedia",
        "state": "intact",
        "signed_by": "Image Studio (self-made)",
        "generator": "Image Studio 1.2.3",
    }
    found = await verified(studio, of=first["id"])
    assert (found["state"], found["own"], found["ingredients"]) == ("intact", True, ["original"])
    assert (found["prompt"], found["engine"]) == ("a fox", "image-studio/intake")
    plain, more = await uploaded(studio, JPEG), await uploaded(studio, JPEG)
    assert plain["id"] == more["id"] != first["id"]
    assert "provenance" not in plain["asset_metadata"]
    assert (await verified(studio, of=plain["id"]))["state"] == "none"


async def test_a_changed_file_is_told_from_an_untouched_one_and_what_is_none_is_refused(studio):
    signed = marked(JPEG, MIME, AI, SIGNING.now())
    found = await verified(studio, data=signed)
    assert (found["state"], found["own"]) == ("intact", False)
    assert "on no list of trust here" in found["summary"][1]
    changed = bytearray(signed)
    changed[-40] ^= 4
    found = await verified(studio, data=bytes(changed))
    assert (found["state"], found["problems"]) == ("changed", ["assertion.dataHash.mismatch"])
    sent = {"image_base64": base64.b64encode(JPEG).decode()}
    assert (await studio.client.post(VERIFY, json=sent)).json()["state"] == "none"
    for how, status in (
        ({"files": {"file": ("a.pdf", b"%PDF-1.7")}}, 415),
        ({"files": {"picture": ("a.jpg", JPEG)}}, 400),
        ({"json": {}}, 422),
        ({"json": {**sent, "image_asset_id": "a" * 32}}, 422),
        ({"json": {"image_asset_id": "a" * 32}}, 404),
    ):
        answer = await studio.client.post(VERIFY, **how)
        assert answer.status_code == status, answer.json()


@pytest.mark.only("embedded", reason="what is judged is one setting and a file")
async def test_prompts_stay_out_of_files_where_the_operator_wants_that(tmp_path):
    async with running(settings_for(tmp_path / "data", provenance={"prompts": False})) as studio:
        said = await made(studio, "create", prompt="a secret harbour", width=128, height=96)
        found = await verified(studio, of=said["results"][0]["asset_id"])
        assert (found["state"], found["prompt"], found["seed"]) == ("intact", None, said["results"][0]["seed"])
        assert b"secret" not in await content(studio, said["results"][0]["asset_id"])
