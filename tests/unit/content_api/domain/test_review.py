# SPDX-License-Identifier: EUPL-1.2
import pytest

from content_api.domain.review import ReviewAction, ReviewEvent, ReviewState, review_of, submitter
from content_api.testing.builders import MOMENT, a_desk_article


def an_event(action="submit", draft=1, caller="author"):
    return ReviewEvent("article", ReviewAction(action), draft, caller, MOMENT)


@pytest.mark.parametrize(
    ("events", "article", "state"),
    [
        ([], {}, ReviewState.DRAFT),
        ([an_event()], {}, ReviewState.IN_REVIEW),
        ([an_event()], {"draft_number": 2}, ReviewState.DRAFT),
        ([an_event(), an_event("send-back")], {}, ReviewState.DRAFT),
        ([an_event(), an_event("send-back"), an_event()], {}, ReviewState.IN_REVIEW),
        ([an_event()], {"approved_draft": 1}, ReviewState.APPROVED),
        ([], {"approved_draft": 1}, ReviewState.APPROVED),
        ([an_event()], {"approved_draft": 1, "draft_number": 2}, ReviewState.DRAFT),
    ],
)
def test_where_a_draft_stands(events, article, state):
    assert review_of(a_desk_article(**article), events).state is state


def test_whoever_submitted_last_is_the_submitter():
    events = [an_event(), an_event("send-back", caller="editor"), an_event(caller="translator")]
    assert submitter(events) == "translator"
    assert submitter([]) is None
