# SPDX-License-Identifier: EUPL-1.2
import hashlib
import re

from communique.keys import digest, new_secret


def test_a_secret_has_256_random_bits_and_says_what_it_is():
    secret = new_secret()
    assert re.fullmatch(r"ck_[A-Za-z0-9_-]{43}", secret)
    assert new_secret() != secret


def test_only_a_hash_is_stored():
    assert digest("ck_x") == hashlib.sha256(b"ck_x").digest()
