# SPDX-License-Identifier: EUPL-1.2
"""S3-compatible storage: boto3, and the only import of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Final, cast

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.response import StreamingBody

from communique.errors import Unavailable
from media_store.domain.errors import NoSuchBlob

_PIECE: Final = 64 * 1024
_ABSENT: Final = frozenset({"404", "NoSuchKey", "NotFound"})
_TRANSFER: Final = TransferConfig(
    multipart_threshold=8 << 20, multipart_chunksize=8 << 20, max_concurrency=2
)
_TRANSFER.max_in_memory_upload_chunks = 3  # ten by default: 80 MiB for one upload


@dataclass(frozen=True, slots=True)
class S3Address:
    """Where the storage is and how to enter it."""

    endpoint: str
    region: str
    bucket: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


class S3Stream:
    """An open object."""

    def __init__(self, body: StreamingBody) -> None:
        """Take the response."""
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes in pieces."""
        with _translated():
            yield from self._body.iter_chunks(_PIECE)

    def close(self) -> None:
        """Let the connection go, read to its end or not."""
        self._body.close()


class S3Blobs:
    """Objects in one bucket."""

    def __init__(self, address: S3Address) -> None:
        """Make a client; nothing is asked of the storage yet."""
        self._bucket = address.bucket
        self._client = boto3.client(
            "s3",
            endpoint_url=address.endpoint,
            region_name=address.region,
            aws_access_key_id=address.access_key,
            aws_secret_access_key=address.secret_key,
            config=Config(
                connect_timeout=2,
                read_timeout=15,
                retries={"mode": "standard", "max_attempts": 2},
                max_pool_connections=20,
                s3={"addressing_style": "path"},
                # not every S3 knows the newer checksums, and our keys are hashes anyway
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, key: str, source: BinaryIO, *, media_type: str) -> None:
        """Store all bytes of a file under a key; returns once they are durable."""
        with _translated(key):
            self._client.upload_fileobj(
                cast("BinaryIO", _Kept(source)),
                self._bucket,
                key,
                ExtraArgs={"ContentType": media_type},
                Config=_TRANSFER,
            )

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> S3Stream:
        """Open an object or a part of it."""
        with _translated(key):
            if start == 0 and length is None:
                answer = self._client.get_object(Bucket=self._bucket, Key=key)
            else:
                last = "" if length is None else start + length - 1
                answer = self._client.get_object(
                    Bucket=self._bucket, Key=key, Range=f"bytes={start}-{last}"
                )
        return S3Stream(answer["Body"])

    def size(self, key: str) -> int | None:
        """Return how many bytes lie under a key, or None."""
        try:
            with _translated(key):
                return self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"]
        except NoSuchBlob:
            return None

    def ready(self) -> None:
        """Prove that storage answers and the bucket is there."""
        try:
            with _translated(self._bucket):
                self._client.head_bucket(Bucket=self._bucket)
        except NoSuchBlob as error:
            raise Unavailable(f"There is no bucket {self._bucket}.") from error

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def make_bucket(self) -> None:
        """Make the bucket if it is not there yet."""
        try:
            with _translated(self._bucket):
                self._client.head_bucket(Bucket=self._bucket)
        except NoSuchBlob:
            with _translated(self._bucket):
                self._client.create_bucket(Bucket=self._bucket)


class _Kept:
    """A file that stays open when boto3 closes it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        """Leave that to the caller."""


@contextmanager
def _translated(key: str = "") -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in _ABSENT:
            raise NoSuchBlob(key) from error
        raise Unavailable("The storage does not do what it is asked.") from error
    except (BotoCoreError, Boto3Error) as error:
        raise Unavailable("The storage does not answer.") from error
