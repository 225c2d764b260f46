# SPDX-License-Identifier: EUPL-1.2
"""Who may do what to which article: one pure function over roles, rules and history.

A rule names the articles it is about (kind, topic, place; what it leaves out does not matter), the
power it governs, and who alone has that power over them: roles, or keys by their label. Of the
rules that fit an article the most specific decide; where several are equally specific, all of them
must be satisfied. Where no rule fits, the roles of the action decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from communique.errors import Conflict, Forbidden, NotFound
from communique.events.article import Kind
from content_api.domain.document import Document
from content_api.domain.errors import FourEyes
from content_api.domain.four_eyes import check_four_eyes
from content_api.domain.roles import Person, Role
from content_api.domain.states import TRANSITIONS, State, Step


class Power(StrEnum):
    """What a rule can reserve."""

    APPROVE = "approve"
    RELEASE = "release"


class Action(StrEnum):
    """What somebody may want to do to an article."""

    EDIT = "edit"
    TRANSLATE = "translate"
    RESTORE = "restore"
    SUBMIT = "submit"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"
    RETRACT = "retract"
    COMMENT = "comment"
    ASSIGN = "assign"
    LOCK = "lock"
    STEAL_LOCK = "steal-lock"


@dataclass(frozen=True, slots=True)
class Needs:
    """What an action asks for: a scope, one of some roles; a power; a state that allows a step."""

    scope: str
    roles: frozenset[Role]
    power: Power | None = None
    step: Step | None = None


_EVERYBODY: Final = frozenset(Role)
_WRITERS: Final = frozenset({Role.AUTHOR, Role.EDITOR, Role.ADMIN})
_REVIEWERS: Final = frozenset({Role.EDITOR, Role.ADMIN})
_RELEASERS: Final = frozenset({Role.PUBLISHER, Role.ADMIN})
_WRITE: Final = "desk:write"

NEEDS: Final[Mapping[Action, Needs]] = {
    Action.EDIT: Needs(_WRITE, _WRITERS, step=Step.SAVE),
    Action.TRANSLATE: Needs(_WRITE, _WRITERS | {Role.TRANSLATOR}, step=Step.SAVE),
    Action.RESTORE: Needs(_WRITE, _WRITERS, step=Step.SAVE),
    Action.SUBMIT: Needs(_WRITE, _WRITERS | {Role.TRANSLATOR}, step=Step.SAVE),
    Action.SEND_BACK: Needs("desk:approve", _REVIEWERS),
    Action.APPROVE: Needs("desk:approve", _REVIEWERS, Power.APPROVE, Step.APPROVE),
    Action.PUBLISH: Needs("desk:publish", _RELEASERS, Power.RELEASE, Step.PUBLISH),
    Action.CORRECT: Needs("desk:publish", _RELEASERS, Power.RELEASE, Step.CORRECT),
    Action.RETRACT: Needs("desk:publish", _RELEASERS, Power.RELEASE, Step.RETRACT),
    Action.COMMENT: Needs(_WRITE, _EVERYBODY),
    Action.ASSIGN: Needs(_WRITE, _EVERYBODY - {Role.TRANSLATOR}),
    Action.LOCK: Needs(_WRITE, _EVERYBODY),
    Action.STEAL_LOCK: Needs(_WRITE, _REVIEWERS | _RELEASERS),
}
_OF_APPROVED_DRAFTS: Final = frozenset({Action.PUBLISH, Action.CORRECT})


@dataclass(frozen=True, slots=True)
class AuthorityRule:
    """Who alone has a power over some articles. An ended rule is kept, and counts no more."""

    id: str
    power: Power
    roles: tuple[Role, ...]
    labels: tuple[str, ...]
    created_by: str
    created_at: datetime
    kind: Kind | None = None
    topic: str | None = None
    place: str | None = None
    note: str | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None

    @property
    def specificity(self) -> int:
        """Count what the rule names of an article."""
        return sum(each is not None for each in (self.kind, self.topic, self.place))

    def fits(self, subject: "Subject") -> bool:
        """Tell whether the rule is about an article; a country covers its parts."""
        return (
            self.ended_at is None
            and self.kind in {None, subject.kind}
            and (self.topic is None or self.topic in subject.topics)
            and (
                self.place is None
                or any(self.place in {place, place[:2]} for place in subject.places)
            )
        )

    def allows(self, person: Person) -> bool:
        """Tell whether somebody has the power, by role or by label."""
        return person.label in self.labels or not person.roles.isdisjoint(self.roles)


@dataclass(frozen=True, slots=True)
class Subject:
    """What of an article decides who may act on it."""

    kind: Kind
    topics: tuple[str, ...]
    places: tuple[str, ...]
    state: State

    @classmethod
    def of(cls, document: Document, state: State) -> "Subject":
        """Take it from a document."""
        return cls(document.kind, document.topics, document.places, state)


@dataclass(frozen=True, slots=True)
class History:
    """What has happened to the current draft: who wrote since the last approval."""

    writers: frozenset[str] = frozenset()
    approved: bool = False
    published: bool = False


class Reason(StrEnum):
    """Why somebody may or may not."""

    ALLOWED = "allowed"
    SCOPE = "scope"
    ROLE = "role"
    RULE = "rule"
    FOUR_EYES = "four-eyes"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether somebody may, and why; a rule that decided is named."""

    allowed: bool
    reason: Reason
    why: str
    rule: str | None = None


class NotAuthorised(Forbidden):
    """Somebody else has this power over this article."""

    def __init__(self, decision: Decision) -> None:
        """Say why, and name the rule."""
        super().__init__(
            decision.why, extra={"reason": decision.reason.value, "rule": decision.rule}
        )


class NoSuchRule(NotFound):
    """There is no such rule."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such rule of authority.")


class RuleEnded(Conflict):
    """The rule counts no more."""

    def __init__(self, rule: str) -> None:
        """Name it."""
        super().__init__(f"The rule {rule} has been ended already.")


def may(
    caller: Person,
    action: Action,
    article: Subject,
    rules: Iterable[AuthorityRule],
    history: History,
) -> Decision:
    """Tell whether somebody may do something to an article now, and why."""
    needs = NEEDS[action]
    refusal = (
        _by_scope(caller, needs)
        or _by_rules(caller, needs, deciding(needs.power, article, rules))
        or _by_four_eyes(caller, action, history)
        or _by_state(action, article.state, history)
    )
    return refusal or Decision(allowed=True, reason=Reason.ALLOWED, why="Allowed.")


def deciding(
    power: Power | None, article: Subject, rules: Iterable[AuthorityRule]
) -> tuple[AuthorityRule, ...]:
    """Return the most specific rules that reserve a power over an article."""
    fitting = [rule for rule in rules if rule.power is power and rule.fits(article)]
    most = max((rule.specificity for rule in fitting), default=0)
    return tuple(rule for rule in fitting if rule.specificity == most)


def _no(reason: Reason, why: str, rule: str | None = None) -> Decision:
    return Decision(allowed=False, reason=reason, why=why, rule=rule)


def _by_scope(caller: Person, needs: Needs) -> Decision | None:
    if caller.has(needs.scope):
        return None
    return _no(Reason.SCOPE, f"The key “{caller.label}” has not the scope {needs.scope}.")


def _by_rules(caller: Person, needs: Needs, rules: tuple[AuthorityRule, ...]) -> Decision | None:
    if not rules and caller.roles.isdisjoint(needs.roles):
        return _no(Reason.ROLE, f"Only {_listed(needs.roles)} may do this.")
    for rule in rules:
        if not rule.allows(caller):
            holders = _listed([*rule.roles, *(f"“{label}”" for label in rule.labels)])
            return _no(Reason.RULE, f"A rule reserves this for {holders}.", rule.id)
    return None


def _by_four_eyes(caller: Person, action: Action, history: History) -> Decision | None:
    if action is not Action.APPROVE:
        return None
    try:
        check_four_eyes(caller.label, history.writers)
    except FourEyes as error:
        return _no(Reason.FOUR_EYES, error.detail)
    return None


def _by_state(action: Action, state: State, history: History) -> Decision | None:
    step = NEEDS[action].step
    if step is not None and (state, step) not in TRANSITIONS:
        return _no(Reason.STATE, f"Cannot {action} an article that is {state}.")
    if action in _OF_APPROVED_DRAFTS and not history.approved:
        return _no(Reason.STATE, "The current draft has not been approved.")
    if action is Action.APPROVE and history.approved:
        return _no(Reason.STATE, "The current draft has been approved already.")
    if action in _OF_APPROVED_DRAFTS and history.published:
        return _no(Reason.STATE, "The current draft is public already.")
    return None


def _listed(names: Iterable[str]) -> str:
    return " or ".join(sorted(names))
