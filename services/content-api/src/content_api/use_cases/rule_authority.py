# SPDX-License-Identifier: EUPL-1.2
"""Keep the rules of authority; nothing about them is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.events.article import Kind
from communique.ids import new_id
from content_api.domain.authority import AuthorityRule, NoSuchRule, Power, RuleEnded
from content_api.domain.roles import Role
from content_api.ports import Deps


@dataclass(frozen=True, slots=True)
class NewRule:
    """What is to hold from now on."""

    power: Power
    roles: tuple[Role, ...] = ()
    labels: tuple[str, ...] = ()
    kind: Kind | None = None
    topic: str | None = None
    place: str | None = None
    note: str | None = None


def add_rule(rule: NewRule, deps: Deps, *, caller: str) -> AuthorityRule:
    """Reserve a power over some articles."""
    with deps.unit_of_work() as unit:
        made = AuthorityRule(
            id=new_id(),
            power=rule.power,
            roles=rule.roles,
            labels=rule.labels,
            created_by=caller,
            created_at=unit.now(),
            kind=rule.kind,
            topic=rule.topic,
            place=rule.place,
            note=rule.note,
        )
        unit.authority.add(made)
        return made


def end_rule(rule_id: str, deps: Deps, *, caller: str) -> AuthorityRule:
    """Let a rule hold no more.

    Raises:
        NoSuchRule: there is none.
        RuleEnded: it has been ended before.
    """
    with deps.unit_of_work() as unit:
        rule = unit.authority.lock(rule_id)
        if rule is None:
            raise NoSuchRule
        if rule.ended_at is not None:
            raise RuleEnded(rule_id)
        ended = replace(rule, ended_by=caller, ended_at=unit.now())
        unit.authority.save(ended)
        return ended


def list_rules(deps: Deps, *, ended: bool) -> Sequence[AuthorityRule]:
    """Return the rules that hold, or every rule there ever was; oldest first."""
    with deps.unit_of_work() as unit:
        return unit.authority.list(ended=ended)
