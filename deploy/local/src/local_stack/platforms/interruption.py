# SPDX-License-Identifier: EUPL-1.2
"""Applies the faults to calls and notes every call in the journal."""

import socket
import time
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, g, request

from communique.clock import Clock
from local_stack.platforms.facebook_routes import graph_fault, parameters_of_request
from local_stack.platforms.faults import Fault, Faults, Mode
from local_stack.platforms.journal import Call, Journal
from local_stack.platforms.webhook_receiver import webhook_fault
from local_stack.platforms.x_routes import x_fault

ENDPOINTS = {
    "facebook.create": ("facebook", "create"),
    "facebook.upload": ("facebook", "upload"),
    "facebook.edit": ("facebook", "edit"),
    "facebook.delete": ("facebook", "delete"),
    "facebook.list_posts": ("facebook", "list"),
    "facebook.read": ("facebook", "read"),
    "x.create": ("x", "create"),
    "x.delete": ("x", "delete"),
    "x.list_posts": ("x", "list"),
    "x.read": ("x", "read"),
    "webhook.receive": ("webhook", "receive"),
}
FAILURES: Mapping[str, Callable[[int], Response]] = {
    "facebook": graph_fault,
    "x": x_fault,
    "webhook": webhook_fault,
}


def interrupt_calls(app: Flask, faults: Faults, journal: Journal, clock: Clock) -> None:
    """Let faults come before and after the work of every platform call."""

    @app.before_request
    def before() -> Response | None:
        g.call = _operation()
        g.fault = None if g.call is None else faults.take(*g.call)
        return None if g.fault is None else _fail(g.call[0], g.fault)

    @app.after_request
    def after(answer: Response) -> Response:
        if g.call is None:
            return answer
        fault: Fault | None = g.fault
        unanswered = fault is not None and fault.mode in {Mode.LOST_ANSWER, Mode.REFUSE}
        journal.record(
            Call(
                platform=g.call[0],
                operation=g.call[1],
                method=request.method,
                path=request.path,
                body=parameters_of_request(),
                status=None if unanswered else answer.status_code,
                fault=None if fault is None else fault.mode,
            ),
            clock.now(),
        )
        if unanswered:
            _hang_up()
        return answer


def _operation() -> tuple[str, str] | None:
    found = ENDPOINTS.get(request.endpoint or "")
    if found == ("x", "create"):
        body: Any = request.get_json(silent=True)
        if isinstance(body, dict) and "edit_options" in body:
            return ("x", "edit")
    return found


def _fail(platform: str, fault: Fault) -> Response | None:
    if fault.mode is Mode.DELAY:
        time.sleep(fault.seconds)
    if fault.mode is Mode.REFUSE:
        return Response(status=503)  # never seen: the connection is closed before it is written
    if fault.mode is not Mode.STATUS:
        return None
    answer = FAILURES[platform](fault.status)
    if fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def _hang_up() -> None:
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
