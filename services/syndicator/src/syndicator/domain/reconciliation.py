# SPDX-License-Identifier: EUPL-1.2
"""What to do next so that a destination shows what it should.

A pure table: what is wanted, what is there, what the channel prefers, what its connector can do.
"""

from dataclasses import dataclass, field
from typing import Final

from communique.events.article import Revision
from communique.events.delivery import Action
from syndicator.domain.channel import CorrectionPolicy, RetractionPolicy
from syndicator.domain.delivery import Standing, Wanted

_CORRECT: Final = {
    CorrectionPolicy.EDIT: (Action.EDIT, Action.REPLY, Action.NOTICE),
    CorrectionPolicy.REPLY: (Action.REPLY, Action.NOTICE, Action.EDIT),
    CorrectionPolicy.NOTICE: (Action.NOTICE, Action.REPLY, Action.EDIT),
}
_RETRACT: Final = {
    RetractionPolicy.DELETE: (Action.DELETE, Action.NOTICE),
    RetractionPolicy.NOTICE: (Action.NOTICE, Action.DELETE),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a channel prefers and can do.

    `exact` destinations (feeds, wires) get every version; others only one that reads differently.
    `hold` keeps a first post back until a person lets it go; what corrects it never waits.
    `refused` are actions that the destination has turned down for what stands there now.
    """

    actions: frozenset[Action]
    correction: CorrectionPolicy = CorrectionPolicy.EDIT
    retraction: RetractionPolicy = RetractionPolicy.DELETE
    exact: bool = False
    hold: bool = False
    refused: frozenset[Action] = field(default_factory=frozenset)


def next_action(wanted: Wanted, there: Standing | None, rules: Rules) -> Action | None:
    """Choose the next action; None when one is needed and the channel can do none of them."""
    choices = _choices(wanted, there, rules)
    if not choices:
        return Action.NOTHING
    possible = rules.actions - rules.refused
    found = next((action for action in choices if action in possible), None)
    if found is None and _optional(wanted, there):
        return Action.NOTHING
    return found


def strongest(open_revision: Revision | None, revision: Revision) -> Revision:
    """Return what a version is to a reader who has not seen the one before it.

    An update that overtakes an unsent correction still has to arrive as a correction.
    """
    if open_revision is Revision.CORRECTION and revision is Revision.UPDATE:
        return Revision.CORRECTION
    return revision


def _choices(wanted: Wanted, there: Standing | None, rules: Rules) -> tuple[Action, ...]:
    if there is None or there.gone:
        return () if wanted.withdrawn else (Action.CREATE,)
    same = there.hash == wanted.hash
    if same and there.version >= wanted.version:
        return ()
    if wanted.withdrawn:
        retracted = wanted.revision is Revision.RETRACTION
        return _RETRACT[rules.retraction if retracted else RetractionPolicy.DELETE]
    if rules.exact:
        return (Action.EDIT,)
    return () if same else _changed(wanted, rules)


def _changed(wanted: Wanted, rules: Rules) -> tuple[Action, ...]:
    if wanted.revision is Revision.CORRECTION:
        return _CORRECT[rules.correction]
    return (Action.EDIT,)


def _optional(wanted: Wanted, there: Standing | None) -> bool:
    if there is None or there.gone or wanted.withdrawn:
        return False
    return wanted.revision in {Revision.UPDATE, Revision.ORIGINAL}
