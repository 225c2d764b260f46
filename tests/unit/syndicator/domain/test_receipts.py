# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.events.article import Revision
from communique.events.delivery import DeliveryState
from communique.events.envelope import EventType
from syndicator.domain.receipts import event_of, receipt_of
from syndicator.testing.builders import a_delivery, a_standing, a_wanted

RETRACTION = a_wanted(version=2, revision=Revision.RETRACTION)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (a_delivery(), EventType.DELIVERY_DUE),
        (a_delivery(state=DeliveryState.HELD), EventType.DELIVERY_DUE),
        (a_delivery(state=DeliveryState.SENDING), None),
        (a_delivery(state=DeliveryState.RETRYING), None),
        (a_delivery(state=DeliveryState.FAILED), EventType.DELIVERY_FAILED),
        (a_delivery(state=DeliveryState.UNKNOWN), EventType.DELIVERY_UNKNOWN),
        (a_delivery(state=DeliveryState.DELIVERED), EventType.DELIVERY_SUCCEEDED),
        (a_delivery(state=DeliveryState.WAIVED), EventType.DELIVERY_SUCCEEDED),
        (
            a_delivery(state=DeliveryState.DELIVERED, wanted=RETRACTION),
            EventType.DELIVERY_RETRACTED,
        ),
    ],
)
def test_each_state_has_its_event(after, expected):
    assert event_of(None, after) is expected


def test_what_has_not_changed_is_not_told():
    row = a_delivery()
    assert event_of(row, replace(row, attempts=3, reason="again")) is None
    assert event_of(row, replace(row, wanted=a_wanted(version=2))) is EventType.DELIVERY_DUE


def test_a_receipt_says_what_is_there():
    row = a_delivery(state=DeliveryState.DELIVERED, there=a_standing(), reason="x" * 3_000)
    receipt = receipt_of(row)
    assert receipt.closed
    assert (receipt.version, receipt.external_id, receipt.url) == (
        1,
        "post-1",
        "https://social.example/1",
    )
    assert len(receipt.reason) == 2_000


def test_what_is_gone_has_no_address_and_is_closed():
    gone = a_standing(version=2, gone=True)
    receipt = receipt_of(a_delivery(state=DeliveryState.DELIVERED, wanted=RETRACTION, there=gone))
    assert receipt.closed
    assert receipt.url is None
