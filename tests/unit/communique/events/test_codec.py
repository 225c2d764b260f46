# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest

from communique.errors import InvalidEvent, UnknownMajorVersion
from communique.events.codec import encode_value, from_record, shape_of, to_record
from communique.events.envelope import Event, EventType, header
from communique.events.topics import ARTICLES, ARTICLES_EMBARGOED
from communique.ids import new_id
from communique.testing.articles import an_article

MOMENT = datetime(2026, 3, 2, 2, 30, 0, 123456, tzinfo=UTC)


def an_event(**changes):
    article = an_article()
    event = Event(
        id=new_id(),
        type=EventType.ARTICLE_PUBLISHED,
        source="/content_api",
        time=MOMENT,
        key=article.id,
        value=encode_value(EventType.ARTICLE_PUBLISHED, article),
    )
    return replace(event, **changes)


def a_record(**headers):
    record = to_record(an_event())
    changed = {**dict(record.headers), **headers}
    kept = tuple((name, value) for name, value in changed.items() if value is not None)
    return replace(record, headers=kept)


def test_an_event_becomes_a_binary_mode_cloudevent():
    event = an_event()
    record = to_record(event)
    assert record.topic == ARTICLES
    assert record.key == event.key.encode()
    assert record.value == event.value
    assert dict(record.headers) == {
        "ce_specversion": b"1.0",
        "ce_id": event.id.encode(),
        "ce_source": b"/content_api",
        "ce_type": b"article.published",
        "ce_time": b"2026-03-02T02:30:00.123456Z",
        "ce_subject": event.key.encode(),
        "ce_dataschema": b"urn:communique:event:article.published:1.0",
        "content-type": b"application/json",
    }


def test_an_event_and_its_value_come_back():
    event = an_event()
    assert from_record(to_record(event)) == (event, an_article())


def test_an_event_may_go_to_another_topic():
    assert to_record(an_event(), ARTICLES_EMBARGOED).topic == ARTICLES_EMBARGOED


def test_text_is_written_as_utf_8():
    assert "Việt Nam".encode() in an_event().value


@pytest.mark.parametrize("event_type", EventType)
def test_every_type_has_a_shape(event_type):
    assert shape_of(event_type).makes is not None


def test_fields_of_a_newer_minor_version_are_skipped():
    value = {**orjson.loads(an_event().value), "mood": "solemn"}
    value["locales"]["vi"]["reading_time"] = 3
    event = an_event(value=orjson.dumps(value), version="1.7")
    assert from_record(to_record(event))[1] == an_article()


@pytest.mark.parametrize("version", ["2.0", "0.9", "10.0", "x"])
def test_another_major_version_is_refused_by_name(version):
    with pytest.raises(UnknownMajorVersion, match="has version"):
        from_record(to_record(an_event(version=version)))


def test_another_major_version_is_refused_before_its_value_is_read():
    with pytest.raises(UnknownMajorVersion):
        from_record(to_record(an_event(version="2.0", value=b"\xff")))


@pytest.mark.parametrize(
    "value",
    [b"", b"garbage", b"\xff\xfe", b"null", b"[]", b"1", b"{}", b'{"id":"\\ud800"}', b"[" * 5000],
)
def test_a_value_that_is_no_article_is_refused(value):
    with pytest.raises(InvalidEvent):
        from_record(to_record(an_event(value=value)))


@pytest.mark.parametrize("part", ["key", "value"])
def test_a_record_without_key_or_value_is_refused(part):
    with pytest.raises(InvalidEvent, match="no key or no value"):
        from_record(replace(a_record(), **{part: None}))


@pytest.mark.parametrize("key", [b"\xff", b"\xc3("])
def test_a_key_that_is_no_text_is_refused(key):
    with pytest.raises(InvalidEvent):
        from_record(replace(a_record(), key=key))


@pytest.mark.parametrize(
    "headers",
    [
        {"ce_id": None},
        {"ce_id": b""},
        {"ce_source": None},
        {"ce_type": None},
        {"ce_type": b"article.sung"},
        {"ce_type": b"\xff"},
        {"ce_time": None},
        {"ce_time": b"soon"},
        {"ce_time": b"2026-03-02T02:30:00"},
        {"ce_specversion": None},
        {"ce_specversion": b"0.3"},
        {"ce_dataschema": None},
    ],
    ids=str,
)
def test_headers_that_are_no_cloudevent_of_ours_are_refused(headers):
    with pytest.raises(InvalidEvent):
        from_record(a_record(**headers))


def test_a_record_without_headers_is_refused():
    with pytest.raises(InvalidEvent):
        from_record(replace(a_record(), headers=()))


def test_a_header_is_found_by_name_and_the_first_counts():
    record = replace(a_record(), headers=(("a", b"1"), ("b", b"2"), ("a", b"3")))
    assert header(record, "a") == "1"
    assert header(record, "c") is None
