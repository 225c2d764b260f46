# SPDX-License-Identifier: EUPL-1.2
import itertools

import pytest

from content_api.domain.errors import NotNow
from content_api.domain.states import TRANSITIONS, State, Step, after

EVERY = list(itertools.product(State, Step))


@pytest.mark.parametrize(("state", "step"), [pair for pair in EVERY if pair in TRANSITIONS])
def test_steps_in_the_table_lead_where_it_says(state, step):
    assert after(state, step) is TRANSITIONS[state, step]


@pytest.mark.parametrize(("state", "step"), [pair for pair in EVERY if pair not in TRANSITIONS])
def test_every_other_step_is_refused_and_names_the_state(state, step):
    with pytest.raises(NotNow) as refused:
        after(state, step)
    assert refused.value.extra == {"state": state}


def test_nothing_leads_out_of_retraction():
    assert not [pair for pair in TRANSITIONS if pair[0] is State.RETRACTED]


def test_only_what_was_approved_can_go_live():
    before_live = {
        state
        for (state, step), to in TRANSITIONS.items()
        if to is State.LIVE and step is not Step.PUBLISH_LOCALE  # its words are approved alone
    }
    assert before_live == {State.APPROVED, State.SCHEDULED, State.LIVE}
