# SPDX-License-Identifier: EUPL-1.2
"""Fold a delivery receipt into the article's history."""

from communique.events.delivery import Receipt
from content_api.ports import Deps


def record_receipt(event: str, receipt: Receipt, deps: Deps) -> bool:
    """Keep the receipt; False when this event was recorded before."""
    with deps.unit_of_work() as unit:
        return unit.deliveries.record(event, receipt)
