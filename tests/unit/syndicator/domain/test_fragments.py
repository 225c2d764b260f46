# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta, timezone

from lxml import etree

from syndicator.domain.fragments import add, head, inner, rfc822, rfc3339, splice

HANOI = timezone(timedelta(hours=7))


def a_root():
    return etree.Element("root", {"a": "x > y"}, nsmap={"n": "https://ns.example.org"})


def test_a_fragment_repeats_no_declaration_and_a_joined_document_parses():
    root = a_root()
    add(root, "{https://ns.example.org}child", "text\x00 & more", {"k": "v\x01", "none": None})
    fragment = inner(root)
    assert fragment == b'<n:child k="v">text &amp; more</n:child>\n'
    opened = a_root()
    add(opened, "title", "T")
    document = splice(head(opened, b"</root>"), [fragment, fragment], b"</root>")
    assert len(etree.fromstring(document)) == 3


def test_times_are_utc():
    moment = datetime(2026, 3, 2, 9, 30, 0, 250_000, tzinfo=HANOI)
    assert rfc3339(moment) == "2026-03-02T02:30:00.250000Z"
    assert rfc822(moment) == "Mon, 02 Mar 2026 02:30:00 GMT"
    assert rfc3339(datetime(2026, 3, 2, tzinfo=UTC)) == "2026-03-02T00:00:00Z"
