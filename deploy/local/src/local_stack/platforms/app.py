# SPDX-License-Identifier: EUPL-1.2
"""Puts the platforms together into one application."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, jsonify

from communique.clock import Clock
from local_stack.platforms.control import control_blueprint
from local_stack.platforms.facebook import FacebookPages
from local_stack.platforms.facebook_routes import facebook_blueprint
from local_stack.platforms.faults import Faults
from local_stack.platforms.interruption import interrupt_calls
from local_stack.platforms.journal import Journal
from local_stack.platforms.photos import Photos
from local_stack.platforms.posts import Posts
from local_stack.platforms.store import Store
from local_stack.platforms.webhook_receiver import Receivers, webhook_blueprint
from local_stack.platforms.x import XAccounts
from local_stack.platforms.x_routes import x_blueprint


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who may do what: a token for each Page and each X account, a secret for webhooks."""

    facebook: Mapping[str, str]
    x: Mapping[str, str]
    webhook_secret: str


def create_app(accounts: Accounts, data: Path, clock: Clock) -> Flask:
    """Build the platforms on what an earlier run left in `data`."""
    store = Store(data / "platforms.sqlite3")
    posts, photos = Posts(store), Photos(store)
    faults, journal = Faults(), Journal(store)
    receivers = Receivers(secret=accounts.webhook_secret, store=store, clock=clock)
    app = Flask("local_stack.platforms")
    app.register_blueprint(
        facebook_blueprint(FacebookPages(accounts.facebook, store, posts, photos, clock))
    )
    app.register_blueprint(x_blueprint(XAccounts(accounts.x, store, posts, clock)))
    app.register_blueprint(webhook_blueprint(receivers))
    app.register_blueprint(control_blueprint(posts, photos, faults, journal))
    interrupt_calls(app, faults, journal, clock)

    @app.get("/livez")
    def livez() -> Response:
        return jsonify({"status": "ok"})

    return app
