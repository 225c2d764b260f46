# SPDX-License-Identifier: EUPL-1.2
"""S3 keeps the contract of Blobs, and says so when it is away."""

import io
from uuid import uuid4

import boto3
import pytest

from communique.errors import Unavailable
from media_store.blobs.s3 import S3Address, S3Blobs
from media_store.testing.contracts import BlobsContract


def address(settings, **changes):
    parts = {
        "endpoint": settings["COMMUNIQUE_S3_ENDPOINT"],
        "region": settings["COMMUNIQUE_S3_REGION"],
        "bucket": settings["COMMUNIQUE_S3_BUCKET"],
        "access_key": settings["COMMUNIQUE_S3_ACCESS_KEY"],
        "secret_key": settings["COMMUNIQUE_S3_SECRET_KEY"],
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
    def blobs(self, bucket, connect):
        return connect(address(bucket))

    def test_a_missing_bucket_is_not_a_missing_object(self, bucket, connect):
        blobs = connect(address(bucket, bucket=f"never-{uuid4()}"))
        with pytest.raises(Unavailable):
            blobs.open("key")

    def test_a_wrong_key_is_not_a_missing_object(self, bucket, connect):
        blobs = connect(address(bucket, secret_key="wrong"))
        with pytest.raises(Unavailable):
            blobs.open("key")

    def test_a_storage_that_is_away_is_unavailable(self, bucket, connect):
        blobs = connect(address(bucket, endpoint="http://127.0.0.1:9"))
        with pytest.raises(Unavailable):
            blobs.size("key")
        with pytest.raises(Unavailable):
            blobs.put("key", io.BytesIO(b"x"), media_type="image/jpeg")


def test_a_bucket_is_made_once(bucket, connect):
    name = f"media-store-{uuid4()}"
    blobs = connect(address(bucket, bucket=name))
    with pytest.raises(Unavailable):
        blobs.ready()
    blobs.make_bucket()
    blobs.make_bucket()
    blobs.ready()
    storage = boto3.client(
        "s3",
        endpoint_url=bucket["COMMUNIQUE_S3_ENDPOINT"],
        aws_access_key_id=bucket["COMMUNIQUE_S3_ACCESS_KEY"],
        aws_secret_access_key=bucket["COMMUNIQUE_S3_SECRET_KEY"],
        region_name=bucket["COMMUNIQUE_S3_REGION"],
    )
    storage.delete_bucket(Bucket=name)
    storage.close()


def test_the_secret_is_not_printed(bucket):
    assert bucket["COMMUNIQUE_S3_SECRET_KEY"] not in repr(address(bucket))
