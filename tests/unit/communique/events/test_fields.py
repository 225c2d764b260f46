# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime

import pytest
from marshmallow import ValidationError, fields

from communique.events.fields import (
    Code,
    Country,
    Id,
    Items,
    Locale,
    Mapped,
    Part,
    Shape,
    Slug,
    Text,
    WebAddress,
    When,
    one_of,
)
from communique.ids import new_id


class Leaf(Shape):
    name = Text(most=10, required=True)


class Tree(Shape):
    leaf = Part(Leaf)
    leaves = Items(Part(Leaf))
    by_locale = Mapped(keys=Locale(), values=Part(Leaf))
    block = one_of("type", {"leaf": type("Typed", (Leaf,), {"type": fields.String()})})()


def refusal(field, value):
    with pytest.raises(ValidationError) as caught:
        field.deserialize(value)
    return caught.value.messages


def test_text_is_normalised_to_nfc():
    assert Text().deserialize("Vie\u0323\u0302t Nam") == "Việt Nam"


def test_text_is_counted_after_normalisation():
    assert Text(most=4).deserialize("Vie\u0323\u0302t") == "Việt"


@pytest.mark.parametrize("control", ["\x00", "\x08", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff"])
def test_text_refuses_characters_that_postgresql_or_xml_cannot_hold(control):
    assert refusal(Text(), f"a{control}b") == ["Holds a control character."]


@pytest.mark.parametrize("kept", ["a\tb", "a\nb", "a\r\nb", "\u200bx", "😀", "\u202eabc"])
def test_text_keeps_every_other_character(kept):
    assert Text().deserialize(kept) == kept


@pytest.mark.parametrize("surrogate", ["\ud800", "a\udfffb", "\ude00\ud83d"])
def test_text_refuses_lone_surrogates(surrogate):
    assert "surrogate" in refusal(Text(), surrogate)[0]


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u3000"])
def test_blank_text_is_refused_where_one_character_is_needed(blank):
    assert refusal(Text(), blank) == ["Must have 1 to 10000 characters."]


def test_empty_text_is_taken_where_nothing_is_needed():
    assert Text(least=0).deserialize("") == ""


@pytest.mark.parametrize("other", [1, 1.5, True, [], {}])
def test_text_takes_only_strings(other):
    assert refusal(Text(), other) == ["Not a valid string."]


@pytest.mark.parametrize("tag", ["vi", "en", "fil", "zh-Hans", "zh-Hant-TW", "pt-BR", "es-419"])
def test_locales_in_canonical_form_are_taken(tag):
    assert Locale().deserialize(tag) == tag


@pytest.mark.parametrize(
    "tag", ["VI", "v", "vi_VN", "vi-vn", "zh-hans", "vi\n", "english", "*", "vi-VN-x-private"]
)
def test_other_locales_are_refused(tag):
    assert "language tag" in refusal(Locale(), tag)[0]


@pytest.mark.parametrize("slug", ["a", "viet-nam-2026", "0"])
def test_slugs(slug):
    assert Slug().deserialize(slug) == slug


@pytest.mark.parametrize("slug", ["A", "việt", "-a", "a-", "a--b", "a/b", "..", "a\n"])
def test_what_is_no_slug_is_refused(slug):
    assert refusal(Slug(), slug) == ["Only a-z, 0-9 and single hyphens between them."]


@pytest.mark.parametrize("code", ["medtop:20000593", "mfa:bilateral-relations", "a:B.c_d"])
def test_codes(code):
    assert Code().deserialize(code) == code


@pytest.mark.parametrize("code", ["20000593", ":a", "a:", "A:b", "a:b c", "a::b"])
def test_what_is_no_code_is_refused(code):
    assert "scheme:code" in refusal(Code(), code)[0]


@pytest.mark.parametrize("country", ["VN", "VN-HN", "IN-DL", "FR-75"])
def test_countries(country):
    assert Country().deserialize(country) == country


@pytest.mark.parametrize("country", ["vn", "VNM", "V1", "VN-", "VN-HANO"])
def test_what_is_no_country_is_refused(country):
    assert refusal(Country(), country)


def test_ids_are_taken_in_canonical_form():
    made = new_id()
    assert Id().deserialize(made) == made


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "01941F29-7C00-7000-8000-000000000001",
        "{01941f29-7c00-7000-8000-0000000000}",
        "01941f297c0070008000000000000001",
        "urn:uuid:01941f29-7c00-7000-8000-01",
    ],
)
def test_other_spellings_of_ids_are_refused(text):
    assert refusal(Id(), text) == ["Not a UUID in canonical form."]


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://127.0.0.1:8001/a?b=c#d", "https://[2001:db8::1]/ü"]
)
def test_web_addresses(url):
    assert WebAddress().deserialize(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "//example.org/a",
        "/a",
        "ftp://example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://[::1",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://example.org/a b",
        "https://exam\nple.org/",
        "https://example.org/\ta",
        "https://example.org/\u00a0",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    assert refusal(WebAddress(), url) == ["Not an absolute http or https URL."]


def test_moments_are_read_into_utc_and_written_with_z():
    moment = When().deserialize("2026-03-02T09:30:00+07:00")
    assert moment == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert When()._serialize(moment, "at", None) == "2026-03-02T02:30:00Z"


@pytest.mark.parametrize(
    "text",
    ["2026-03-02T09:30:00", "2026-03-02", "yesterday", "0001-01-01T00:00:00+14:00", 1_700_000_000],
)
def test_what_is_no_moment_is_refused(text):
    assert refusal(When(), text)


def test_items_load_as_a_tuple_within_bounds():
    field = Items(Text(), least=1, most=2)
    assert field.deserialize(["a", "b"]) == ("a", "b")
    assert refusal(field, []) == ["Must have 1 to 2 items."]
    assert refusal(field, ["a", "b", "c"]) == ["Must have 1 to 2 items."]


@pytest.mark.parametrize(
    "place",
    [
        {"stranger": 1},
        {"leaf": {"name": "a", "stranger": 1}},
        {"leaves": [{"name": "a", "stranger": 1}]},
        {"by_locale": {"vi": {"name": "a", "stranger": 1}}},
        {"block": {"type": "leaf", "name": "a", "stranger": 1}},
    ],
    ids=["top", "part", "items", "mapped", "one of"],
)
def test_unknown_fields_are_refused_at_every_depth_and_skipped_by_lenient(place):
    with pytest.raises(ValidationError, match="Unknown field"):
        Tree().load(place)
    assert "stranger" not in str(Tree().lenient(place))


def test_a_lenient_load_leaves_no_trace():
    Tree().lenient({"leaf": {"name": "a", "stranger": 1}})
    with pytest.raises(ValidationError):
        Tree().load({"leaf": {"name": "a", "stranger": 1}})


def test_a_failed_lenient_load_leaves_no_trace():
    with pytest.raises(ValidationError):
        Tree().lenient({"leaf": {"name": ""}})
    with pytest.raises(ValidationError):
        Tree().load({"stranger": 1})


def test_errors_name_the_key_of_a_mapping_without_an_extra_level():
    with pytest.raises(ValidationError) as caught:
        Tree().load({"by_locale": {"vi": {"name": ""}, "VI": {"name": "a"}}})
    assert caught.value.messages["by_locale"] == {
        "vi": {"name": ["Must have 1 to 10 characters."]},
        "VI": ["Not a language tag in canonical form, such as vi, en, zh-Hans or pt-BR."],
    }


@pytest.mark.parametrize("value", ["leaf", 1, None, [], {}, {"type": "other"}, {"type": ["leaf"]}])
def test_a_block_that_names_no_known_type_is_refused(value):
    with pytest.raises(ValidationError) as caught:
        Tree().load({"block": value})
    assert set(caught.value.messages) == {"block"}
