# SPDX-License-Identifier: EUPL-1.2
"""The states of an article at the desk, and what each action makes of them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from content_api.domain.errors import NotNow


class State(StrEnum):
    """Where an article is on its way to the public.

    A live article may have a newer draft; what the public sees stays until that one is published.
    """

    DRAFT = "draft"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    LIVE = "live"
    RETRACTED = "retracted"


class Step(StrEnum):
    """What a desk can do to an article."""

    SAVE = "save"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    CORRECT = "correct"
    RETRACT = "retract"
    EMBARGO = "change the embargo of"
    UNSCHEDULE = "unschedule"
    PUBLISH_LOCALE = "publish a language of"
    WITHDRAW_LOCALE = "withdraw a language of"


TRANSITIONS: Final[Mapping[tuple[State, Step], State]] = {
    (State.DRAFT, Step.SAVE): State.DRAFT,
    (State.DRAFT, Step.APPROVE): State.APPROVED,
    (State.DRAFT, Step.PUBLISH_LOCALE): State.LIVE,
    (State.APPROVED, Step.SAVE): State.DRAFT,
    (State.APPROVED, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.SCHEDULE): State.SCHEDULED,
    (State.APPROVED, Step.PUBLISH): State.LIVE,
    (State.APPROVED, Step.PUBLISH_LOCALE): State.LIVE,
    (State.SCHEDULED, Step.SAVE): State.SCHEDULED,
    (State.SCHEDULED, Step.APPROVE): State.SCHEDULED,
    (State.SCHEDULED, Step.SCHEDULE): State.SCHEDULED,
    (State.SCHEDULED, Step.PUBLISH): State.LIVE,
    (State.SCHEDULED, Step.EMBARGO): State.SCHEDULED,
    (State.SCHEDULED, Step.UNSCHEDULE): State.APPROVED,
    (State.LIVE, Step.SAVE): State.LIVE,
    (State.LIVE, Step.APPROVE): State.LIVE,
    (State.LIVE, Step.PUBLISH): State.LIVE,
    (State.LIVE, Step.CORRECT): State.LIVE,
    (State.LIVE, Step.RETRACT): State.RETRACTED,
    (State.LIVE, Step.PUBLISH_LOCALE): State.LIVE,
    (State.LIVE, Step.WITHDRAW_LOCALE): State.LIVE,
}


def after(state: State, step: Step) -> State:
    """Return the state that a step leads to.

    Raises:
        NotNow: the step cannot be taken in this state.
    """
    try:
        return TRANSITIONS[state, step]
    except KeyError as error:
        raise NotNow(state, step) from error
