# SPDX-License-Identifier: EUPL-1.2
"""Describe, pause and resume channels."""

from typing import Any

from flask import request
from flask_restx import Namespace, Resource

from communique.errors import InvalidInput
from communique.web.auth import caller, scope
from communique.web.operation import operation
from syndicator.api.deps import channel_record, deps, revision_in_if_match
from syndicator.api.schemas import ChannelListSchema, ChannelRecordSchema, ChannelWrittenSchema
from syndicator.domain.channel import ChannelState
from syndicator.ports import Applied, ChannelRecord
from syndicator.use_cases.apply_channels import Described, replace_channel, set_channel_state

api = Namespace("channels", path="/v1/channels")
MANAGE = scope("channels:manage")
Tagged = tuple[ChannelRecord, int, dict[str, str]]


@api.route("")
class ChannelsResource(Resource):
    """All channels."""

    @operation(rule=MANAGE, answers={200: ChannelListSchema})
    def get(self) -> dict[str, list[ChannelRecord]]:
        """List every channel."""
        with deps().deps.begin() as work:
            return {"items": work.channels.all()}


@api.route("/<string:name>")
class ChannelResource(Resource):
    """One channel."""

    @operation(rule=MANAGE, answers={200: ChannelRecordSchema, 404: None})
    def get(self, name: str) -> Tagged:
        """Read a channel; its secret is never shown."""
        return _tagged(name, 200)

    @operation(
        rule=MANAGE,
        body=ChannelWrittenSchema,
        answers={200: ChannelRecordSchema, 201: ChannelRecordSchema, 412: None, 428: None},
        headers=("If-Match", "If-None-Match"),
    )
    def put(self, name: str, *, body: dict[str, Any]) -> Tagged:
        """Describe a channel: a new one with `If-None-Match: *`, a known one with `If-Match`."""
        channel = body["channel"]
        if channel.name != name:
            raise InvalidInput(
                "The path and the body name different channels.",
                errors={"/channel/name": [f"Must be {name}."]},
            )
        new = request.headers.get("If-None-Match", "").strip() == "*"
        revision = None if new else revision_in_if_match()
        described = Described(channel, body["secret"])
        applied = replace_channel(described, revision, caller().label, deps().deps)
        return _tagged(name, 201 if applied is Applied.CREATED else 200)

    @operation(
        rule=MANAGE,
        answers={200: ChannelRecordSchema, 404: None, 412: None, 428: None},
        headers=("If-Match",),
    )
    def delete(self, name: str) -> Tagged:
        """Pause a channel for good: what it has been sent must stay known, so it is not erased."""
        return _set(name, ChannelState.PAUSED)


@api.route("/<string:name>/pause")
class PauseResource(Resource):
    """A channel's lane."""

    @operation(
        rule=MANAGE,
        answers={200: ChannelRecordSchema, 404: None, 412: None, 428: None},
        headers=("If-Match",),
    )
    def post(self, name: str) -> Tagged:
        """Stop a channel's lane; what is due waits."""
        return _set(name, ChannelState.PAUSED)


@api.route("/<string:name>/resume")
class ResumeResource(Resource):
    """A channel's lane."""

    @operation(
        rule=MANAGE,
        answers={200: ChannelRecordSchema, 404: None, 412: None, 428: None},
        headers=("If-Match",),
    )
    def post(self, name: str) -> Tagged:
        """Let a channel's lane move again."""
        return _set(name, ChannelState.ACTIVE)


def _set(name: str, state: ChannelState) -> Tagged:
    set_channel_state(name, state, revision_in_if_match(), caller().label, deps().deps)
    return _tagged(name, 200)


def _tagged(name: str, status: int) -> Tagged:
    record = channel_record(name)
    return record, status, {"ETag": f'"{record.revision}"', "Cache-Control": "no-store"}
