# SPDX-License-Identifier: EUPL-1.2
"""See deliveries, and help those in trouble."""

from typing import Any

from flask_restx import Namespace, Resource

from communique.errors import InvalidInput, NotFound
from communique.ids import is_id
from communique.web.auth import caller, scope
from communique.web.operation import operation
from syndicator.api.deps import deps
from syndicator.api.schemas import (
    DeliveryPageSchema,
    DeliveryQuerySchema,
    DeliverySchema,
    ResolutionSchema,
    WaiverSchema,
)
from syndicator.domain.delivery import Delivery
from syndicator.domain.transitions import Found
from syndicator.ports import DeliveryQuery
from syndicator.use_cases import operate

api = Namespace("deliveries", path="/v1/deliveries")
READ = scope("deliveries:read")
MANAGE = scope("deliveries:manage")


@api.route("")
class DeliveriesResource(Resource):
    """Deliveries."""

    @operation(rule=READ, query=DeliveryQuerySchema, answers={200: DeliveryPageSchema})
    def get(self, *, query: dict[str, Any]) -> dict[str, Any]:
        """List deliveries in the order they were planned, by article, channel and state."""
        wanted = DeliveryQuery(
            article=query["article"],
            channel=query["channel"],
            state=query["state"],
            after=query["cursor"],
            limit=query["limit"],
        )
        with deps().deps.begin() as work:
            rows = work.deliveries.search(wanted)
        more = len(rows) == wanted.limit
        return {"items": rows, "next": rows[-1].id if more else None}


@api.route("/<string:id>")
class DeliveryResource(Resource):
    """One delivery."""

    @operation(rule=READ, answers={200: DeliverySchema, 404: None})
    def get(self, id: str) -> Delivery:  # noqa: A002  # it is the path's word
        """Read what should be there and what is there."""
        with deps().deps.begin() as work:
            row = work.deliveries.get(_known(id))
        if row is None:
            raise NotFound(f"There is no delivery {id}.")
        return row


@api.route("/<string:id>/retry")
class RetryResource(Resource):
    """A delivery to try again."""

    @operation(rule=MANAGE, answers={200: DeliverySchema, 404: None, 409: None})
    def post(self, id: str) -> Delivery:  # noqa: A002  # it is the path's word
        """Try again now; a held delivery is let go by this."""
        return operate.retry(_known(id), caller().label, deps().deps)


@api.route("/<string:id>/waive")
class WaiveResource(Resource):
    """A delivery that need not be done."""

    @operation(rule=MANAGE, body=WaiverSchema, answers={200: DeliverySchema, 404: None, 409: None})
    def post(self, id: str, *, body: dict[str, Any]) -> Delivery:  # noqa: A002  # the path's word
        """Close a delivery without its being done."""
        return operate.waive(_known(id), caller().label, body["why"], deps().deps)


@api.route("/<string:id>/resolve")
class ResolveResource(Resource):
    """A delivery whose outcome is unknown."""

    @operation(
        rule=MANAGE, body=ResolutionSchema, answers={200: DeliverySchema, 404: None, 409: None}
    )
    def post(self, id: str, *, body: dict[str, Any]) -> Delivery:  # noqa: A002  # the path's word
        """Say what became of it: it stands there, or nothing was done."""
        found = None
        if body["outcome"] == "delivered":
            if body["external_id"] is None:
                raise InvalidInput(
                    "Say as what it stands there.", errors={"/external_id": ["Is missing."]}
                )
            found = Found(body["external_id"], body["url"])
        return operate.resolve(_known(id), caller().label, found, deps().deps)


def _known(delivery: str) -> str:
    if not is_id(delivery):
        raise NotFound(f"There is no delivery {delivery}.")
    return delivery
