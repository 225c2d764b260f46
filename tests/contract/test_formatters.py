# SPDX-License-Identifier: EUPL-1.2
"""Every formatter writes every sample article as its golden file says, and as the standards ask.

`python tests/contract/test_formatters.py` writes the golden files again; read the difference.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import validators
from lxml import etree, html
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from communique.events.article import Article
from communique.testing.articles import a_correction, a_retraction, an_article, assets_of
from communique.testing.hard_articles import HARD_ARTICLES
from syndicator.ports import Feed, View
from syndicator.registry import FEED_FORMATTERS, FORMATTERS

GOLDEN = Path(__file__).parent.parent / "golden" / "formatters"
ENDINGS = {"atom": "xml", "rss": "xml"}
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
SITE = "https://mofa.example.org"
FEED = Feed(
    id="urn:uuid:01941f29-7c00-7000-8000-0000000000ff",
    title="Ministry of Foreign Affairs",
    locale="vi",
    self_url="https://feeds.example.org/feeds/ministry.atom",
    site_url=f"{SITE}/vi",
    updated=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    author="Bộ Ngoại giao",
    hub_url="https://feeds.example.org/hub",
    alternates={"en": "https://feeds.example.org/feeds/ministry-en.atom"},
)


@dataclass(frozen=True)
class Case:
    article: Callable[[], Article]
    locale: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    **{name: Case(article) for name, article in HARD_ARTICLES.items()},
    "corrected-reply": Case(a_correction, "en", {"form": "correction-reply"}),
    "fallback": Case(an_article, "fr"),
    "retracted-deleted": Case(a_retraction, "en", {"retraction_policy": "delete"}),
}
HUGE = {"forty-pictures", "long-transcript"}  # checked, but not kept as golden files


def view_of(name):
    case = CASES[name]
    article = case.article()
    served = case.locale or article.source_locale
    links = {locale: f"{SITE}/{locale}/{each.slug}" for locale, each in article.locales.items()}
    return View(
        article, "ja", served, links[served], links, assets_of(article), options=case.options
    )


def render(formatter, name):
    return FORMATTERS[formatter].render(view_of(name)).body


def joined(formatter):
    return FEED_FORMATTERS[formatter].join(FEED, [render(formatter, name) for name in CASES])


def readable(body):
    if not body.startswith((b"{", b"[")):
        return body.decode()
    return json.dumps(json.loads(body), ensure_ascii=False, indent=2) + "\n"


def golden(formatter, name):
    return GOLDEN / formatter / f"{name}.{ENDINGS.get(formatter, 'json')}"


def schema_file(*path):
    directory = os.environ.get("COMMUNIQUE_SCHEMAS")  # noqa: TID251  # where tests find data files
    if not directory:
        pytest.skip("COMMUNIQUE_SCHEMAS names no directory with the official schemas")
    return Path(directory).joinpath(*path)


def validator(path):
    """A validator that never fetches: what the schemas refer to elsewhere stands here."""
    geojson = Resource.from_contents({"type": "object"}, default_specification=DRAFT7)
    registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", geojson)
    schema = json.loads(path.read_text())
    found = validators.validator_for(schema)
    return found(schema, registry=registry, format_checker=found.FORMAT_CHECKER)


@pytest.mark.parametrize("name", sorted(set(CASES) - HUGE))
@pytest.mark.parametrize("formatter", FORMATTERS)
def test_output_is_as_it_was_agreed(formatter, name):
    assert readable(render(formatter, name)) == golden(formatter, name).read_text()


def test_no_golden_file_is_left_over():
    kept = {golden(formatter, name) for formatter in FORMATTERS for name in set(CASES) - HUGE}
    assert set(GOLDEN.rglob("*.*")) == kept


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("formatter", FORMATTERS)
def test_output_is_the_same_every_time(formatter, name):
    assert render(formatter, name) == render(formatter, name)


@pytest.mark.parametrize("name", CASES)
def test_html_has_only_absolute_addresses_and_nothing_that_acts(name):
    content = json.loads(render("json-feed", name) or b"{}").get("content_html", "<p></p>")
    tree = html.fragment_fromstring(content, create_parent="div")
    for element in tree.iter():
        assert element.tag not in ("script", "iframe", "style")
        for attribute in ("href", "src", "poster"):
            assert element.get(attribute, "https://").startswith("https://")


@pytest.mark.parametrize("formatter", ["atom", "rss"])
def test_an_independent_reader_finds_every_entry(formatter):
    read = feedparser.parse(joined(formatter))
    shown = [name for name in CASES if name != "retracted-deleted"]
    assert not read.bozo
    assert read.feed.title == FEED.title
    assert [each.title for each in read.entries] == [
        json.loads(render("json-feed", name))["title"] for name in shown
    ]
    for name, entry in zip(shown, read.entries, strict=True):
        view = view_of(name)
        assert entry.id == f"urn:uuid:{view.article.id}"
        assert entry.link == view.link
        assert entry.content[0].value
        updated = view.article.published_at.utctimetuple()[:6]
        assert entry.updated_parsed[:6] == updated


def test_rss_items_keep_the_rules_of_the_format():
    items = etree.fromstring(joined("rss")).findall("channel/item")
    assert len(items) == len(CASES) - 1
    for item in items:
        assert item.find("guid").get("isPermaLink") == "false"
        date = item.findtext("pubDate")
        assert format_datetime(parsedate_to_datetime(date), usegmt=True) == date
        assert parsedate_to_datetime(date).utcoffset() == timedelta(0)
        assert len(item.findall("enclosure")) <= 1
        for enclosure in item.findall("enclosure"):
            assert int(enclosure.get("length")) > 0
            assert set(enclosure.attrib) == {"url", "length", "type"}
        order = [each.tag for each in item]
        encoded = order.index(f"{{{NAMESPACES['content']}}}encoded")
        assert "description" not in order[encoded:]


def test_atom_entries_keep_the_rules_of_the_format():
    entries = etree.fromstring(joined("atom")).findall("atom:entry", NAMESPACES)
    assert len(entries) == len(CASES) - 1
    for entry in entries:
        for name in ("id", "title", "updated"):
            assert entry.findtext(f"atom:{name}", namespaces=NAMESPACES)
        alternates = entry.findall("atom:link[@rel='alternate']", NAMESPACES)
        kinds = [(each.get("type"), each.get("hreflang")) for each in alternates]
        assert kinds
        assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize("formatter", ["atom", "rss"])
def test_a_joined_feed_is_as_small_as_its_entries(formatter):
    entries = [render(formatter, name) for name in CASES]
    document = FEED_FORMATTERS[formatter].join(FEED, entries)
    assert len(document) - sum(map(len, entries)) < 1500
    assert not any(b"xmlns" in each for each in entries)


def test_atom_is_valid_by_the_grammar_of_its_standard():
    grammar = etree.RelaxNG(etree.parse(schema_file("atom", "atom.rng")))
    assert grammar.validate(etree.fromstring(joined("atom"))), grammar.error_log


def test_json_feed_is_valid_by_its_schema():
    check = validator(schema_file("jsonfeed", "jsonfeed-1.1.schema.json"))
    feed = json.loads(joined("json-feed"))
    assert len(feed["items"]) == len(CASES) - 1
    assert list(check.iter_errors(feed)) == []


@pytest.mark.parametrize("name", CASES)
def test_ninjs_is_valid_by_its_schema(name):
    check = validator(schema_file("ninjs", "ninjs-schema_3.1.json"))
    assert list(check.iter_errors(json.loads(render("ninjs", name)))) == []


if __name__ == "__main__":
    for each in FORMATTERS:
        for case in sorted(set(CASES) - HUGE):
            file = golden(each, case)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(readable(render(each, case)))
