# SPDX-License-Identifier: EUPL-1.2
"""Search on PostgreSQL, and what of it the store in memory does the same."""

import random
from dataclasses import replace

import pytest

from communique.errors import InvalidInput
from communique.events.article import Kind, Paragraph
from content_api.domain.search_query import read_query
from content_api.ports import Filter
from content_api.store import search, search_index
from content_api.testing.builders import MOMENT, a_document, a_localization
from content_api.use_cases.retract import retract
from content_api.use_cases.search_articles import search_articles

LETTERS = "abcdefghijklmnop"


@pytest.fixture(params=["memory", "postgres"])
def either(request):
    return request.getfixturevalue("memory_desk" if request.param == "memory" else "desk")


def text(number, title, summary=None, body="Không có gì."):
    return a_localization(title=title, slug=f"a-{number}", summary=summary, body=(Paragraph(body),))


def publish(desk, number, locale, *words, **changes):
    document = a_document(source_locale=locale, locales={locale: text(number, *words)}, **changes)
    return desk.live(document).id


def find(desk, words, locale="vi", **wanted):
    hits = search_articles(words, Filter(locale=locale, **wanted), desk.deps, after=None, limit=20)
    return [hit.found.article for hit in hits.items]


@pytest.mark.parametrize(
    "words", ["Biển Đông", "bien dong", "BIEN DONG", "biển dong", '"Biển Đông"', "đông biển"]
)
def test_vietnamese_is_found_with_and_without_diacritics(either, words):
    made = publish(either, 1, "vi", "Hội thảo về Biển Đông")
    publish(either, 2, "vi", "Hội thảo về thương mại")
    assert find(either, words) == [made]


def test_what_has_the_same_diacritics_comes_first(either):
    marked = publish(either, 1, "vi", "Lễ hội của làng")
    bare = publish(either, 2, "vi", "Le hoi cua lang")
    other = publish(either, 3, "vi", "Lê hồi cưa láng")
    assert find(either, "lễ hội")[0] == marked
    assert find(either, "le hoi")[0] == bare
    assert set(find(either, "le hoi")) == {marked, bare, other}


def test_title_counts_more_than_summary_and_summary_more_than_body(either):
    often = "hoà bình " * 200
    body = publish(either, 1, "vi", "Một", "Hai", often)
    summary = publish(either, 2, "vi", "Một", "Vì hoà bình", "Ba")
    title = publish(either, 3, "vi", "Vì hoà bình", "Hai", "Ba")
    assert find(either, "hoà bình") == [title, summary, body]


def test_phrases_beginnings_and_what_must_not_be_there(either):
    first = publish(either, 1, "vi", "Đại sứ quán tại Paris")
    second = publish(either, 2, "vi", "Quán của đại sứ")
    assert find(either, '"đại sứ quán"') == [first]
    assert set(find(either, "qu* đại")) == {first, second}
    assert find(either, "quán -paris") == [second]
    assert find(either, "pari") == []
    assert find(either, "pari*") == [first]


@pytest.mark.parametrize(
    ("locale", "title", "words"),
    [
        ("en", "Ministers discussed cooperation", "minister discussing"),
        ("fr", "Les ambassadrices réunies à Genève", "ambassadrice geneve"),
        ("es", "Las naciones firmaron el tratado de extradición", "nación firmar extradicion"),
        ("ru", "Переговоры министров", "переговорах министра"),
        ("ar", "العلاقات الثنائية بين البلدين", "علاقة ثنائية"),
        ("km", "ព្រះរាជាណាចក្រកម្ពុជា", "ព្រះរាជាណាចក្រកម្ពុជា"),
    ],
)
def test_each_language_by_its_own_stems(desk, locale, title, words):
    made = publish(desk, 1, locale, title)
    assert find(desk, words, locale) == [made]
    assert find(desk, words, "vi") == []


@pytest.mark.parametrize(
    "words", ["南海", "海问", "问题", "海", "题", "南海问题", "会谈 南海", "APEC"]
)
def test_chinese_is_found_by_any_part(either, words):
    made = publish(either, 1, "zh-Hans", "关于南海问题的声明", None, "双方举行会谈,APEC 峰会。")
    publish(either, 2, "zh-Hans", "经济合作", None, "贸易。")
    assert find(either, words, "zh-Hans") == [made]


@pytest.mark.parametrize("words", ["南问", "题南", "海南"])
def test_chinese_is_not_found_by_what_does_not_stand_together(either, words):
    publish(either, 1, "zh-Hans", "关于南海问题的声明")
    assert find(either, words, "zh-Hans") == []


def test_finds_are_marked_and_everything_else_is_text(either):
    publish(either, 1, "vi", "Lễ hội & <b>hoa</b>", "Về lễ hội", "Tại <em>lễ</em> hội &lt;i&gt;.")
    publish(either, 2, "zh-Hans", "南海问题", "声明", "关于南海的<em>声</em>明")
    hit = search_articles("le hoi", Filter("vi"), either.deps, after=None, limit=1).items[0]
    assert hit.highlight["title"].startswith("<mark>Lễ</mark> <mark>hội</mark> &amp; ")
    assert "<b>" not in hit.highlight["title"]
    assert hit.highlight["summary"] == "Về <mark>lễ</mark> <mark>hội</mark>"
    assert "<mark>lễ</mark> <mark>hội</mark>" in hit.highlight["body"]
    assert "<i>" not in hit.highlight["body"]
    hit = search_articles("南海", Filter("zh-Hans"), either.deps, after=None, limit=1).items[0]
    assert hit.highlight == {
        "title": "<mark>南海</mark>问题",
        "body": "关于<mark>南海</mark>的声明",
    }


def test_what_is_not_live_is_never_found(either):
    until = MOMENT.replace(year=2100)
    draft = a_document(locales={"vi": text(1, "Bí mật một")})
    either.create(draft)
    either.approved(replace(draft, locales={"vi": text(2, "Bí mật hai")}))
    embargoed = replace(draft, locales={"vi": text(3, "Bí mật ba")}, embargo_until=until)
    either.publish(either.approved(embargoed))
    gone = either.live(replace(draft, locales={"vi": text(4, "Bí mật bốn")}))
    assert find(either, "bí mật") == [gone.id]
    retract(gone.id, {"vi": "Rút."}, either.deps, caller="publisher", seen=1)
    assert find(either, "bí mật") == []


def test_what_was_changed_is_found_by_its_present_words(either):
    draft = a_document(locales={"vi": text(1, "Bản trước")})
    article = either.live(draft)
    changed = replace(draft, locales={"vi": text(1, "Bản sau")})
    either.publish(either.approve(either.save(article, changed)))
    assert find(either, "trước") == []
    assert find(either, "sau") == [article.id]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": Kind.NEWS}, True),
        ({"kind": Kind.SPEECH}, False),
        ({"topic": "mofa:culture"}, True),
        ({"topic": "mofa:trade"}, False),
        ({"place": "VN"}, True),
        ({"mission": "embassy-tokyo"}, False),
        ({"since": MOMENT.replace(year=2100)}, False),
        ({"until": MOMENT.replace(year=2100)}, True),
    ],
)
def test_a_search_is_filtered(either, wanted, found):
    publish(either, 1, "vi", "Tuần lễ")
    assert bool(find(either, "tuần lễ", **wanted)) is found


def test_pages_of_finds_meet_without_gap(either):
    made = [publish(either, number, "vi", f"Hội nghị {number % 3}") for number in range(7)]
    wanted, seen, after = Filter("vi"), [], None
    while True:
        hits = search_articles("hội nghị", wanted, either.deps, after=after, limit=2)
        seen += [hit.found.article for hit in hits.items]
        after = hits.next
        if after is None:
            break
    assert seen == find(either, "hội nghị")
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("words", ["-a", "...", '""', "* *", " ".join("abcdefghijklm")])
def test_a_search_for_nothing_or_too_much_is_refused(either, words):
    with pytest.raises(InvalidInput):
        find(either, words)


def test_no_text_breaks_a_search(desk):
    publish(desk, 1, "vi", "Một")
    chance = random.Random(1)
    for _ in range(300):
        words = "a" + "".join(chance.choices("ab'\\\"*:&|!<>()%-~ \tñ海́{}$", k=12))
        assert find(desk, words) == []
        find(desk, words, "zh-Hans")
        find(desk, words, "en")


def publish_long(desk, number, locale, paragraphs):
    body = tuple(map(Paragraph, paragraphs))
    locales = {locale: replace(text(number, "1"), body=body)}
    return desk.live(a_document(source_locale=locale, locales=locales)).id


def test_a_very_long_text_is_published_and_found_by_its_beginning(desk):
    chance = random.Random(1)
    words = [
        " ".join("".join(chance.choices(LETTERS, k=9)) for _ in range(1_500)) for _ in "abcdef"
    ]
    made = publish_long(desk, 1, "en", ["zebra", *words])
    script = ["".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(15_000)) for _ in "abcd"]
    other = publish_long(desk, 2, "zh-Hans", ["斑马", *script])
    assert find(desk, "zebra", "en") == [made]
    assert find(desk, "斑马", "zh-Hans") == [other]


def test_everything_can_be_indexed_again(desk, service, sql):
    made = publish(desk, 1, "vi", "Tuần lễ")
    sql("TRUNCATE content_api.search")
    assert find(desk, "tuần") == []
    with service.engine.begin() as connection:
        assert search_index.index_all(connection) == 1
    assert find(desk, "tuần") == [made]


#: Two thousand more articles, each with words of its own.
MANY = (
    (
        "INSERT INTO content_api.articles SELECT (jsonb_populate_record(a, jsonb_build_object('id',"
        " gen_random_uuid()))).* FROM (SELECT a FROM content_api.articles a LIMIT 1) one(a),"
        " generate_series(1, 2000)"
    ),
    (
        "INSERT INTO content_api.published SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'article_id', a.id, 'slug', a.id))).* FROM (SELECT p FROM content_api.published p"
        " WHERE locale = 'vi' LIMIT 1) one(p), content_api.articles a ON CONFLICT DO NOTHING"
    ),
    (
        "INSERT INTO content_api.search SELECT article_id, locale, first_published_at,"
        " to_tsvector('simple', article_id::text), '' FROM content_api.published"
        " WHERE locale = 'vi' ON CONFLICT DO NOTHING"
    ),
    "VACUUM ANALYZE content_api.search, content_api.published",
)


def test_words_are_found_through_the_index(desk, sql):
    for number in range(3):
        publish(desk, number, "vi", f"Hội nghị {number}")
    query, wanted = read_query("hoi nghi", "vi"), Filter("vi")
    for statement in MANY:
        sql(statement)
    asked = search.statement(query, wanted, None).as_string(None)
    values = search.values_of(query, wanted, None, 20)
    plan = "\n".join(row[0] for row in sql("EXPLAIN " + asked, values).fetchall())
    assert "Bitmap Index Scan on ix_search_folded" in plan
    assert "Seq Scan" not in plan


def test_the_newest_of_many_finds_are_ranked(desk, monkeypatch):
    monkeypatch.setattr(search, "MOST_RANKED", 2)
    made = [publish(desk, number, "vi", f"Hội nghị {number}") for number in range(4)]
    assert set(find(desk, "hội nghị")) == set(made[2:])
