# SPDX-License-Identifier: EUPL-1.2
"""What goes live together: all of it or nothing; or, for a reason, each as it is ready."""

from dataclasses import replace
from datetime import timedelta

import pytest

from communique.errors import InvalidInput
from communique.ids import new_id
from content_api.domain.errors import Blocked, NoSuchRelease, NotThatRelease, StaleRelease
from content_api.domain.release import Item, Mode, ReleaseState
from content_api.domain.states import State
from content_api.testing.builders import MOMENT, a_document, a_localization, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.plan_release import (
    Plan,
    cancel_release,
    change_release,
    create_release,
    delete_release,
    list_releases,
    read_release,
    schedule_release,
)
from content_api.use_cases.publish_due import (
    Kind,
    Waiting,
    next_release,
    publish_release_due,
    publish_waiting,
)
from content_api.use_cases.publish_release import publish_release
from content_api.use_cases.retract import retract
from content_api.use_cases.review_locale import approve_locale
from content_api.use_cases.save_draft import save_locale

SOON = MOMENT + timedelta(minutes=1)


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def desk(store):
    return Desk(store.deps())


@pytest.fixture
def ready(desk):
    return desk.approved(with_slugs(a_document(), "mot"))


@pytest.fixture
def waiting(desk):
    return desk.create(with_slugs(a_document(), "hai"))


def plan(*items, mode=Mode.ATOMIC, reason=None):
    return Plan("Summit", mode, reason, tuple(Item(*each) for each in items))


def create(desk, *items, **options):
    return create_release(plan(*items, **options), desk.deps, caller="publisher")[0]


def schedule(desk, release, at=SOON):
    return schedule_release(release.id, at, desk.deps, caller="publisher", seen=release.revision)[0]


def publish(desk, release):
    return publish_release(release.id, desk.deps, caller="publisher", seen=release.revision)


def test_everything_goes_live_at_once(store, desk, ready, waiting):
    release = create(desk, (ready.id,), (waiting.id,))
    desk.approve(waiting)
    done, reasons = publish(desk, release)
    assert (done.state, reasons, done.published_at) == (ReleaseState.PUBLISHED, {}, MOMENT)
    assert [item.version for item in done.items] == [1, 1]
    assert {article.id for _, article in store.tables.outbox} == {ready.id, waiting.id}


def test_an_item_that_is_not_ready_keeps_everything_back(store, desk, ready, waiting):
    release = create(desk, (ready.id,), (waiting.id,))
    with pytest.raises(Blocked) as refused:
        publish(desk, release)
    assert refused.value.errors == {"/items/1": ["Draft 1 has not been approved."]}
    assert (store.tables.outbox, store.tables.published, store.tables.slugs) == ([], {}, {})
    assert read_release(release.id, desk.deps)[0] == release


def test_a_refusal_half_way_undoes_what_was_done(store, desk, ready):
    other = desk.approved(with_slugs(a_document(), "mot"))
    release = create(desk, (ready.id,), (other.id,))
    assert read_release(release.id, desk.deps)[1] == {}
    with pytest.raises(Blocked):
        publish(desk, release)
    assert (store.tables.outbox, store.tables.published, store.tables.slugs) == ([], {}, {})


def test_partial_lets_out_what_is_ready_and_the_rest_later(store, desk, ready, waiting):
    release = create(desk, (ready.id,), (waiting.id,), mode=Mode.PARTIAL, reason="No link.")
    done, reasons = publish(desk, release)
    assert done.state is ReleaseState.OVERDUE
    assert reasons == {1: "Draft 1 has not been approved."}
    assert [item.version for item in done.items] == [1, None]
    desk.approve(waiting)
    assert publish_release_due(release.id, desk.deps).late == timedelta(0)
    assert read_release(release.id, desk.deps)[0].state is ReleaseState.PUBLISHED
    assert len(store.tables.outbox) == 2


def test_partial_with_nothing_ready_is_refused(desk, waiting):
    release = create(desk, (waiting.id,), mode=Mode.PARTIAL, reason="No link.")
    with pytest.raises(Blocked):
        publish(desk, release)


def test_a_scheduled_release_goes_out_at_its_moment_and_never_before(store, desk, ready):
    release = schedule(desk, create(desk, (ready.id,)))
    assert next_release(desk.deps).wait == timedelta(minutes=1)
    store.pass_time(timedelta(seconds=59))
    assert publish_release_due(release.id, desk.deps) is None
    assert store.tables.outbox == []
    store.pass_time(timedelta(seconds=1))
    assert next_release(desk.deps).due == (Waiting(Kind.RELEASE, release.id),)
    assert publish_waiting(next_release(desk.deps).due[0], desk.deps).late == timedelta(0)
    assert next_release(desk.deps).due == ()


def test_one_that_is_not_ready_at_its_moment_is_overdue_until_it_is(store, desk, ready, waiting):
    release = schedule(desk, create(desk, (ready.id,), (waiting.id,)))
    store.pass_time(timedelta(minutes=1))
    assert publish_release_due(release.id, desk.deps) is None
    overdue, reasons = read_release(release.id, desk.deps)
    assert (overdue.state, set(reasons)) == (ReleaseState.OVERDUE, {1})
    assert (store.tables.outbox, store.tables.published) == ([], {})
    audited = len(store.tables.audit)
    assert publish_release_due(release.id, desk.deps) is None
    assert len(store.tables.audit) == audited
    store.pass_time(timedelta(seconds=5))
    desk.approve(waiting)
    assert publish_release_due(release.id, desk.deps).late == timedelta(seconds=5)
    assert len(store.tables.outbox) == 2


def test_languages_go_with_articles(store, desk, ready):
    live = desk.live(a_document())
    text = a_localization(title="Semaine", slug="semaine")
    saved, _ = save_locale(live.id, "fr", text, desk.deps, caller="author", seen=1)
    release = create(desk, (ready.id,), (live.id, "fr"))
    assert read_release(release.id, desk.deps)[1] == {1: "The text in fr has not been approved."}
    approve_locale(live.id, "fr", desk.deps, caller="editor", seen=saved.draft_number)
    done, _ = publish(desk, release)
    assert [item.version for item in done.items] == [1, 2]
    assert set(store.tables.outbox[-1][1].locales) == {"vi", "en", "fr"}


def test_what_is_out_already_counts_as_out(store, desk):
    live = desk.live(a_document())
    done, _ = publish(desk, create(desk, (live.id,)))
    assert (done.state, done.items[0].version) == (ReleaseState.PUBLISHED, 1)
    assert len(store.tables.outbox) == 1


def test_each_reason_is_told(desk, ready, waiting):
    gone = desk.live(a_document())
    retract(gone.id, {"vi": "Rút."}, desk.deps, caller="publisher", seen=1)
    later = MOMENT + timedelta(hours=1)
    held = desk.approved(with_slugs(a_document(embargo_until=later), "ba"))
    scheduled = desk.publish(desk.approved(with_slugs(a_document(embargo_until=later), "bon")))
    taken = desk.approved(a_document())
    items = [(gone.id,), (ready.id, "fr"), (waiting.id, "vi"), (held.id,), (scheduled.id, "vi")]
    release = create(desk, *items, (taken.id,))
    assert read_release(release.id, desk.deps)[1] == {
        0: "The article has been retracted.",
        1: "The draft has no text in fr.",
        2: "The text in vi has not been approved.",
        3: "Under embargo until 2026-03-02T03:30:00Z.",
        4: "The article is scheduled as a whole.",
        5: "Another article has the address in en, vi.",
    }


def test_an_embargo_that_lifts_by_the_moment_blocks_nothing(store, desk):
    held = desk.publish(desk.approved(a_document(embargo_until=SOON)))
    release = schedule(desk, create(desk, (held.id,)))
    assert read_release(release.id, desk.deps)[1] == {}
    store.pass_time(timedelta(minutes=1))
    assert publish_release_due(release.id, desk.deps) is not None
    assert store.tables.articles[held.id].state is State.LIVE


def test_a_plan_is_checked(desk, ready):
    unknown = new_id()
    wrong = plan((ready.id,), (ready.id, "vi"), (unknown,), mode=Mode.PARTIAL)
    with pytest.raises(InvalidInput) as refused:
        create_release(wrong, desk.deps, caller="publisher")
    assert set(refused.value.errors) == {"/items/1", "/items/2/article", "/reason"}


def test_a_plan_is_changed_and_what_is_out_stays(desk, ready, waiting):
    release = create(desk, (ready.id,), (waiting.id,), mode=Mode.PARTIAL, reason="No link.")
    done, _ = publish(desk, release)
    other = desk.approved(a_document())
    changed, _ = change_release(
        release.id, plan((other.id,)), desk.deps, caller="publisher", seen=done.revision
    )
    assert [(item.article, item.version) for item in changed.items] == [
        (ready.id, 1),
        (other.id, None),
    ]


def test_what_was_not_seen_is_not_changed(desk, ready):
    release = create(desk, (ready.id,))
    schedule(desk, release)
    with pytest.raises(StaleRelease) as refused:
        schedule(desk, release)
    assert refused.value.headers == {"ETag": '"r2"'}
    with pytest.raises(InvalidInput):
        schedule(desk, replace(release, revision=2), at=MOMENT)


def test_a_cancelled_release_never_goes_out_and_can_be_forgotten(store, desk, ready):
    release = schedule(desk, create(desk, (ready.id,)))
    with pytest.raises(NotThatRelease):
        delete_release(release.id, desk.deps, caller="publisher", seen=2)
    cancelled, _ = cancel_release(release.id, desk.deps, caller="publisher", seen=2)
    store.pass_time(timedelta(minutes=2))
    assert publish_release_due(release.id, desk.deps) is None
    with pytest.raises(NotThatRelease):
        publish(desk, cancelled)
    assert list_releases(desk.deps, state=ReleaseState.CANCELLED, before=None, limit=5) == (
        [(cancelled, {})],
        None,
    )
    delete_release(release.id, desk.deps, caller="publisher", seen=3)
    with pytest.raises(NoSuchRelease):
        read_release(release.id, desk.deps)
