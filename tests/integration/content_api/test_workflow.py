# SPDX-License-Identifier: EUPL-1.2
"""Reviews, work, comments, locks, authority and the audit: on both stores, and raced for."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from communique.events.article import Kind
from communique.ids import new_id
from content_api.domain.assignment import Assignment
from content_api.domain.authority import Action, AuthorityRule, Power
from content_api.domain.comment import Anchor, Comment
from content_api.domain.desk_article import Draft
from content_api.domain.errors import Stale
from content_api.domain.locks import Lock, LockHeld
from content_api.domain.review import ReviewAction, ReviewEvent, ReviewState
from content_api.domain.roles import Person, Role
from content_api.testing.builders import MOMENT, a_desk_article, a_document
from content_api.testing.memory import MemoryStore
from content_api.use_cases.assign import my_work
from content_api.use_cases.authorise import authorise
from content_api.use_cases.compare import compare_drafts, compare_versions
from content_api.use_cases.lock_text import list_locks, lock_text, steal_lock
from content_api.use_cases.read_audit import read_audit
from content_api.use_cases.review_draft import read_review, send_back, submit
from content_api.use_cases.save_draft import restore_draft, save_draft

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


@pytest.fixture
def article(deps):
    """The id of an article that is in the store."""
    made = a_desk_article()
    with deps.unit_of_work() as unit:
        assert unit.articles.add(made)
    return made.id


def test_reviews_come_back_in_order_and_open_ones_are_found(deps, article):
    events = [
        ReviewEvent(article, ReviewAction.SUBMIT, 1, "author", MOMENT, "Please"),
        ReviewEvent(article, ReviewAction.SEND_BACK, 1, "editor", MOMENT, "No", "author"),
    ]
    with deps.unit_of_work() as unit:
        unit.reviews.add(events[0])
        assert unit.reviews.open(10) == events[:1]
        unit.reviews.add(events[1])
    with deps.unit_of_work() as unit:
        assert unit.reviews.of(article) == events
        assert unit.reviews.of(new_id()) == []
        assert unit.reviews.open(10) == events[1:]
        unit.articles.save(replace(unit.articles.get(article), draft_number=2))
        assert unit.reviews.open(10) == []
        unit.articles.save(replace(unit.articles.get(article), draft_number=1, approved_draft=1))
        assert unit.reviews.open(10) == []


def test_work_comes_back_and_what_is_due_first_comes_first(deps, article):
    def task(due_at):
        return Assignment(
            new_id(), article, "author", Role.TRANSLATOR, "editor", MOMENT, "fr", due_at, "Soon"
        )

    never, later, soon = task(None), task(MOMENT + 2 * MINUTE), task(MOMENT + MINUTE)
    with deps.unit_of_work() as unit:
        for each in (never, later, soon):
            unit.assignments.add(each)
    with deps.unit_of_work() as unit:
        assert unit.assignments.find(soon.id) == soon
        assert unit.assignments.find(new_id()) is None
        assert unit.assignments.of(article) == [never, later, soon]
        assert unit.assignments.open_for("author", 10) == [soon, later, never]
        assert unit.assignments.open_for("author", 1) == [soon]
        assert unit.assignments.open_for("editor", 10) == []
        ended = replace(soon, ended_at=MOMENT, ended_by="author", done=True)
        unit.assignments.save(ended)
    with deps.unit_of_work() as unit:
        assert unit.assignments.find(soon.id) == ended
        assert unit.assignments.open_for("author", 10) == [later, never]


def test_comments_come_back_with_their_anchors(deps, article):
    anchor = Anchor("vi", 1, 0, None, "chữ", "0" * 64, "Một chữ")
    first = Comment(new_id(), article, "editor", MOMENT, "Vì sao?", anchor=anchor)
    answer = Comment(new_id(), article, "author", MOMENT, "Vì thế.", thread=first.id)
    with deps.unit_of_work() as unit:
        unit.comments.add(first)
        unit.comments.add(answer)
    resolved = replace(first, resolved_at=MOMENT, resolved_by="editor")
    with deps.unit_of_work() as unit:
        assert unit.comments.of(article) == [first, answer]
        unit.comments.save(resolved)
    with deps.unit_of_work() as unit:
        assert unit.comments.find(first.id) == resolved
        assert unit.comments.find(new_id()) is None


def test_locks_take_each_others_place(deps, article):
    lock = Lock(article, "vi", "author", MOMENT, MOMENT + MINUTE)
    other = replace(lock, holder="editor")
    whole = replace(lock, locale="")
    with deps.unit_of_work() as unit:
        for each in (lock, whole, other):
            unit.locks.put(each)
    with deps.unit_of_work() as unit:
        assert unit.locks.of(article) == [whole, other]
        assert unit.locks.held_by("author") == [whole]
        unit.locks.remove(whole)
        unit.locks.remove(replace(whole, locale="fr"))
        assert unit.locks.of(article) == [other]


def test_rules_come_back_and_ended_ones_are_kept(deps):
    rule = AuthorityRule(
        new_id(),
        Power.APPROVE,
        (Role.EDITOR,),
        ("spokesperson",),
        "admin",
        MOMENT,
        Kind.STATEMENT,
        "mofa:maritime",
        "VN",
        "Order 5",
    )
    plain = AuthorityRule(new_id(), Power.RELEASE, (), ("a",), "admin", MOMENT)
    with deps.unit_of_work() as unit:
        unit.authority.add(rule)
        unit.authority.add(plain)
    ended = replace(rule, ended_by="admin", ended_at=MOMENT)
    with deps.unit_of_work() as unit:
        assert unit.authority.list() == [rule, plain]
        assert unit.authority.lock(rule.id) == rule
        assert unit.authority.lock(new_id()) is None
        unit.authority.save(ended)
    with deps.unit_of_work() as unit:
        assert unit.authority.list() == [plain]
        assert unit.authority.list(ended=True) == [ended, plain]


def test_drafts_and_the_audit_are_paged(deps, article):
    with deps.unit_of_work() as unit:
        drafts = [
            replace(_draft(article, number), change_note=f"Note {number}", restored_from=1)
            for number in (1, 2, 3)
        ]
        for draft in drafts:
            unit.drafts.add(draft)
            unit.audit.add("author", "save", article, {"draft": draft.number})
        unit.audit.add("author", "save", new_id(), {})
    with deps.unit_of_work() as unit:
        assert unit.drafts.page(article, None, 2) == [drafts[2], drafts[1]]
        assert unit.drafts.page(article, 2, 2) == [drafts[0]]
        assert unit.drafts.find(article, 2) == drafts[1]
        assert unit.drafts.find(article, 4) is None
        first = unit.audit.page(article, None, 2)
        rest = unit.audit.page(article, first[-1].position, 2)
    assert [line.details["draft"] for line in [*first, *rest]] == [3, 2, 1]
    assert {(line.caller, line.action, line.article) for line in first} == {
        ("author", "save", article)
    }


def _draft(article, number):
    return Draft(article, number, a_document(urgency=number), "author", MOMENT)


def together(*acts):
    """Begin all acts at one moment; return what each came to, an error too."""
    start = threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except (LockHeld, Stale) as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


def test_of_two_who_race_for_a_lock_one_has_it(service, desk):
    for number in range(10):
        article = desk.create(a_document()).id
        locales = ("vi", "") if number % 2 else ("vi", "vi")
        outcomes = together(
            *(
                lambda who=who, locale=locale, article=article: lock_text(
                    article, locale, MINUTE, service.deps, caller=who
                )
                for who, locale in zip(("author", "editor"), locales, strict=True)
            )
        )
        (held,) = [each for each in outcomes if isinstance(each, Lock)]
        (refused,) = [each for each in outcomes if isinstance(each, LockHeld)]
        assert refused.extra["holder"] == held.holder
        assert list_locks(article, service.deps) == [held]


def test_a_lock_and_a_save_of_another_do_not_both_pass_unseen(service, desk):
    for _ in range(10):
        made = desk.create(a_document())
        lock, saved = together(
            lambda made=made: lock_text(made.id, "", MINUTE, service.deps, caller="editor"),
            lambda made=made: save_draft(
                made.id, a_document(), service.deps, caller="author", seen=1
            ),
        )
        assert isinstance(lock, Lock)
        if not isinstance(saved, LockHeld):
            assert saved[1].created_at <= lock.acquired_at


def test_a_lock_expires_by_the_clock_of_the_database(service, desk, sql):
    article = desk.create(a_document())
    lock_text(article.id, "", MINUTE, service.deps, caller="editor")
    with pytest.raises(LockHeld):
        desk.save(article, a_document(urgency=1))
    sql("UPDATE content_api.locks SET expires_at = clock_timestamp()")
    assert desk.save(article, a_document(urgency=1)).draft_number == 2


def test_a_theft_is_kept_in_the_audit(service, desk):
    article = desk.create(a_document()).id
    for locale in ("vi", "en"):
        lock_text(article, locale, MINUTE, service.deps, caller="author")
    steal_lock(article, "", MINUTE, "On leave", service.deps, caller="editor")
    assert [each.holder for each in list_locks(article, service.deps)] == ["editor"]
    lines, _ = read_audit(article, service.deps, before=None, limit=2)
    assert {(line.action, line.details["locale"]) for line in lines} == {
        ("steal-lock", "vi"),
        ("steal-lock", "en"),
    }


def test_a_draft_goes_through_review_and_back(service, desk):
    article = desk.create(a_document())
    editor = Person("editor", frozenset({"desk:write", "desk:approve"}))
    submit(article.id, None, service.deps, caller="author", seen=1)
    assert [each.article for each in my_work(service.deps, person=editor).to_review] == [article.id]
    send_back(article.id, "Too long", service.deps, caller="editor", seen=1)
    author = Person("author", frozenset({"desk:write"}))
    work = my_work(service.deps, person=author)
    assert [each.words for each in work.sent_back] == ["Too long"]
    article = desk.save(article, a_document(urgency=1))
    submit(article.id, None, service.deps, caller="author", seen=2)
    desk.approve(article)
    assert read_review(article.id, service.deps).state is ReviewState.APPROVED
    assert my_work(service.deps, person=editor).to_review == []


def test_what_was_submitted_is_never_rewritten(service, desk, sql):
    article = desk.create(a_document())
    submit(article.id, None, service.deps, caller="author", seen=1)
    for change in (
        "UPDATE content_api.reviews SET caller = 'x'",
        "DELETE FROM content_api.reviews",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation):
            sql(change)


def test_drafts_and_versions_are_compared_and_restored(service, desk):
    article = desk.live(a_document())
    text = replace(a_document().locales["vi"], title="Tên mới", correction_note="Sai.")
    article = desk.correct(article, a_document().with_locale("vi", text))
    for compare in (compare_drafts, compare_versions):
        (locale,) = compare(article.id, 1, 2, service.deps).locales
        assert "/title" in {field.pointer for field in locale.fields}
    restored, draft = restore_draft(article.id, 1, service.deps, caller="author", seen=2)
    assert (restored.draft_number, draft.restored_from) == (3, 1)
    assert compare_drafts(article.id, 1, 3, service.deps).same


def test_an_approval_is_held_to_the_draft_that_was_seen(service, desk):
    article = desk.create(a_document())
    desk.save(article, a_document(kind=Kind.STATEMENT))
    editor = Person("editor", frozenset({"desk:approve"}))
    with pytest.raises(Stale):
        authorise(article.id, Action.APPROVE, service.deps, person=editor, seen=1)
