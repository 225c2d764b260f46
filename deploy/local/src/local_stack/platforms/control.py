# SPDX-License-Identifier: EUPL-1.2
"""The control surface: what the platforms hold, and how they shall fail."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, request

from communique.clock import rfc3339
from local_stack.platforms.faults import FaultError, Faults, read_fault
from local_stack.platforms.journal import Journal
from local_stack.platforms.photos import Photos
from local_stack.platforms.posts import Post, Posts


def control_blueprint(posts: Posts, photos: Photos, faults: Faults, journal: Journal) -> Blueprint:
    """Serve the control surface."""
    control = Blueprint("control", __name__, url_prefix="/_control")

    @control.get("/posts")
    def list_posts() -> Response:
        found = posts.all(request.args.get("platform"), request.args.get("account"))
        return jsonify({"items": [_document(post) for post in found]})

    @control.get("/photos/<photo_id>")
    def photo(photo_id: str) -> Response:
        found = photos.find(photo_id)
        if found is None:
            abort(404)
        return Response(found.content, mimetype=found.media_type)

    @control.get("/requests")
    def requests() -> Response:
        return jsonify({"items": journal.all()})

    _serve_faults(control, faults)
    control.register_error_handler(FaultError, _not_a_fault)
    return control


def _serve_faults(control: Blueprint, faults: Faults) -> None:
    @control.get("/faults")
    def pending() -> Response:
        return jsonify({"items": faults.pending()})

    @control.post("/faults")
    def add_fault() -> Response:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise FaultError("a fault is a JSON object")
        faults.add(read_fault(body))
        return make_response("", 204)

    @control.delete("/faults")
    def clear_faults() -> Response:
        faults.clear()
        return make_response("", 204)


def _not_a_fault(error: FaultError) -> Response:
    return make_response(jsonify({"title": "Not a fault", "detail": str(error)}), 400)


def _document(post: Post) -> dict[str, Any]:
    return {
        "platform": post.platform,
        "account": post.account,
        "id": post.id,
        "text": post.text,
        "link": post.link,
        "attachments": list(post.attachments),
        "parent": post.parent,
        "live": post.live,
        "created_at": rfc3339(post.created_at),
        "edited_at": None if post.edited_at is None else rfc3339(post.edited_at),
        "deleted_at": None if post.deleted_at is None else rfc3339(post.deleted_at),
        "history": [
            {"id": version.id, "text": version.text, "at": rfc3339(version.at)}
            for version in post.versions
        ],
    }
