# SPDX-License-Identifier: EUPL-1.2
import threading

import pytest

from communique import db
from communique.testing.articles import ARTICLE, LEAD, PUBLISHED
from syndicator.ports import Entry
from syndicator.store.entries import SqlEntries, _next_sequence, _write
from syndicator.testing.builders import a_channel


@pytest.fixture
def entries(service):
    with service.deps.begin() as work:
        work.channels.put(a_channel(), None)
    return SqlEntries(service.engine)


def an_entry(article):
    return Entry("embassy-hanoi", "vi", "rss", article, 1, b"<item/>", PUBLISHED)


def test_numbers_become_visible_in_their_order(service, entries):
    """A later number waits for the commit of the earlier one: nobody can step over it."""
    written = threading.Event()

    def write_second():
        entries.write([an_entry(LEAD)])
        written.set()

    with db.transaction(service.engine) as connection:
        _write(connection, an_entry(ARTICLE), _next_sequence(connection, "embassy-hanoi"))
        thread = threading.Thread(target=write_second)
        thread.start()
        assert not written.wait(0.5)
        assert entries.since("embassy-hanoi", "rss", 0, 10) == []
    thread.join(5)
    found = entries.since("embassy-hanoi", "rss", 0, 10)
    assert [(each.article, each.sequence) for each in found] == [(ARTICLE, 1), (LEAD, 2)]


def test_channels_do_not_wait_for_each_other(service, entries):
    with service.deps.begin() as work:
        work.channels.put(a_channel(name="other"), None)
    with db.transaction(service.engine) as connection:
        _next_sequence(connection, "other")
        entries.write([an_entry(ARTICLE)])
    assert len(entries.since("embassy-hanoi", "rss", 0, 10)) == 1
