# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import Unavailable
from communique.events.envelope import Record
from communique.events.topics import ARTICLES, DEAD_LETTERS
from communique.kafka.dead_letters import DeadLetters

POISON = Record(ARTICLES, b"key", b"\xff", (("ce_id", b"1"),))


class FakeSender:
    def __init__(self, *, takes=True):
        self.takes = takes
        self.sent = []

    def send(self, records):
        self.sent.extend(records)
        return [self.takes] * len(records)


def test_a_letter_holds_the_record_as_it_was_and_says_why_where_and_who():
    sender = FakeSender()
    DeadLetters(sender).park(POISON, reason="không đọc được", consumer="syndicator")
    (letter,) = sender.sent
    assert (letter.topic, letter.key, letter.value) == (DEAD_LETTERS, b"key", b"\xff")
    assert letter.headers == (
        ("ce_id", b"1"),
        ("dl_reason", "không đọc được".encode()),
        ("dl_topic", ARTICLES.encode()),
        ("dl_consumer", b"syndicator"),
    )


def test_a_long_reason_is_cut_so_that_the_letter_can_be_sent():
    sender = FakeSender()
    DeadLetters(sender).park(POISON, reason="x" * 1_000_000, consumer="syndicator")
    assert len(dict(sender.sent[0].headers)["dl_reason"]) == 1_000


def test_a_letter_that_is_not_taken_is_an_error_so_that_the_offset_stays():
    with pytest.raises(Unavailable):
        DeadLetters(FakeSender(takes=False)).park(POISON, reason="x", consumer="syndicator")
