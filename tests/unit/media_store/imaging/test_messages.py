# SPDX-License-Identifier: EUPL-1.2
import pytest

from media_store.domain.profiles import PROFILES
from media_store.domain.texts import Texts
from media_store.imaging.messages import (
    Limits,
    Task,
    read_answer,
    read_task,
    write_made,
    write_task,
    write_unreadable,
)
from media_store.ports import Made, MadeFile, Order

TEXTS = Texts("Bộ Ngoại giao", None, "Desk", {"vi": "Cầu cảng"}, {})


def test_a_task_arrives_as_it_was_sent(tmp_path):
    order = Order("image/png", PROFILES, TEXTS, adopt=True, most_pixels=10)
    task = Task(tmp_path / "source", tmp_path, order, Limits(1, 2, 3, 4))
    assert read_task(write_task(task)) == task


def test_a_result_arrives_as_it_was_sent(tmp_path):
    made = Made(3, 2, TEXTS, (MadeFile("wide", tmp_path / "wide.jpg", "image/jpeg", 1, 2),))
    assert read_answer(write_made(made)) == made


def test_a_reason_arrives_as_it_was_sent():
    assert read_answer(write_unreadable("Broken.")) == "Broken."


@pytest.mark.parametrize("data", [b"", b"no", b"[]", b"{}", b'{"made": {}}', b'{"made": 7}'])
def test_anything_else_is_no_answer(data):
    with pytest.raises(ValueError):  # noqa: PT011  # json's own error is one too
        read_answer(data)
