# SPDX-License-Identifier: EUPL-1.2
from local_stack.bootstrap import fingerprint_of
from local_stack.credentials import Registration

KEY = Registration("content-api", "reader", ("articles:read",), "ck_1")


def test_keys_are_registered_again_in_a_new_database_or_when_one_changes():
    known = fingerprint_of("cluster-1/communique", [KEY])
    assert known == fingerprint_of("cluster-1/communique", [KEY])
    assert known != fingerprint_of("cluster-2/communique", [KEY])
    changed = Registration("content-api", "reader", ("articles:read", "more"), "ck_1")
    assert known != fingerprint_of("cluster-1/communique", [changed])
