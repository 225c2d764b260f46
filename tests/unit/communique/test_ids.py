# SPDX-License-Identifier: EUPL-1.2
from uuid import UUID

import pytest

from communique.ids import is_id, new_id


def test_ids_are_uuid_7():
    assert UUID(new_id()).version == 7


def test_ids_sort_in_the_order_they_were_made():
    made = [new_id() for _ in range(1_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_a_new_id_is_an_id():
    assert is_id(new_id())


@pytest.mark.parametrize("text", ["", "x", "01941F29-7C00-7000-8000-000000000001", "0" * 32])
def test_other_text_is_no_id(text):
    assert not is_id(text)
