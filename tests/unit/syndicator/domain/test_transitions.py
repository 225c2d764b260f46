# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import timedelta

import pytest

from communique.errors import Conflict
from communique.events.article import Revision
from communique.events.delivery import Action, DeliveryState
from syndicator.domain import transitions
from syndicator.domain.channel import CorrectionPolicy
from syndicator.domain.delivery import Lane
from syndicator.domain.reconciliation import Rules
from syndicator.domain.transitions import Found, Urgency
from syndicator.testing.builders import NOW, a_delivery, a_standing, a_wanted

RULES = Rules(actions=frozenset(Action) - {Action.NOTHING})
LATER = NOW + timedelta(minutes=1)
LIVE = Urgency(5, Lane.LIVE, LATER)
POST = Found("post-1", "https://social.example/1")
UPDATE = a_wanted(version=2, hash="hash-2", revision=Revision.UPDATE)
CORRECTION = a_wanted(version=2, hash="hash-2", revision=Revision.CORRECTION)
RETRACTION = a_wanted(version=2, hash="hash-2", revision=Revision.RETRACTION)


def sending(row=None):
    return transitions.begin(row or a_delivery(), "key-1", NOW)


def delivered():
    return transitions.succeed(sending(), POST, RULES, NOW)


def want(row, wanted, rules=RULES):
    return transitions.want(row, wanted, LIVE, rules, LATER)


def test_the_intent_is_written_down_before_the_call():
    row = sending()
    assert row.state is DeliveryState.SENDING
    assert (row.intent.key, row.intent.action, row.intent.wanted) == (
        "key-1",
        Action.CREATE,
        row.wanted,
    )
    assert row.intent.until == NOW + transitions.SENDING_FOR
    assert (row.attempts, row.next_attempt_at) == (1, None)


def test_success_closes_the_row():
    row = delivered()
    assert row.state is DeliveryState.DELIVERED
    assert row.there == a_standing()
    assert (row.intent, row.attempts, row.next_attempt_at) == (None, 0, None)


def test_a_version_that_comes_during_a_call_is_done_after_it():
    row = want(sending(), CORRECTION)
    assert row.state is DeliveryState.SENDING
    assert row.intent.wanted.version == 1
    row = transitions.succeed(row, POST, RULES, LATER)
    assert (row.state, row.action) == (DeliveryState.DUE, Action.EDIT)
    assert (row.version, row.wanted.version) == (1, 2)


def test_a_retraction_before_the_first_call_closes_without_posting():
    row = want(a_delivery(), RETRACTION)
    assert (row.state, row.there.gone, row.version) == (DeliveryState.DELIVERED, True, 2)


def test_a_retraction_during_the_first_call_deletes_after_it():
    row = transitions.succeed(want(sending(), RETRACTION), POST, RULES, LATER)
    assert (row.state, row.action) == (DeliveryState.DUE, Action.DELETE)


def test_a_retraction_of_a_failed_first_call_closes_without_posting():
    row = transitions.fail(sending(), "no", RULES, NOW)
    row = want(row, RETRACTION)
    assert (row.state, row.there.gone) == (DeliveryState.DELIVERED, True)


def test_the_same_text_in_a_newer_version_closes_at_once():
    row = want(delivered(), a_wanted(version=2, revision=Revision.UPDATE))
    assert (row.state, row.version) == (DeliveryState.DELIVERED, 2)


def test_a_retry_keeps_the_key_of_its_intent():
    row = transitions.postpone(sending(), "503", LATER, RULES, NOW)
    assert (row.state, row.next_attempt_at, row.reason) == (DeliveryState.RETRYING, LATER, "503")
    again = transitions.begin(row, "key-2", LATER)
    assert (again.intent.key, again.intent.since, again.attempts) == ("key-1", NOW, 2)


def test_another_version_is_another_intent_with_another_key():
    row = transitions.postpone(sending(), "503", LATER, RULES, NOW)
    row = transitions.begin(want(row, UPDATE), "key-2", LATER)
    assert (row.intent.key, row.intent.wanted) == ("key-2", UPDATE)


def test_a_destination_that_asks_for_patience_is_obeyed_for_a_newer_version_too():
    row = transitions.postpone(want(sending(), UPDATE), "429", LATER, RULES, NOW)
    assert (row.state, row.next_attempt_at, row.intent) == (DeliveryState.RETRYING, LATER, None)


def test_a_permanent_failure_stays_until_a_newer_version():
    row = transitions.fail(sending(), "too long", RULES, NOW)
    assert (row.state, row.reason, row.next_attempt_at) == (DeliveryState.FAILED, "too long", None)
    assert want(row, UPDATE).state is DeliveryState.DUE


def test_a_failure_of_what_is_no_longer_wanted_is_not_kept():
    row = transitions.fail(want(sending(), UPDATE), "too long", RULES, LATER)
    assert (row.state, row.wanted.version) == (DeliveryState.DUE, 2)


def test_an_unknown_outcome_keeps_its_intent_and_waits_for_a_look():
    row = transitions.lose(sending(), "timeout", LATER, NOW)
    assert (row.state, row.next_attempt_at) == (DeliveryState.UNKNOWN, LATER)
    assert row.intent.key == "key-1"
    assert want(row, UPDATE).state is DeliveryState.UNKNOWN


def test_absence_is_believed_after_the_second_look():
    row = transitions.lose(sending(), "timeout", LATER, NOW)
    row = transitions.miss(row, RULES, LATER)
    assert (row.state, row.looks) == (DeliveryState.UNKNOWN, 1)
    assert row.next_attempt_at == LATER + transitions.LOOKS_AGAIN_AFTER
    row = transitions.miss(row, RULES, LATER)
    assert (row.state, row.action) == (DeliveryState.DUE, Action.CREATE)
    assert transitions.begin(row, "key-2", LATER).intent.key == "key-1"


def test_a_look_that_finds_the_post_goes_on_to_what_is_wanted_since():
    row = want(transitions.lose(sending(), "timeout", LATER, NOW), CORRECTION)
    row = transitions.succeed(row, POST, RULES, LATER)
    assert (row.state, row.action, row.version) == (DeliveryState.DUE, Action.EDIT, 1)


def test_a_withdrawal_after_a_safe_unknown_is_still_sent():
    row = want(transitions.lose(sending(), "timeout", LATER, NOW), RETRACTION)
    row = transitions.repeat(row, RULES, LATER)
    assert (row.state, row.action) == (DeliveryState.DUE, Action.DELETE)


def test_an_action_that_is_refused_gives_way_to_the_next():
    row = want(delivered(), CORRECTION)
    row = transitions.refuse(transitions.begin(row, "key-2", LATER), "too late", RULES, LATER)
    assert (row.state, row.action) == (DeliveryState.DUE, Action.REPLY)


def test_a_refusal_without_another_way_fails_with_the_destinations_words():
    rules = replace(RULES, actions=frozenset({Action.CREATE, Action.EDIT}))
    row = transitions.begin(want(delivered(), CORRECTION, rules), "key-2", LATER)
    row = transitions.refuse(row, "too late", rules, LATER)
    assert (row.state, row.reason) == (DeliveryState.FAILED, "too late")


def test_replies_are_remembered_and_go_with_the_post():
    rules = replace(RULES, correction=CorrectionPolicy.REPLY)
    row = transitions.begin(want(delivered(), CORRECTION, rules), "key-2", LATER)
    row = transitions.succeed(row, Found("post-2"), rules, LATER)
    assert (row.there.external_id, row.there.replies) == ("post-1", ("post-2",))


def test_an_edit_may_move_the_post_to_another_id():
    row = transitions.begin(want(delivered(), CORRECTION), "key-2", LATER)
    row = transitions.succeed(row, Found("post-9", "https://social.example/9"), RULES, LATER)
    assert (row.there.external_id, row.there.url) == ("post-9", "https://social.example/9")


def test_what_was_deleted_keeps_its_id():
    row = transitions.begin(want(delivered(), RETRACTION), "key-2", LATER)
    row = transitions.succeed(row, Found("post-1"), RULES, LATER)
    assert (row.state, row.there.gone, row.there.external_id, row.version) == (
        DeliveryState.DELIVERED,
        True,
        "post-1",
        2,
    )


def test_a_channel_that_holds_waits_for_a_person_the_first_time_only():
    rules = replace(RULES, hold=True)
    row = transitions.decide(a_delivery(), rules, NOW)
    assert (row.state, row.next_attempt_at) == (DeliveryState.HELD, None)
    row = transitions.release(row, LATER)
    assert (row.state, row.next_attempt_at) == (DeliveryState.DUE, LATER)
    corrected = want(delivered(), CORRECTION, rules)
    assert corrected.state is DeliveryState.DUE


def test_what_no_action_can_do_fails_and_says_so():
    rules = Rules(actions=frozenset({Action.CREATE}))
    row = want(delivered(), RETRACTION, rules)
    assert (row.state, row.reason) == (DeliveryState.FAILED, transitions.IMPOSSIBLE)


def test_a_person_may_waive_retry_and_resolve():
    failed = transitions.fail(sending(), "no", RULES, NOW)
    waived = transitions.waive(failed, "duty desk", "posted by hand", LATER)
    assert (waived.state, waived.reason) == (
        DeliveryState.WAIVED,
        "waived by duty desk: posted by hand",
    )
    assert transitions.retry(failed, RULES, LATER).state is DeliveryState.DUE
    unknown = transitions.lose(sending(), "timeout", None, NOW)
    assert transitions.resolve(unknown, POST, RULES, LATER).state is DeliveryState.DELIVERED
    absent = transitions.resolve(unknown, None, RULES, LATER)
    assert (absent.state, absent.action) == (DeliveryState.DUE, Action.CREATE)


@pytest.mark.parametrize(
    "change",
    [
        lambda: transitions.release(a_delivery(), NOW),
        lambda: transitions.retry(sending(), RULES, NOW),
        lambda: transitions.retry(delivered(), RULES, NOW),
        lambda: transitions.waive(sending(), "who", "why", NOW),
        lambda: transitions.waive(delivered(), "who", "why", NOW),
        lambda: transitions.resolve(a_delivery(), None, RULES, NOW),
        lambda: transitions.succeed(a_delivery(), POST, RULES, NOW),
    ],
)
def test_what_does_not_fit_the_state_is_refused(change):
    with pytest.raises(Conflict):
        change()
