# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.events.article import Revision
from communique.events.delivery import Action
from syndicator.domain.channel import CorrectionPolicy, RetractionPolicy
from syndicator.domain.reconciliation import Rules, next_action, strongest
from syndicator.testing.builders import a_standing, a_wanted

ALL = frozenset(Action) - {Action.NOTHING}
NOTHING_THERE = None
V1 = a_standing()
GONE = a_standing(gone=True)
ORIGINAL = a_wanted()
UPDATE = a_wanted(version=2, hash="hash-2", revision=Revision.UPDATE)
SAME_TEXT = a_wanted(version=2, revision=Revision.UPDATE)
CORRECTION = a_wanted(version=2, hash="hash-2", revision=Revision.CORRECTION)
RETRACTION = a_wanted(version=2, hash="hash-2", revision=Revision.RETRACTION)
UNSELECTED = a_wanted(version=2, hash="hash-2", revision=Revision.UPDATE, selected=False)
EDIT, REPLY = CorrectionPolicy.EDIT, CorrectionPolicy.REPLY
DELETE, NOTICE = RetractionPolicy.DELETE, RetractionPolicy.NOTICE


@pytest.mark.parametrize(
    ("wanted", "there", "expected"),
    [
        (ORIGINAL, NOTHING_THERE, Action.CREATE),
        (UPDATE, NOTHING_THERE, Action.CREATE),
        (CORRECTION, NOTHING_THERE, Action.CREATE),
        (RETRACTION, NOTHING_THERE, Action.NOTHING),
        (UNSELECTED, NOTHING_THERE, Action.NOTHING),
        (ORIGINAL, V1, Action.NOTHING),
        (UPDATE, V1, Action.EDIT),
        (SAME_TEXT, V1, Action.NOTHING),
        (CORRECTION, V1, Action.EDIT),
        (RETRACTION, V1, Action.DELETE),
        (UNSELECTED, V1, Action.DELETE),
        (RETRACTION, GONE, Action.NOTHING),
        (UNSELECTED, GONE, Action.NOTHING),
        (UPDATE, GONE, Action.CREATE),
    ],
)
def test_what_is_wanted_and_what_is_there_decide(wanted, there, expected):
    assert next_action(wanted, there, Rules(actions=ALL)) is expected


@pytest.mark.parametrize(
    ("policy", "can", "expected"),
    [
        (EDIT, ALL, Action.EDIT),
        (EDIT, ALL - {Action.EDIT}, Action.REPLY),
        (EDIT, {Action.CREATE, Action.NOTICE}, Action.NOTICE),
        (REPLY, ALL, Action.REPLY),
        (REPLY, ALL - {Action.REPLY}, Action.NOTICE),
        (REPLY, {Action.CREATE, Action.EDIT}, Action.EDIT),
        (CorrectionPolicy.NOTICE, ALL, Action.NOTICE),
        (EDIT, {Action.CREATE, Action.DELETE}, None),
    ],
)
def test_a_correction_takes_the_nearest_way_the_channel_can(policy, can, expected):
    rules = Rules(actions=frozenset(can), correction=policy)
    assert next_action(CORRECTION, V1, rules) is expected


@pytest.mark.parametrize(
    ("policy", "can", "expected"),
    [
        (DELETE, ALL, Action.DELETE),
        (DELETE, ALL - {Action.DELETE}, Action.NOTICE),
        (NOTICE, ALL, Action.NOTICE),
        (NOTICE, ALL - {Action.NOTICE}, Action.DELETE),
        (DELETE, {Action.CREATE, Action.EDIT}, None),
    ],
)
def test_a_retraction_takes_the_nearest_way_the_channel_can(policy, can, expected):
    rules = Rules(actions=frozenset(can), retraction=policy)
    assert next_action(RETRACTION, V1, rules) is expected


def test_who_is_no_longer_selected_is_deleted_whatever_the_retraction_policy():
    rules = Rules(actions=ALL, retraction=NOTICE)
    assert next_action(UNSELECTED, V1, rules) is Action.DELETE


def test_an_update_that_cannot_be_shown_is_not_an_obligation():
    rules = Rules(actions=frozenset({Action.CREATE, Action.DELETE}))
    assert next_action(UPDATE, V1, rules) is Action.NOTHING


@pytest.mark.parametrize("wanted", [UPDATE, SAME_TEXT, CORRECTION])
def test_an_exact_destination_gets_every_version(wanted):
    rules = Rules(actions=ALL, exact=True, correction=REPLY)
    assert next_action(wanted, V1, rules) is Action.EDIT


def test_what_the_destination_has_refused_is_not_chosen_again():
    rules = Rules(actions=ALL, refused=frozenset({Action.EDIT}))
    assert next_action(CORRECTION, V1, rules) is Action.REPLY


@pytest.mark.parametrize(
    ("unsent", "newer", "expected"),
    [
        (Revision.CORRECTION, Revision.UPDATE, Revision.CORRECTION),
        (Revision.CORRECTION, Revision.RETRACTION, Revision.RETRACTION),
        (Revision.UPDATE, Revision.CORRECTION, Revision.CORRECTION),
        (None, Revision.UPDATE, Revision.UPDATE),
    ],
)
def test_an_update_that_overtakes_a_correction_is_still_a_correction(unsent, newer, expected):
    assert strongest(unsent, newer) is expected
