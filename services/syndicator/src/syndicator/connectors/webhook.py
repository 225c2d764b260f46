# SPDX-License-Identifier: EUPL-1.2
"""A signed POST to a partner (Standard Webhooks). The partner tells doubles by `webhook-id`."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

import orjson

from communique.clock import rfc3339
from communique.events.article import Revision
from communique.events.delivery import Action
from syndicator.calls import Calls, excerpt
from syndicator.ports import DeliveryError, Destination, Order, Placed, Retry

_PREFIX: Final = "whsec_"
_TYPES: Final = {
    Action.CREATE: "article.published",
    Action.EDIT: "article.updated",
    Action.NOTICE: "article.retracted",
    Action.DELETE: "article.retracted",
}


class Webhook:
    """Posts `{type, timestamp, data}` with the rendered article as data."""

    actions = frozenset(_TYPES)
    retry: Mapping[Action, Retry] = dict.fromkeys(_TYPES, Retry.SAFE)
    exact = True
    pull = False

    def __init__(self, destination: Destination) -> None:
        """Take the destination."""
        self._destination = destination

    def perform(self, order: Order) -> Placed:
        """Post it; only 2xx is a yes, and 410 a no for good."""
        body = self._body(order)
        answer = Calls(self._destination.http, self._headers(order, body)).change(
            "POST", self._destination.setting("url"), body, "application/json"
        )
        if not 200 <= answer.status < 300:
            raise DeliveryError(
                f"{answer.status}: {excerpt(answer)}", permanent=answer.status == 410
            )
        return Placed(external_id=order.placed.external_id if order.placed else order.key)

    def look(self, order: Order) -> Placed | None:
        """Answer that it may simply be sent again."""
        del order
        return None

    def _type(self, order: Order) -> str:
        corrects = order.action is Action.EDIT and order.revision is Revision.CORRECTION
        return "article.corrected" if corrects else _TYPES[order.action]

    def _body(self, order: Order) -> bytes:
        data = next(iter(order.rendered.values())).body
        at = order.updated or self._destination.clock.now()
        document = {
            "type": self._type(order),
            "timestamp": rfc3339(at),
            "data": orjson.Fragment(data),
        }
        return orjson.dumps(document)

    def _headers(self, order: Order, body: bytes) -> dict[str, str]:
        moment = str(int(self._destination.clock.now().timestamp()))
        signed = b".".join([order.key.encode(), moment.encode(), body])
        signature = hmac.new(self._key(), signed, hashlib.sha256).digest()
        return {
            "webhook-id": order.key,
            "webhook-timestamp": moment,
            "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
        }

    def _key(self) -> bytes:
        try:
            return base64.b64decode(self._destination.secret().removeprefix(_PREFIX), validate=True)
        except binascii.Error as error:
            raise DeliveryError(
                "the webhook secret is not whsec_ and base64", permanent=True
            ) from error
