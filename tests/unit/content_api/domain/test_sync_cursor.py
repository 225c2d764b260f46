# SPDX-License-Identifier: EUPL-1.2
import base64

import pytest

from communique.errors import InvalidInput
from communique.events.article import Audience
from content_api.domain.entitlements import EVERYBODY, entitlements
from content_api.domain.sync_cursor import SyncCursor, beginning, read_cursor, write_cursor

ALL = EVERYBODY | {Audience.PRESS}


@pytest.mark.parametrize(
    "cursor",
    [
        beginning(EVERYBODY),
        SyncCursor(position=7, may=EVERYBODY, held=ALL, start=12, known=3),
        SyncCursor(position=2**62, may=ALL, held=ALL, start=0),
    ],
)
def test_a_cursor_comes_back_as_it_was_written(cursor):
    assert read_cursor(write_cursor(cursor, "a"), "a") == cursor


@pytest.mark.parametrize("word", ["", "x", "AAAA", "%", "é", "czEsMSwsMCxwLHAsYSxi"])
def test_what_is_no_cursor_is_refused(word):
    with pytest.raises(InvalidInput, match="cursor"):
        read_cursor(word, "a")


def test_a_cursor_that_was_altered_is_refused():
    word = write_cursor(SyncCursor(position=7, may=EVERYBODY, held=EVERYBODY), "a")
    text = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode()
    altered = base64.urlsafe_b64encode(text.replace(",7,", ",8,").encode()).decode().rstrip("=")
    with pytest.raises(InvalidInput) as refusal:
        read_cursor(altered, "a")
    assert refusal.value.errors == {"cursor": ["Not a cursor of this service."]}


def test_a_cursor_of_another_filter_is_refused_with_that_reason():
    with pytest.raises(InvalidInput) as refusal:
        read_cursor(write_cursor(beginning(EVERYBODY), "a"), "b")
    assert "another filter" in refusal.value.errors["cursor"][0]


def test_who_gains_or_loses_walks_the_log_again_knowing_what_is_held():
    came = SyncCursor(position=9, may=ALL, held=ALL, start=0)
    assert came.entitled(ALL) is came
    less = came.entitled(EVERYBODY)
    assert less == SyncCursor(position=0, may=EVERYBODY, held=ALL, start=9, known=9)
    again = less.read_to(4, top=20, more=True).entitled(ALL)
    assert (again.position, again.held, again.start, again.known) == (0, ALL, 9, 0)
    assert again.read_to(20, top=20, more=False) == SyncCursor(20, ALL, ALL, start=0)


def test_only_a_scope_of_its_own_opens_what_is_held_in_trust():
    assert entitlements({"articles:read"}.__contains__) == EVERYBODY
    assert entitlements({"articles:read", "embargo:read"}.__contains__) == ALL
