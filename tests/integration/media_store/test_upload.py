# SPDX-License-Identifier: EUPL-1.2
"""Bytes come in by HTTP and lie in S3 under their hash; what is wrong is refused by name."""

import hashlib
import io
from dataclasses import replace

import pytest
from urllib3.filepost import encode_multipart_formdata

from communique.events.shapes import AssetSchema
from media_store.app import create_app
from media_store.blobs.s3 import S3Address, S3Blobs
from media_store.domain.errors import NoSuchBlob
from media_store.testing.contracts import read


@pytest.fixture
def stored(service):
    """Read an object, or None."""

    def get(key):
        try:
            return read(service.blobs, key)
        except NoSuchBlob:
            return None

    return get


def problem(answer, status):
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    return {each.get("pointer", each.get("parameter")) for each in answer.json.get("errors", ())}


def form_of(data, filename):
    """Write a form as a client outside of this process would."""
    return encode_multipart_formdata({"file": (filename, data)})


def test_a_photo_is_taken_in(upload, stored, photo):
    answer = upload(photo, query_string={"filename": "Cầu cảng.jpg"})
    asset = AssetSchema().load(answer.json)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/assets/{asset.id}"
    assert answer.headers["ETag"]
    assert (asset.state, asset.filename) == ("received", "Cầu cảng.jpg")
    assert asset.sha256 == hashlib.sha256(photo).hexdigest()
    assert stored(f"originals/{asset.sha256}") == photo


def test_the_same_bytes_again_are_the_same_asset(upload, client, desk, photo):
    first = upload(photo)
    second = upload(*form_of(photo, "again.jpg"))
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.headers["Location"] == first.headers["Location"]
    assert len(client.get("/v1/assets", headers=desk).json["items"]) == 1


def test_a_form_and_its_file_name_are_taken(upload, photo):
    answer = upload(*form_of(photo, "quay.jpg"))
    assert (answer.status_code, answer.json["filename"]) == (201, "quay.jpg")


def test_a_disposition_names_the_file(upload, photo):
    disposition = {"Content-Disposition": "attachment; filename*=UTF-8''c%E1%BA%A7u.jpg"}
    assert upload(photo, headers=disposition).json["filename"] == "cầu.jpg"


def test_a_body_of_unknown_length_is_taken(upload, photo):
    chunks = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = upload(None, input_stream=io.BytesIO(photo), environ_overrides=chunks)
    assert (answer.status_code, answer.json["bytes"]) == (201, len(photo))


@pytest.mark.parametrize(
    ("data", "content_type", "status", "field"),
    [
        (b"", "image/jpeg", 422, "/"),
        (b"%PDF-1.7 not a picture", "image/jpeg", 415, "/"),
        (b"<svg onload='alert(1)'/>", "image/png", 415, "/"),
        (b"\x89PNG\r\n\x1a\n rest", "image/jpeg", 415, "Content-Type"),
        ({"other": "x"}, "multipart/form-data", 422, "/file"),
        ({"file": (io.BytesIO(b"text"), "a.jpg")}, "multipart/form-data", 415, "/file"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    upload, client, desk, data, content_type, status, field
):
    assert problem(upload(data, content_type), status) == {field}
    assert client.get("/v1/assets", headers=desk).json["items"] == []


def test_an_unknown_parameter_is_refused(upload, photo):
    assert problem(upload(photo, query_string={"colour": "red"}), 422) == {"colour"}


def test_keys_and_scopes_are_asked_for(client, key_with, photo):
    jpeg = {"data": photo, "content_type": "image/jpeg"}
    assert problem(client.post("/v1/assets", **jpeg), 401)
    assert problem(client.post("/v1/assets", **jpeg, headers=key_with("media:read")), 403)
    assert problem(client.get("/v1/assets"), 401)
    assert problem(client.get("/v1/assets", headers=key_with("media:write")), 403)


@pytest.fixture
def strict(service, desk):
    """Upload to the same service with a limit of 1000 bytes."""
    deps = replace(service.deps, policy=replace(service.deps.policy, most_bytes=1_000))
    client = create_app(deps, guard=service.guard(), ready=service.ready).test_client()

    def post(**options):
        return client.post("/v1/assets", headers=desk, **options)

    return post


def test_too_much_is_refused(strict, photo):
    form, content_type = form_of(photo, "a.jpg")
    assert problem(strict(data=photo, content_type="image/jpeg"), 413) == {"/"}
    assert problem(strict(data=form, content_type=content_type), 413) == {"/file"}


def test_a_storage_that_is_away_is_said_and_nothing_is_kept(service, desk, client, bucket, photo):
    away = S3Blobs(
        S3Address(
            endpoint="http://127.0.0.1:9",
            region=bucket["COMMUNIQUE_S3_REGION"],
            bucket=bucket["COMMUNIQUE_S3_BUCKET"],
            access_key="a",
            secret_key="b",
        )
    )
    deps = replace(service.deps, blobs=away)
    lonely = create_app(deps, guard=service.guard(), ready=away.ready).test_client()
    answer = lonely.post("/v1/assets", data=photo, content_type="image/jpeg", headers=desk)
    assert problem(answer, 503) == set()
    assert answer.headers["Retry-After"]
    assert lonely.get("/readyz").status_code == 503
    assert client.get("/v1/assets", headers=desk).json["items"] == []
    away.close()
