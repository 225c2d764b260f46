# SPDX-License-Identifier: EUPL-1.2
"""From upload to the public: made, stripped, announced, served; and withdrawn."""

import hashlib
import io

import piexif
import pytest
import pyvips
from lxml import etree

from communique.events.shapes import AssetSchema

CREDIT = "Photo: Ministry of Foreign Affairs"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
MARKS = (b"Exif", b"GPS", b"Photoshop", b"ICC_PROFILE", b"MakerNote")


def segments(jpeg):
    """List the application segments of a JPEG by walking its bytes."""
    at, found = 2, []
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if 0xE0 <= jpeg[at + 1] <= 0xEF or jpeg[at + 1] == 0xFE:
            found.append(jpeg[at + 4 : at + 2 + length])
        at += 2 + length
    return found


def xmp(jpeg):
    (packet,) = (each for each in segments(jpeg) if each.startswith(b"http://ns.adobe.com/xap"))
    return etree.fromstring(packet.partition(b"\x00")[2])


def test_the_sample_has_what_must_go_and_what_must_stay(photo):
    assert piexif.load(photo)["GPS"]
    assert CREDIT.encode() in photo
    image = pyvips.Image.new_from_buffer(photo, "")
    assert image.width * image.height >= 12_000_000


def test_three_renditions_are_made(ready, fetch):
    asset = AssetSchema().load(ready)
    assert (asset.state, asset.width, asset.height) == ("ready", 4240, 2832)
    assert (asset.credit, "vi" in asset.caption) == (CREDIT, True)
    sizes = {each.profile: (each.width, each.height) for each in asset.renditions}
    assert sizes == {"wide": (1200, 675), "medium": (800, 534), "thumb": (320, 180)}
    for each in asset.renditions:
        data = fetch(each.url).data
        image = pyvips.Image.new_from_buffer(data, "")
        assert (image.width, image.height) == sizes[each.profile]
        assert len(data) == each.bytes
        assert hashlib.sha256(data).hexdigest() == each.sha256


def test_place_and_device_are_gone_and_the_words_are_kept(ready, fetch):
    for each in ready["renditions"]:
        data = fetch(each["url"]).data
        assert not [mark for mark in MARKS if any(mark in part for part in segments(data))]
        assert not any(piexif.load(data)[part] for part in ("0th", "Exif", "GPS", "1st"))
        packet = xmp(data)
        assert packet.findtext(f".//{PHOTOSHOP}Credit") == CREDIT
        assert packet.findtext(f".//{DC}rights/{RDF}Alt/{RDF}li") == ready["rights"]
        captions = packet.findall(f".//{DC}description/{RDF}Alt/{RDF}li")
        assert {item.text for item in captions} == set(ready["caption"].values())


def test_it_is_announced_when_it_is_ready(ready, events):
    assert events() == [("asset.ready", ready["id"])]


def test_a_rendition_may_be_kept_for_ever(ready, fetch):
    rendition = ready["renditions"][0]
    answer = fetch(rendition["url"])
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.content_length == rendition["bytes"]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Accept-Ranges"] == "bytes"
    again = fetch(rendition["url"], If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize(
    ("wanted", "status", "start", "stop"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=100-", 206, 100, None),
        ("bytes=-7", 206, -7, None),
        ("bytes=5-99999999", 206, 5, None),
        ("bytes=0-", 200, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
        ("lines=0-9", 200, 0, None),
        ("nonsense", 200, 0, None),
    ],
)
def test_parts_are_served(ready, fetch, wanted, status, start, stop):
    rendition = ready["renditions"][0]
    whole = fetch(rendition["url"]).data
    answer = fetch(rendition["url"], Range=wanted)
    assert answer.status_code == status
    assert answer.data == whole[start:stop]
    assert answer.content_length == len(answer.data)
    assert ("Content-Range" in answer.headers) == (status == 206)


def test_a_part_beyond_the_end_is_refused(ready, fetch):
    rendition = ready["renditions"][0]
    answer = fetch(rendition["url"], Range="bytes=99999999-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{rendition['bytes']}"


def test_a_part_of_another_version_is_not_mixed_in(ready, fetch):
    url = ready["renditions"][0]["url"]
    assert fetch(url, Range="bytes=0-9", If_Range='"another"').status_code == 200
    etag = fetch(url).headers["ETag"]
    assert fetch(url, Range="bytes=0-9", If_Range=etag).status_code == 206


def test_a_head_has_no_body(ready, client, fetch):
    path = ready["renditions"][0]["url"].removeprefix("https://media.example")
    answer = client.head(path)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_length == ready["renditions"][0]["bytes"]


def test_a_profile_leads_to_the_present_rendition(ready, fetch):
    for each in ready["renditions"]:
        answer = fetch(f"/v1/assets/{ready['id']}/renditions/{each['profile']}")
        assert (answer.status_code, answer.headers["Location"]) == (302, each["url"])
    assert fetch(f"/v1/assets/{ready['id']}/renditions/poster").status_code == 404


def test_nothing_is_served_before_it_is_ready(upload, fetch, photo):
    asset = upload(photo).json
    assert asset["renditions"] == []
    assert fetch(f"/v1/assets/{asset['id']}/renditions/wide").status_code == 409
    assert fetch(f"/renditions/{asset['sha256']}.jpg").status_code == 404
    assert fetch(f"/originals/{asset['sha256']}").status_code == 404


def test_a_withdrawn_picture_is_gone(ready, client, desk, fetch, events):
    place = f"/v1/assets/{ready['id']}"
    assert client.delete(place, headers=desk).status_code == 204
    assert client.delete(place, headers=desk).status_code == 204
    for each in ready["renditions"]:
        assert fetch(each["url"]).status_code == 410
        assert fetch(f"{place}/renditions/{each['profile']}").status_code == 410
    after = client.get(place, headers=desk).json
    assert (after["state"], after["renditions"]) == ("withdrawn", [])
    assert events() == [("asset.ready", ready["id"]), ("asset.withdrawn", ready["id"])]


def test_a_cut_photo_is_rejected_with_a_reason(upload, client, desk, service, photo, events):
    place = upload(photo[: len(photo) // 2]).headers["Location"]
    assert service.renditions().step()
    asset = client.get(place, headers=desk).json
    assert asset["state"] == "rejected"
    assert "cannot be decoded" in asset["reason"]
    assert events() == []


def test_new_words_go_into_new_renditions_and_old_addresses_live_on(
    ready, client, desk, service, fetch, events
):
    place = f"/v1/assets/{ready['id']}"
    etag = client.get(place, headers=desk).headers["ETag"]
    words = {"credit": "Ảnh: Bộ Ngoại giao", "alt": {"vi": "Tàu cứu nạn màu đỏ"}}
    changed = client.patch(place, json=words, headers={**desk, "If-Match": etag})
    assert (changed.status_code, changed.json["credit"]) == (200, words["credit"])
    stale = client.patch(place, json=words, headers={**desk, "If-Match": etag})
    assert stale.status_code == 412
    assert service.renditions().step()
    after = client.get(place, headers=desk).json
    assert after["state"] == "ready"
    for old, new in zip(ready["renditions"], after["renditions"], strict=True):
        assert old["url"] != new["url"]
        assert fetch(old["url"]).status_code == 200
        packet = xmp(fetch(new["url"]).data)
        assert packet.findtext(f".//{PHOTOSHOP}Credit") == words["credit"]
    assert events() == [("asset.ready", ready["id"]), ("asset.replaced", ready["id"])]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"colour": "red"}, "/colour"),
        ({"caption": {"EN_us": "text"}}, "/caption/EN_us/key"),
        ({"credit": "x" * 301}, "/credit"),
        ({"alt": {"en": 7}}, "/alt/en/value"),
    ],
)
def test_wrong_words_are_refused_by_name(ready, client, desk, body, field):
    place = f"/v1/assets/{ready['id']}"
    answer = client.patch(place, json=body, headers={**desk, "If-Match": "*"})
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json["errors"]] == [field]


def test_words_need_if_match(ready, client, desk):
    answer = client.patch(f"/v1/assets/{ready['id']}", json={"credit": "x"}, headers=desk)
    assert answer.status_code == 428


def test_an_asset_is_read_once_per_version(ready, client, desk):
    place = f"/v1/assets/{ready['id']}"
    etag = client.get(place, headers=desk).headers["ETag"]
    again = client.get(place, headers={**desk, "If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["no-id", "01941f29-7c00-7000-8000-000000000001"])
def test_what_is_not_there_is_not_found(client, desk, fetch, name):
    assert client.get(f"/v1/assets/{name}", headers=desk).status_code == 404
    assert client.delete(f"/v1/assets/{name}", headers=desk).status_code == 404
    assert fetch(f"/v1/assets/{name}/renditions/wide").status_code == 404
    assert fetch(f"/renditions/{name}.jpg").status_code == 404


def test_pages_lead_from_one_to_the_next(client, desk, upload):
    pictures = [pyvips.Image.black(size, 9).write_to_buffer(".png") for size in range(1, 6)]
    made = [upload(io.BytesIO(each), "image/png").json["id"] for each in pictures]
    seen, cursor = [], {}
    while cursor is not None:
        query = {"limit": 2, **cursor}
        page = client.get("/v1/assets", query_string=query, headers=desk).json
        seen += [each["id"] for each in page["items"]]
        cursor = {"cursor": page["next"]} if page["next"] else None
    assert seen == made[::-1]
