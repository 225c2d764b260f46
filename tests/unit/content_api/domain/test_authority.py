# SPDX-License-Identifier: EUPL-1.2
"""The whole table of who may do what."""

from itertools import product

import pytest

from communique.events.article import Kind
from content_api.domain.authority import (
    NEEDS,
    Action,
    AuthorityRule,
    History,
    Power,
    Reason,
    Subject,
    deciding,
    may,
)
from content_api.domain.roles import Person, Role
from content_api.domain.states import State
from content_api.testing.builders import MOMENT

SCOPES = frozenset({"desk:write", "desk:approve", "desk:publish"})
READY = History(frozenset({"writer"}), approved=True)
UNREAD = History(frozenset({"writer"}))

#: Which roles may do what where no rule says otherwise: author, translator, editor, publisher,
#: admin.
TABLE = {
    Action.EDIT: "yes no yes no yes",
    Action.TRANSLATE: "yes yes yes no yes",
    Action.RESTORE: "yes no yes no yes",
    Action.SUBMIT: "yes yes yes no yes",
    Action.SEND_BACK: "no no yes no yes",
    Action.APPROVE: "no no yes no yes",
    Action.PUBLISH: "no no no yes yes",
    Action.CORRECT: "no no no yes yes",
    Action.RETRACT: "no no no yes yes",
    Action.COMMENT: "yes yes yes yes yes",
    Action.ASSIGN: "yes no yes yes yes",
    Action.LOCK: "yes yes yes yes yes",
    Action.STEAL_LOCK: "no no yes yes yes",
}
#: In which states each action can be done, with an approved draft, or (approve) one that is not.
STATES = {
    Action.EDIT: "draft approved scheduled live",
    Action.TRANSLATE: "draft approved scheduled live",
    Action.RESTORE: "draft approved scheduled live",
    Action.SUBMIT: "draft approved scheduled live",
    Action.SEND_BACK: "draft approved scheduled live retracted",
    Action.APPROVE: "draft approved scheduled live",
    Action.PUBLISH: "approved scheduled live",
    Action.CORRECT: "live",
    Action.RETRACT: "live",
    Action.COMMENT: "draft approved scheduled live retracted",
    Action.ASSIGN: "draft approved scheduled live retracted",
    Action.LOCK: "draft approved scheduled live retracted",
    Action.STEAL_LOCK: "draft approved scheduled live retracted",
}


def somebody(*roles, label="somebody", scopes=SCOPES):
    return Person(label, scopes | {f"role:{role}" for role in roles})


def about(state=State.LIVE, **changes):
    facts = {"kind": Kind.STATEMENT, "topics": ("mofa:maritime",), "places": ("VN-HN",)}
    return Subject(**{**facts, **changes}, state=state)


def a_rule(power=Power.RELEASE, roles=(), labels=(), number=1, **changes):
    return AuthorityRule(f"rule-{number}", power, roles, labels, "admin", MOMENT, **changes)


def history_for(action):
    return UNREAD if action is Action.APPROVE else READY


def test_the_tables_are_complete():
    assert set(TABLE) == set(STATES) == set(NEEDS) == set(Action)


@pytest.mark.parametrize(("action", "role"), list(product(Action, Role)))
def test_every_action_for_every_role(action, role):
    wanted = TABLE[action].split()[list(Role).index(role)] == "yes"
    decision = may(somebody(role), action, about(), (), history_for(action))
    assert decision.allowed is wanted
    assert decision.reason is (Reason.ALLOWED if wanted else Reason.ROLE)


@pytest.mark.parametrize(("action", "state"), list(product(Action, State)))
def test_every_action_in_every_state(action, state):
    wanted = state.value in STATES[action].split()
    decision = may(somebody(*Role), action, about(state), (), history_for(action))
    assert decision.allowed is wanted
    assert decision.reason is (Reason.ALLOWED if wanted else Reason.STATE)


@pytest.mark.parametrize(("action", "scope"), list(product(Action, sorted({*SCOPES, "*"}))))
def test_every_action_with_every_scope(action, scope):
    person = Person("somebody", frozenset({scope, *(f"role:{role}" for role in Role)}))
    decision = may(person, action, about(), (), history_for(action))
    wanted = scope in {NEEDS[action].scope, "*"}
    assert decision.reason is (Reason.ALLOWED if wanted else Reason.SCOPE)


@pytest.mark.parametrize("action", Action)
def test_four_eyes_hold_for_approval_whoever_it_is(action):
    writer = somebody(*Role, label="writer")
    rules = [a_rule(Power.APPROVE, labels=("writer",))]
    decision = may(writer, action, about(), rules, history_for(action))
    assert decision.allowed is (action is not Action.APPROVE)
    if action is Action.APPROVE:
        assert decision.reason is Reason.FOUR_EYES


@pytest.mark.parametrize(
    ("action", "history", "why"),
    [
        (Action.APPROVE, READY, "has been approved already"),
        (Action.PUBLISH, UNREAD, "has not been approved"),
        (Action.CORRECT, UNREAD, "has not been approved"),
        (Action.PUBLISH, History(approved=True, published=True), "is public already"),
    ],
)
def test_what_happened_to_the_draft_decides(action, history, why):
    decision = may(somebody(*Role), action, about(), (), history)
    assert decision.reason is Reason.STATE
    assert why in decision.why


ALL = {"kind": Kind.STATEMENT, "topic": "mofa:maritime", "place": "VN"}


@pytest.mark.parametrize("names", [*product((False, True), repeat=3)])
@pytest.mark.parametrize("misses", [None, "kind", "topic", "place"])
def test_a_rule_fits_when_all_it_names_fit(names, misses):
    named = {name: value for (name, value), given in zip(ALL.items(), names, strict=True) if given}
    other = {
        "kind": {"kind": Kind.NEWS},
        "topic": {"topics": ("mofa:culture",)},
        "place": {"places": ("FR",)},
        None: {},
    }[misses]
    assert a_rule(**named).fits(about(**other)) is (misses not in named)


@pytest.mark.parametrize(
    ("rule_place", "place", "fits"),
    [
        ("VN", "VN", True),
        ("VN", "VN-HN", True),
        ("VN-HN", "VN-HN", True),
        ("VN-HN", "VN", False),
        ("VN-HN", "VN-SG", False),
        ("V", "VN", False),
    ],
)
def test_a_country_covers_its_parts(rule_place, place, fits):
    assert a_rule(place=rule_place).fits(about(places=(place,))) is fits


PUBLISHER = (Role.PUBLISHER,)
RULES = {
    "statements are released by the spokesperson": (
        [a_rule(kind=Kind.STATEMENT, labels=("spokesperson",))],
        {"spokesperson": True, "desk": False},
    ),
    "a rule for approval says nothing about release": (
        [a_rule(Power.APPROVE, kind=Kind.STATEMENT, labels=("spokesperson",))],
        {"spokesperson": True, "desk": True},
    ),
    "a rule for another kind says nothing": (
        [a_rule(kind=Kind.NEWS, labels=("spokesperson",))],
        {"spokesperson": True, "desk": True},
    ),
    "a rule that has ended says nothing": (
        [a_rule(labels=("spokesperson",), ended_at=MOMENT)],
        {"spokesperson": True, "desk": True},
    ),
    "the more specific rule decides": (
        [
            a_rule(kind=Kind.STATEMENT, labels=("spokesperson",)),
            a_rule(kind=Kind.STATEMENT, topic="mofa:maritime", labels=("desk",), number=2),
        ],
        {"spokesperson": False, "desk": True},
    ),
    "equally specific rules must all be satisfied": (
        [
            a_rule(kind=Kind.STATEMENT, labels=("spokesperson", "desk")),
            a_rule(topic="mofa:maritime", labels=("spokesperson",), number=2),
        ],
        {"spokesperson": True, "desk": False},
    ),
    "a rule may name a role": (
        [a_rule(roles=PUBLISHER), a_rule(kind=Kind.NEWS, labels=("nobody",), number=2)],
        {"spokesperson": True, "desk": True},
    ),
    "or a role that neither has": ([a_rule(roles=(Role.ADMIN,))], {"desk": False}),
}


@pytest.mark.parametrize("case", RULES)
@pytest.mark.parametrize("action", [Action.PUBLISH, Action.CORRECT, Action.RETRACT])
def test_rules_reserve_release(case, action):
    rules, wanted = RULES[case]
    for label, allowed in wanted.items():
        person = somebody(Role.PUBLISHER, label=label)
        for order in (rules, rules[::-1]):
            decision = may(person, action, about(), order, READY)
            assert decision.allowed is allowed, label
            if not allowed:
                assert decision.reason is Reason.RULE
                assert decision.rule in {rule.id for rule in rules}


def test_a_label_in_a_rule_stands_for_the_role():
    author = somebody(Role.AUTHOR, label="duty officer")
    rules = [a_rule(Power.APPROVE, labels=("duty officer",))]
    assert may(author, Action.APPROVE, about(), rules, UNREAD).allowed
    assert not may(author, Action.APPROVE, about(), (), UNREAD).allowed


def test_no_rule_fits_without_a_power():
    assert deciding(None, about(), [a_rule(), a_rule(Power.APPROVE)]) == ()


@pytest.mark.parametrize(
    ("scopes", "roles"),
    [
        ({"desk:write"}, {Role.AUTHOR, Role.TRANSLATOR}),
        ({"desk:write", "desk:approve"}, {Role.AUTHOR, Role.TRANSLATOR, Role.EDITOR}),
        ({"desk:publish"}, {Role.PUBLISHER}),
        ({"authority:manage"}, {Role.ADMIN}),
        ({"*"}, set(Role)),
        ({"articles:read"}, set()),
        ({"desk:write", "role:translator"}, {Role.TRANSLATOR}),
        ({"*", "role:editor", "role:publisher"}, {Role.EDITOR, Role.PUBLISHER}),
        ({"desk:write", "role:king"}, {Role.AUTHOR, Role.TRANSLATOR}),
    ],
)
def test_roles_come_from_scopes_unless_they_are_named(scopes, roles):
    assert Person("somebody", frozenset(scopes)).roles == roles
