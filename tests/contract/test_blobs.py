# SPDX-License-Identifier: EUPL-1.2
"""Storage in memory keeps the contract; tests/integration holds S3 to the same one."""

import pytest

from communique.errors import Unavailable
from media_store.blobs.memory import MemoryBlobs
from media_store.testing.contracts import BlobsContract


class TestMemoryBlobs(BlobsContract):
    @pytest.fixture
    def blobs(self):
        return MemoryBlobs()

    def test_it_can_be_told_to_be_away(self, blobs):
        blobs.away = True
        with pytest.raises(Unavailable):
            blobs.open("key")
