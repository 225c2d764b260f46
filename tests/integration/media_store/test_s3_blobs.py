# SPDX-License-Identifier: EUPL-1.2
"""S3 keeps the contract of Blobs, and says so when it is away."""

import io
from uuid import uuid4

import pytest

from communique.errors import Unavailable
from media_store.blobs.s3 import S3Address, S3Blobs
from media_store.testing.contracts import BlobsContract


def address(s3, **changes):
    parts = {
        "endpoint": s3["COMMUNIQUE_S3_ENDPOINT"],
        "region": s3["COMMUNIQUE_S3_REGION"],
        "bucket": s3["COMMUNIQUE_S3_BUCKET"],
        "access_key": s3["COMMUNIQUE_S3_ACCESS_KEY"],
        "secret_key": s3["COMMUNIQUE_S3_SECRET_KEY"],
    }
    return S3Address(**{**parts, **changes})


@pytest.fixture
def connect():
    opened = []

    def open_blobs(where):
        opened.append(S3Blobs(where))
        return opened[-1]

    yield open_blobs
    for each in opened:
        each.close()


class TestS3Blobs(BlobsContract):
    @pytest.fixture
    def blobs(self, s3, connect):
        return connect(address(s3))

    def test_a_bucket_is_made_once(self, s3, connect):
        blobs = connect(address(s3, bucket=f"{s3['COMMUNIQUE_S3_BUCKET']}-new"))
        with pytest.raises(Unavailable):
            blobs.ready()
        blobs.make_bucket()
        blobs.make_bucket()
        blobs.ready()

    def test_a_missing_bucket_is_not_a_missing_object(self, s3, connect):
        blobs = connect(address(s3, bucket=f"never-{uuid4()}"))
        with pytest.raises(Unavailable):
            blobs.open("key")

    def test_a_wrong_key_is_not_a_missing_object(self, s3, connect):
        blobs = connect(address(s3, secret_key="wrong"))
        with pytest.raises(Unavailable):
            blobs.open("key")

    def test_a_storage_that_is_away_is_unavailable(self, s3, connect):
        blobs = connect(address(s3, endpoint="http://127.0.0.1:9"))
        with pytest.raises(Unavailable):
            blobs.size("key")
        with pytest.raises(Unavailable):
            blobs.put("key", io.BytesIO(b"x"), media_type="image/jpeg")


def test_the_secret_is_not_printed(s3):
    assert s3["COMMUNIQUE_S3_SECRET_KEY"] not in repr(address(s3))
