# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import NotFound
from communique.events.delivery import DeliveryState
from communique.testing.articles import an_article
from syndicator.domain.channel import Approval
from syndicator.domain.transitions import Found
from syndicator.ports import DeliveryError, OutcomeUnknown
from syndicator.testing.builders import DELIVERY, a_social_channel
from syndicator.testing.fakes import BLIND
from syndicator.testing.wired import Wired
from syndicator.use_cases import operate
from syndicator.use_cases.plan import plan_version


def blocked(*, channel=None, before=(), after=()):
    wired = Wired(can=BLIND)
    wired.add(channel or a_social_channel())
    wired.platform.before, wired.platform.after = list(before), list(after)
    plan_version(an_article(media=()), wired.deps)
    wired.deliver_all()
    return wired, wired.store.rows[0].id


def test_a_failed_delivery_is_tried_again():
    wired, row = blocked(before=[DeliveryError("no", permanent=True)])
    operate.retry(row, "duty desk", wired.deps)
    wired.deliver_all()
    assert wired.store.rows[0].state is DeliveryState.DELIVERED
    assert [(deed.actor, deed.action) for deed in wired.store.kept.deeds] == [
        ("duty desk", "delivery.retry")
    ]


def test_a_held_delivery_is_let_go():
    wired, row = blocked(channel=a_social_channel(approval=Approval.HOLD))
    assert wired.platform.orders == []
    operate.retry(row, "press officer", wired.deps)
    wired.deliver_all()
    assert len(wired.platform.live) == 1


def test_a_waived_delivery_is_closed_and_stays_so():
    wired, row = blocked(before=[DeliveryError("no", permanent=True)])
    assert (
        operate.waive(row, "duty desk", "posted by hand", wired.deps).state is DeliveryState.WAIVED
    )
    assert wired.deliver_all() == 0


@pytest.mark.parametrize(("found", "calls"), [(Found("post-1"), 1), (None, 2)])
def test_a_person_resolves_an_unknown_outcome(found, calls):
    wired, row = blocked(after=[OutcomeUnknown("timeout")])
    operate.resolve(row, "duty desk", found, wired.deps)
    wired.deliver_all()
    assert wired.store.rows[0].state is DeliveryState.DELIVERED
    assert len(wired.platform.orders) == calls


def test_an_unknown_id_is_not_found():
    with pytest.raises(NotFound):
        operate.retry(DELIVERY, "duty desk", Wired().deps)
