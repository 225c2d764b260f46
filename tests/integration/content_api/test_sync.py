# SPDX-License-Identifier: EUPL-1.2
"""Two consumers of the delivery log end with the same store, however they came there."""

import random
import threading
from dataclasses import replace

import orjson
import pytest

from communique.errors import InvalidInput
from communique.events.article import Audience, Kind
from content_api.domain.entitlements import EVERYBODY
from content_api.domain.states import Step
from content_api.ports import Filter
from content_api.store import changes
from content_api.testing.builders import a_document, with_slugs
from content_api.testing.memory import MemoryStore
from content_api.use_cases.publish import release
from content_api.use_cases.read_changes import read_changes
from content_api.use_cases.retract import retract

ALL = EVERYBODY | {Audience.PRESS}
TOPICS = ("mofa:culture", "mofa:maritime", "mofa:trade")


class Consumer:
    """Keeps what it is told to keep; may lose an answer and ask again."""

    def __init__(self, deps, wanted, may=EVERYBODY):
        self.deps, self.wanted, self.may = deps, wanted, may
        self.cursor = None
        self.kept = {}
        self.told = []

    def page(self, limit=3):
        found = read_changes(self.wanted, self.cursor, self.deps, may=self.may, limit=limit)
        for each in found.items:
            self.told.append(each)
            if each.reason is None:
                self.kept[each.article] = each.body
            else:
                self.kept.pop(each.article, None)
        return found

    def catch_up(self, limit=3):
        while True:
            found = self.page(limit)
            self.cursor = found.next
            if not found.more:
                return self


class Newsroom:
    """Makes random changes over a few articles."""

    def __init__(self, desk, chance):
        self.desk, self.chance = desk, chance
        self.live, self.made = {}, 0

    def change(self):
        if len(self.live) < 4 or self.chance.random() < 0.2:
            self.made += 1
            article = self.desk.live(self.document(self.made))
            self.live[article.id] = (article, self.made)
            return
        chosen = self.chance.choice(sorted(self.live))
        article, number = self.live[chosen]
        if self.chance.random() < 0.15:
            notices = {"vi": "Rút."}
            seen = article.draft_number
            retract(chosen, notices, self.desk.deps, caller="publisher", seen=seen)
            del self.live[chosen]
            return
        saved = self.desk.save(article, self.document(number))
        self.live[chosen] = (self.desk.publish(self.desk.approve(saved)), number)

    def document(self, number):
        document = with_slugs(a_document(), str(number))
        return replace(
            document,
            urgency=self.chance.randint(1, 8),
            kind=self.chance.choice((Kind.NEWS, Kind.SPEECH)),
            topics=tuple(self.chance.sample(TOPICS, self.chance.randint(0, 2))),
        )


def drive(desk, seed, changes):
    """Change at random; followers page at random, lose answers, and begin anew."""
    chance = random.Random(seed)
    room = Newsroom(desk, chance)
    filters = [
        Filter(),
        Filter(locale="vi"),
        Filter(locale="en", topic="mofa:maritime"),
        Filter(locale="vi", kind=Kind.SPEECH, topic="mofa:trade"),
    ]
    followers = [Consumer(desk.deps, wanted) for wanted in filters]
    for _ in range(changes):
        room.change()
        for follower in followers:
            if chance.random() < 0.3:
                found = follower.page(chance.randint(1, 4))
                if chance.random() < 0.7:  # else the answer arrived and the cursor was lost
                    follower.cursor = found.next
    for follower in followers:
        follower.catch_up()
        fresh = Consumer(desk.deps, follower.wanted).catch_up(limit=100)
        assert follower.kept == fresh.kept
        assert all(each.reason is None for each in fresh.told)
    return followers


def held_now(deps, wanted):
    """What the list shows, which knows nothing of the log."""
    return {each.article: each.body for each in deps.shelf.page(wanted, None, 10_000).items}


@pytest.fixture(params=["memory", "postgres"])
def either(request):
    if request.param == "memory":
        return request.getfixturevalue("memory_desk")
    return request.getfixturevalue("desk")


@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_follows_ends_where_whoever_begins_does(either, seed):
    for follower in drive(either, seed, 120):
        assert follower.kept == held_now(either.deps, follower.wanted)


def test_after_very_many_changes_the_stores_are_the_same_bytes(desk, request):
    for follower in drive(desk, 4, request.config.getoption("--changes")):
        assert follower.kept == held_now(desk.deps, follower.wanted)
        assert follower.kept


def test_many_changes_of_one_document_are_told_once(either):
    article = either.live(a_document())
    consumer = Consumer(either.deps, Filter(locale="vi")).catch_up()
    for urgency in (1, 2, 3):
        article = either.publish(either.approve(either.save(article, a_document(urgency=urgency))))
    consumer.told.clear()
    consumer.catch_up()
    assert [(each.version, each.reason) for each in consumer.told] == [(4, None)]


def test_an_article_that_leaves_the_filter_by_two_steps_is_dropped_once(either):
    article = either.live(a_document(topics=("mofa:culture",)))
    consumer = Consumer(either.deps, Filter(locale="vi", topic="mofa:culture")).catch_up()
    assert list(consumer.kept) == [article.id]
    for topic in ("mofa:trade", "mofa:maritime"):
        article = either.publish(either.approve(either.save(article, a_document(topics=(topic,)))))
    consumer.told.clear()
    consumer.catch_up()
    assert [each.reason for each in consumer.told] == ["filter"]
    assert consumer.kept == {}


def test_an_article_that_leaves_and_comes_back_is_kept(either):
    article = either.live(a_document(topics=("mofa:culture",)))
    consumer = Consumer(either.deps, Filter(locale="vi", topic="mofa:culture")).catch_up()
    for topic in ("mofa:trade", "mofa:culture"):
        article = either.publish(either.approve(either.save(article, a_document(topics=(topic,)))))
    consumer.catch_up()
    assert [each.reason for each in consumer.told] == [None, None]
    assert orjson.loads(consumer.kept[article.id])["version"] == 3


@pytest.mark.parametrize("locale", ["", "vi"])
def test_a_retraction_is_told_and_a_newcomer_hears_nothing_of_it(either, locale):
    article = either.live(a_document())
    consumer = Consumer(either.deps, Filter(locale=locale)).catch_up()
    retract(article.id, {"vi": "Rút."}, either.deps, caller="publisher", seen=1)
    consumer.catch_up()
    assert [each.reason for each in consumer.told] == [None, "retracted"]
    assert Consumer(either.deps, Filter(locale=locale)).catch_up().told == []


def test_a_retraction_during_the_first_sync_is_told(either):
    articles = [either.live(with_slugs(a_document(), str(each))) for each in range(4)]
    consumer = Consumer(either.deps, Filter(locale="vi"))
    consumer.cursor = consumer.page(2).next
    for article in (articles[0], articles[3]):
        retract(article.id, {"vi": "Rút."}, either.deps, caller="publisher", seen=1)
    consumer.catch_up()
    assert set(consumer.kept) == {articles[1].id, articles[2].id}


def narrow(sql, article, audience, was):
    """Log that an article is for another audience from now on."""
    sql(
        "INSERT INTO content_api.log (position, article_id, locale, version, live, audience, kind,"
        " topics, places, missions, etag, was_live, was_audience, was_kind, was_topics, was_places,"
        " was_missions) SELECT nextval('content_api.published_position'), article_id, locale,"
        " version, true, %s, kind, topics, places, missions, etag, true, %s, kind, topics, places,"
        " missions FROM content_api.published WHERE article_id = %s",
        [audience, was, article],
    )


def test_an_article_that_becomes_one_for_others_is_dropped_by_who_may_not(desk, sql):
    article = desk.live(a_document())
    public, press = (Consumer(desk.deps, Filter(locale="vi"), may) for may in (EVERYBODY, ALL))
    public.catch_up()
    press.catch_up()
    narrow(sql, article.id, "press", "public")
    assert public.catch_up().told[-1].reason == "entitlement"
    assert press.catch_up().told[-1].reason is None
    narrow(sql, article.id, "public", "press")
    assert public.catch_up().kept == press.catch_up().kept != {}


def test_who_loses_an_entitlement_is_told_what_that_took(desk, sql):
    articles = [desk.live(with_slugs(a_document(), str(each))) for each in range(6)]
    for article in articles[:3]:
        narrow(sql, article.id, "press", "public")
    consumer = Consumer(desk.deps, Filter(locale="vi"), ALL).catch_up()
    assert len(consumer.kept) == 6
    consumer.may = EVERYBODY
    consumer.told.clear()
    consumer.catch_up(limit=1)
    assert [each.reason for each in consumer.told] == ["entitlement"] * 3
    assert consumer.kept == Consumer(desk.deps, Filter(locale="vi")).catch_up().kept


@pytest.mark.parametrize("seed", range(6))
def test_entitlements_that_come_and_go_while_articles_change(desk, sql, seed):
    chance = random.Random(seed)
    articles = {}
    consumer = Consumer(desk.deps, Filter(locale="vi"), ALL)
    for step in range(60):
        what = chance.random()
        if what < 0.3 or not articles:
            made = desk.live(with_slugs(a_document(), str(step)))
            articles[made.id] = "public"
        elif what < 0.8:
            chosen = chance.choice(sorted(articles))
            next_one = "press" if articles[chosen] == "public" else "public"
            narrow(sql, chosen, next_one, articles[chosen])
            articles[chosen] = next_one
        if chance.random() < 0.2:
            consumer.may = EVERYBODY if consumer.may == ALL else ALL
        if chance.random() < 0.5:
            consumer.cursor = consumer.page(chance.randint(1, 3)).next
    consumer.catch_up()
    assert consumer.kept == Consumer(desk.deps, Filter(locale="vi"), consumer.may).catch_up().kept


def test_a_writer_that_commits_late_is_never_stepped_over(service, desk):
    slow, fast = (desk.approved(with_slugs(a_document(), str(number))) for number in range(2))
    consumer = Consumer(desk.deps, Filter(locale="vi"))
    with service.deps.unit_of_work() as unit:
        release(unit, slow, with_slugs(a_document(), "0"), step=Step.PUBLISH, caller="x")
        other = threading.Thread(target=desk.publish, args=[fast])
        other.start()
        other.join(timeout=0.3)
        assert consumer.catch_up().kept == {}
    other.join(timeout=10)
    assert set(consumer.catch_up().kept) == {slow.id, fast.id}


def test_many_writers_at_once_and_a_reader_that_never_rests(desk):
    ready = [desk.approved(with_slugs(a_document(), str(number))) for number in range(24)]
    consumer = Consumer(desk.deps, Filter(locale="en"))
    writers = [
        threading.Thread(target=lambda mine=ready[each::4]: [desk.publish(one) for one in mine])
        for each in range(4)
    ]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        consumer.catch_up()
    consumer.catch_up()
    assert set(consumer.kept) == {article.id for article in ready}
    assert len(consumer.told) == len(ready)


def test_a_cursor_from_before_a_restore_is_refused(desk):
    other = MemoryStore()
    ahead = Consumer(desk.deps, Filter(locale="vi"))
    desk.live(a_document())
    ahead.catch_up()
    with pytest.raises(InvalidInput) as refusal:
        read_changes(Filter(locale="vi"), ahead.cursor, other.deps(), may=EVERYBODY, limit=1)
    assert "Ahead" in refusal.value.errors["cursor"][0]


def test_the_log_only_grows(desk, sql):
    desk.live(a_document())
    for change in ("UPDATE content_api.log SET version = 9", "DELETE FROM content_api.log"):
        with pytest.raises(Exception, match="only grows"):
            sql(change)


def test_the_first_page_is_read_along_the_index(desk, sql, service):
    for number in range(3):
        desk.live(with_slugs(a_document(), str(number)))
    sql("SET enable_seqscan = off")
    query = changes._query(Filter(locale="vi", topic="mofa:culture")).as_string(None)
    values = {
        "locale": "vi",
        "position": 0,
        "start": None,
        "known": 0,
        "may": ["public"],
        "held": ["public"],
        "ever": ["public"],
        "topic": "mofa:culture",
        "limit": 2,
    }
    plan = "\n".join(row[0] for row in sql("EXPLAIN " + query, values).fetchall())
    assert "ix_log_follow" in plan
    assert "ix_log_document" in plan
    assert "Seq Scan" not in plan
