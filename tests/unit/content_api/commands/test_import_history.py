# SPDX-License-Identifier: EUPL-1.2
"""What another system has published comes in as it was, once, and is told as replayed."""

import argparse
from pathlib import Path

import orjson
import pytest

from communique.events.article import Embed, Heading, ListBlock, Paragraph, Quote, Table
from communique.events.envelope import EventType
from content_api.commands.import_history import add_import_command
from content_api.domain.states import State
from content_api.testing.memory import MemoryStore

SAMPLES = Path(__file__).parents[3] / "samples" / "imports"


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def run(store, tmp_path):
    """Run the command on a sample; return its status and what it reported."""

    def command(form, path, *more, mapping=SAMPLES / "mapping.yaml"):
        parser = argparse.ArgumentParser()
        add_import_command(parser.add_subparsers(), store.deps)
        report = tmp_path / "report.json"
        arguments = ["import", form, str(SAMPLES / path), "--mapping", str(mapping)]
        given = parser.parse_args([*arguments, "--report", str(report), *more])
        return given.run(given), orjson.loads(report.read_bytes()) if report.exists() else None

    return command


def articles(store):
    """Return what was announced, by title."""
    found = {}
    for kind, article in store.tables.outbox:
        assert kind is EventType.ARTICLE_REPLAYED
        (text,) = article.locales.values()
        found[text.title] = article
    return found


@pytest.mark.parametrize(
    ("form", "path", "status", "counts"),
    [
        ("ninjs", "ninjs-1.json", 0, {"imported": 1}),
        ("ninjs", "ninjs-2.json", 1, {"imported": 1, "left out": 1, "refused": 1}),
        ("ninjs", "ninjs-3.ndjson", 1, {"imported": 1, "refused": 1}),
        ("feed", "feed.rss", 1, {"imported": 1, "refused": 1}),
        ("feed", "feed.atom", 1, {"imported": 1, "refused": 1}),
        ("wxr", "wordpress.xml", 1, {"imported": 2, "left out": 1, "refused": 1}),
        ("markdown", "pages", 1, {"imported": 1, "refused": 2}),
    ],
)
def test_every_format_comes_in(run, store, form, path, status, counts):
    assert run(form, path)[0] == status
    assert len(articles(store)) == counts["imported"]
    again, report = run(form, path)
    known = {**counts, "known": counts["imported"]}
    del known["imported"]
    assert (again, report["counts"]) == (status, known)
    assert len(store.tables.outbox) == counts["imported"]


def test_an_article_keeps_its_words_and_dates(run, store):
    run("feed", "feed.rss")
    article = articles(store)["Tuyên bố về an toàn trên biển"]
    text = article.locales["vi"]
    assert (article.kind, article.topics, article.byline) == ("statement", ("mofa:maritime",), None)
    assert article.first_published_at.isoformat() == "2020-03-02T02:30:00+00:00"
    assert (text.slug, text.summary) == ("tuyen-bo-an-toan-tren-bien", "Tóm tắt & ngắn.")
    assert text.body == (
        Paragraph("Đoạn <strong>một</strong>."),
        Quote("Lời nói.", "Người Phát ngôn"),
    )


def test_words_of_the_source_become_ours(run, store):
    run("feed", "feed.atom")
    article = articles(store)["Concert at the embassy"]
    assert (article.topics, article.missions, article.places) == (
        ("mofa:culture",),
        ("embassy-paris",),
        ("FR",),
    )
    assert article.published_at > article.first_published_at
    assert article.byline == "Press office"


def test_a_wordpress_post_comes_in_whole(run, store):
    run("wxr", "wordpress.xml")
    text = articles(store)["Hội thảo văn hoá"].locales["vi"]
    assert text.body == (
        Paragraph("Đoạn một."),
        Table((("Ngày", "Việc"),), (), "Lịch"),
        Embed("https://video.example.org/w/1"),
    )


def test_a_page_of_markdown_comes_in_whole(run, store):
    run("markdown", "pages")
    text = articles(store)["Hợp tác cứu nạn trên biển"].locales["vi"]
    assert text.body == (
        Heading(2, "Diễn tập"),
        Paragraph("Ba nước <em>cùng</em> diễn tập."),
        ListBlock(("Tìm", "Cứu"), ordered=True),
        Embed("https://video.example.org/w/2"),
    )


def test_what_was_not_understood_is_listed(run):
    _, report = run("ninjs", "ninjs-3.ndjson")
    item, made = report["items"]
    assert made["notes"] == ["its address is made from its title: statement-on-safety-at-sea"]
    assert item["reasons"] == [
        "languages does not say what 'de' is",
        "categories does not say what 'Sport' is",
    ]
    _, report = run("feed", "feed.rss")
    reasons = [reason for each in report["items"] for reason in each["reasons"]]
    assert any("unknown.jpg" in reason for reason in reasons)
    assert any("<u>" in reason for reason in reasons)


def test_an_imported_article_is_live_and_can_be_edited(run, store):
    run("ninjs", "ninjs-1.json")
    (article,) = store.tables.articles.values()
    assert (article.state, article.version, article.published) == (State.LIVE, 1, True)
    assert [line[1] for line in store.tables.audit] == ["import"]


def test_a_dry_run_keeps_nothing_and_says_the_same(run, store):
    status, report = run("wxr", "wordpress.xml", "--dry-run")
    assert (status, report["counts"]["imported"], report["dry_run"]) == (1, 2, True)
    assert store.tables.articles == store.tables.imported == {}
    assert store.tables.outbox == []


def test_what_has_changed_at_its_source_is_told(run, store, tmp_path):
    run("ninjs", "ninjs-1.json")
    changed = tmp_path / "changed.json"
    text = (SAMPLES / "ninjs-1.json").read_text().replace("twelve", "thirteen")
    changed.write_text(text)
    status, report = run("ninjs", changed)
    assert (status, report["counts"]) == (1, {"refused": 1})
    assert "has changed at its source" in report["items"][0]["reasons"][0]
    assert len(store.tables.outbox) == 1


def test_an_address_that_is_taken_refuses_that_item_alone(run, store, tmp_path):
    item = orjson.loads((SAMPLES / "ninjs-1.json").read_bytes())
    both = [item, {**item, "uri": "urn:old:other"}, {**item, "uri": "urn:x", "slugline": "free"}]
    file = tmp_path / "both.json"
    file.write_bytes(orjson.dumps(both))
    status, report = run("ninjs", file)
    assert (status, report["counts"]) == (1, {"imported": 2, "refused": 1})
    assert report["items"][0]["reasons"] == ["/locales/en/slug: Belongs to another article."]
    assert len(store.tables.articles) == len(store.tables.imported) == 2


def test_an_item_that_stands_twice_is_told(run, tmp_path):
    item = orjson.loads((SAMPLES / "ninjs-1.json").read_bytes())
    file = tmp_path / "twice.json"
    file.write_bytes(orjson.dumps([item, item]))
    assert run("ninjs", file)[1]["counts"] == {"imported": 1, "refused": 1}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"headline": ""}, "/locales/en/title"),
        ({"headline": "a" * 301}, "/locales/en/title"),
        ({"slugline": "Đường dẫn mới"}, None),
        ({"headline": "文化周", "slugline": ""}, "no address can be made"),
        ({"language": ""}, "languages does not say"),
        ({"keywords": ["a" * 101]}, "/locales/en/keywords/0"),
        ({"body_xhtml": "<script>a</script>"}, "<script>"),
    ],
)
def test_a_wrong_field_is_named(run, store, tmp_path, change, says):
    item = orjson.loads((SAMPLES / "ninjs-1.json").read_bytes())
    file = tmp_path / "item.json"
    file.write_bytes(orjson.dumps({**item, **change}))
    status, report = run("ninjs", file)
    if says is None:
        assert status == 0
        assert report["items"][0]["notes"] == ["its address is made from its slug: duong-dan-moi"]
        return
    assert status == 1
    assert says in report["items"][0]["reasons"][0]
    assert store.tables.articles == {}


@pytest.mark.parametrize(
    "mapping",
    ["", "source: a", "- a", "a: b", "source: a\nkind: news\nlanguages: [vi]", "x: &a b\ny: *a"],
)
def test_a_mapping_that_says_too_little_or_too_much_is_refused(run, tmp_path, mapping, capsys):
    file = tmp_path / "mapping.yaml"
    file.write_text(mapping)
    assert run("ninjs", "ninjs-1.json", mapping=file) == (2, None)
    assert "the mapping file" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["nothing.json", "empty"])
def test_what_is_not_there_is_told(run, tmp_path, path, capsys):
    (tmp_path / "empty").mkdir()
    assert run("ninjs", tmp_path / path) == (2, None)
    assert capsys.readouterr().err


def test_a_broken_file_in_a_folder_is_one_problem(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text("{")
    (tmp_path / "in" / "b.json").write_bytes((SAMPLES / "ninjs-1.json").read_bytes())
    status, report = run("ninjs", tmp_path / "in")
    assert (status, report["counts"]) == (1, {"imported": 1, "refused": 1})
