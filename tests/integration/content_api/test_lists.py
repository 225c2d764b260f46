# SPDX-License-Identifier: EUPL-1.2
"""Lists: the store in memory and the one on PostgreSQL give the same for every selection."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from communique.events.article import Audience, Kind, Speaker
from content_api.domain.finished import WHOLE
from content_api.domain.selection import Order, Selection
from content_api.store import lists
from content_api.testing.builders import a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.retract import retract

DOCUMENTS = (
    a_document(urgency=1, topics=("mofa:culture", "mofa:maritime"), places=("VN", "FR")),
    a_document(kind=Kind.SPEECH, places=("VN-HN",), missions=("embassy-tokyo",)),
    a_document(
        kind=Kind.STATEMENT,
        audience=Audience.PRESS,
        speaker=Speaker({"vi": "Minister, Foreign Affairs", "en": "Minister"}),
    ),
    a_document(topics=(), places=(), missions=(), speaker=Speaker({"vi": "Người Phát ngôn"})),
    a_document(kind=Kind.SPEECH, topics=("mofa:maritime",), urgency=8),
)


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


@pytest.fixture
def made(deps):
    """Ids of live articles in the order of DOCUMENTS; the first has been updated since."""
    desk = Desk(deps)
    articles = []
    for number, document in enumerate(DOCUMENTS):
        if hasattr(deps.lists, "_database"):
            deps.lists._database.pass_time(timedelta(seconds=1))
        articles.append(desk.live(with_slugs(document, str(number))))
    gone = desk.live(with_slugs(DOCUMENTS[0], "gone"))
    retract(gone.id, {"vi": "Rút."}, deps, caller="publisher", seen=1)
    if hasattr(deps.lists, "_database"):
        deps.lists._database.pass_time(timedelta(seconds=1))
    ready = desk.approve(desk.save(articles[0], with_slugs(DOCUMENTS[0], "again")))
    desk.publish(ready)
    return [article.id for article in articles]


def numbers(deps, made, **wanted):
    found = deps.lists.page(Selection(**wanted), None, 100).items
    return [made.index(each.article) for each in found]


@pytest.mark.parametrize("locale", ["vi", WHOLE])
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [4, 3, 2, 1, 0]),
        ({"kind": (Kind.SPEECH,)}, [4, 1]),
        ({"kind": (Kind.SPEECH, Kind.STATEMENT)}, [4, 2, 1]),
        ({"topic": ("mofa:maritime",)}, [4, 0]),
        ({"topic": ("mofa:maritime", "mofa:culture")}, [4, 2, 1, 0]),
        ({"topic": ("mofa:x",)}, []),
        ({"place": ("VN-HN", "FR")}, [1, 0]),
        ({"mission": ("embassy-tokyo",)}, [1]),
        ({"office": ("Minister, Foreign Affairs",)}, [2]),
        ({"office": ("Người Phát ngôn", "Minister, Foreign Affairs")}, [3, 2]),
        ({"urgency": (1, 8)}, [4, 0]),
        ({"audience": (Audience.PRESS,)}, [2]),
        ({"audience": (Audience.PUBLIC,), "kind": (Kind.SPEECH,), "urgency": (5,)}, [1]),
        ({"topic": ("mofa:maritime",), "kind": (Kind.NEWS,), "place": ("FR", "IN")}, [0]),
        ({"topic": ("mofa:maritime",), "mission": ("embassy-tokyo",)}, []),
        ({"order": Order.OLDEST}, [0, 1, 2, 3, 4]),
        ({"order": Order.UPDATED}, [0, 4, 3, 2, 1]),
        ({"order": Order.LEAST_RECENT, "topic": ("mofa:maritime",)}, [4, 0]),
    ],
)
def test_each_selection(deps, made, locale, wanted, found):
    assert numbers(deps, made, locale=locale, **wanted) == found


def test_a_language_there_is_not(deps, made):
    assert numbers(deps, made, locale="ja", kind=(Kind.NEWS,)) == []


@pytest.mark.parametrize("leading", [{}, {"topic": ("mofa:culture", "mofa:maritime")}])
def test_by_moments(deps, made, leading):
    first, *_, last = reversed(deps.lists.page(Selection(locale="vi", **leading), None, 9).items)
    since = {"since": first.first_published_at + timedelta(microseconds=1)}
    assert 0 not in numbers(deps, made, locale="vi", **leading, **since)
    until = {"until": last.first_published_at}
    assert 4 not in numbers(deps, made, locale="vi", **leading, **until)
    [updated] = [
        each
        for each in deps.lists.page(Selection(locale="vi"), None, 9).items
        if each.article == made[0]
    ]
    assert numbers(deps, made, locale="vi", **leading, updated_since=updated.published_at) == [0]
    assert 0 not in numbers(deps, made, locale="vi", **leading, updated_until=updated.published_at)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(
    "wanted", [{}, {"place": ("VN", "FR", "VN-HN")}, {"kind": (Kind.SPEECH, Kind.NEWS)}]
)
def test_pages_meet_without_gap(deps, made, order, wanted):
    selection = Selection(locale="en", order=order, **wanted)
    whole = [each.article for each in deps.lists.page(selection, None, 100).items]
    seen, after = [], None
    while True:
        page = deps.lists.page(selection, after, 1)
        seen += [each.article for each in page.items]
        after = page.next
        if after is None:
            break
    assert seen == whole
    assert len(whole) == len(set(whole)) >= 4


def test_what_is_linked(deps, made):
    found = deps.lists.linked(made[:2], ["vi", WHOLE])
    assert {(each.article, each.locale) for each in found} == {
        (article, locale) for article in made[:2] for locale in ("vi", WHOLE)
    }
    assert list(deps.lists.linked([], ["vi"])) == []


def test_facets_are_those_of_what_is_live(service, sql):
    desk = Desk(service.deps)
    article = desk.live(a_document())
    kept = "SELECT locale, facet, published_at FROM content_api.facets ORDER BY 1, 2"
    first = sql(kept).fetchall()
    assert {facet for _, facet, _ in first} == {
        "kind:news",
        "topic:mofa:culture",
        "place:VN",
        "mission:embassy-paris",
    }
    assert len(first) == 12
    changed = replace(a_document(), topics=("mofa:x",))
    desk.publish(desk.approve(desk.save(article, changed)))
    second = sql(kept).fetchall()
    assert len(second) == 12
    assert ("vi", "topic:mofa:x") in {(locale, facet) for locale, facet, _ in second}
    assert all(new[2] > first[0][2] for new in second)
    sql("UPDATE content_api.published SET kind = 'speech' WHERE locale = 'vi'")
    kinds = "SELECT facet FROM content_api.facets WHERE locale = 'vi' AND facet LIKE 'kind:%'"
    assert sql(kinds).fetchall() == [("kind:speech",)]
    retract(article.id, {"vi": "Rút."}, service.deps, caller="publisher", seen=2)
    assert sql(kept).fetchall() == []


def test_a_filtered_page_walks_an_index_however_many_there_are(service, sql):
    """Among 20,000 documents a page of any single filter reads a page's worth of rows."""
    article = Desk(service.deps).live(a_document())
    sql(
        "INSERT INTO content_api.articles SELECT (a).* FROM (SELECT jsonb_populate_record(a,"
        " jsonb_build_object('id', uuidv7())) AS a FROM content_api.articles a,"
        " generate_series(1, 20000)) every"
    )
    sql(
        "INSERT INTO content_api.published SELECT p.* FROM content_api.articles a, LATERAL"
        " (SELECT (jsonb_populate_record(o, jsonb_build_object('article_id', a.id,"
        " 'topics', ARRAY['mofa:t' || (hashtext(a.id::text) & 63)],"
        " 'first_published_at', o.first_published_at - random() * interval '900 days'))).*"
        " FROM content_api.published o WHERE o.article_id = %s AND o.locale = 'vi') p"
        " WHERE a.id <> %s",
        [article.id, article.id],
    )
    sql("ANALYZE content_api.published")
    sql("ANALYZE content_api.facets")
    for wanted in combinations(
        [{"kind": (Kind.NEWS,)}, {"topic": ("mofa:t7", "mofa:t9")}, {"order": Order.OLDEST}], 2
    ):
        query, values = lists._query(Selection(locale="vi", **wanted[0], **wanted[1]), None)
        plan = sql(b"EXPLAIN (ANALYZE, FORMAT JSON) " + query.as_bytes(), {**values, "limit": 21})
        rows = _rows(plan.fetchone()[0][0]["Plan"])
        assert rows <= 100, (wanted, rows)


def _rows(plan):
    """Return the most rows that any step of a plan gave."""
    own = plan["Actual Rows"] * plan["Actual Loops"]
    return max([own, *(_rows(each) for each in plan.get("Plans", ()))])
