# SPDX-License-Identifier: EUPL-1.2
"""A partner that takes signed webhooks and keeps every delivery, believed or not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request
from standardwebhooks import Webhook, WebhookVerificationError

from communique.clock import Clock, rfc3339
from local_stack.platforms.store import Store, moment

PLATFORM = "webhook"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What arrived once at a receiver; `reason` says why it was not believed."""

    receiver: str
    webhook_id: str | None
    reason: str | None
    headers: Mapping[str, str]
    body: bytes


class Receivers:
    """All receivers of the partner; they share one signing secret."""

    def __init__(self, *, secret: str, store: Store, clock: Clock) -> None:
        """Believe what is signed with that secret."""
        self._webhook = Webhook(secret)
        self._store = store
        self._clock = clock

    def verify(self, headers: Mapping[str, str], body: bytes) -> str | None:
        """Return why a delivery cannot be believed, or nothing."""
        try:
            self._webhook.verify(body, dict(headers), json_parse=False)
        except WebhookVerificationError as error:
            return str(error)
        except ValueError:  # the library splits and decodes the signature unguarded
            return "Invalid signature"
        return None

    def keep(self, delivery: Delivery) -> bool:
        """Keep a delivery; tell whether a believed one with its id came before."""
        with self._store.transaction() as connection:
            earlier = connection.execute(
                "SELECT COUNT(*) FROM deliveries"
                " WHERE receiver = ? AND webhook_id = ? AND verified AND ? IS NULL",
                (delivery.receiver, delivery.webhook_id, delivery.reason),
            ).fetchone()
            duplicate = bool(earlier[0])
            connection.execute(
                "INSERT INTO deliveries"
                " (receiver, webhook_id, verified, duplicate, reason, headers, body, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    delivery.receiver,
                    delivery.webhook_id,
                    delivery.reason is None,
                    duplicate,
                    delivery.reason,
                    json.dumps(dict(delivery.headers)),
                    delivery.body.decode("utf-8", "replace"),
                    self._clock.now().timestamp(),
                ),
            )
        return duplicate

    def received(self, receiver: str) -> list[dict[str, Any]]:
        """Return every delivery to a receiver, oldest first."""
        with self._store.transaction() as connection:
            rows = connection.execute(
                "SELECT * FROM deliveries WHERE receiver = ? ORDER BY number", (receiver,)
            ).fetchall()
        return [
            {
                "number": row["number"],
                "webhook_id": row["webhook_id"],
                "verified": bool(row["verified"]),
                "duplicate": bool(row["duplicate"]),
                "reason": row["reason"],
                "received_at": rfc3339(moment(row["at"])),
                "headers": json.loads(row["headers"]),
                "body": _parsed(row["body"]),
            }
            for row in rows
        ]


def webhook_blueprint(receivers: Receivers) -> Blueprint:
    """Serve the receivers."""
    webhooks = Blueprint("webhook", __name__, url_prefix="/webhook")

    @webhooks.post("/<name>")
    def receive(name: str) -> Response:
        headers = {key.lower(): value for key, value in request.headers.items()}
        body = request.get_data()
        reason = receivers.verify(headers, body)
        delivery = Delivery(name, headers.get("webhook-id"), reason, headers, body)
        duplicate = receivers.keep(delivery)
        if reason is not None:
            return make_response(jsonify({"title": "Unauthorized", "detail": reason}), 401)
        return make_response(jsonify({"received": True, "duplicate": duplicate}), 202)

    @webhooks.get("/<name>/received")
    def received(name: str) -> Response:
        return jsonify({"items": receivers.received(name)})

    return webhooks


def webhook_fault(status: int) -> Response:
    """Write the failure that a status on demand stands for."""
    return make_response(jsonify({"title": "An injected failure", "status": status}), status)


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
