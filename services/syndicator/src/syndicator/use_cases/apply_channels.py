# SPDX-License-Identifier: EUPL-1.2
"""Make the channels what their description says: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.errors import InvalidInput, NotFound, PreconditionFailed
from syndicator.domain.channel import Channel, ChannelState
from syndicator.domain.delivery import Lane
from syndicator.ports import Applied, ChannelRecord, Deed, Deps, UnitOfWork
from syndicator.use_cases.plan import Occasion, plan_channel

_BACKFILL = 200


@dataclass(frozen=True, slots=True)
class Described:
    """A channel as described, and its secret; None keeps the one it has."""

    channel: Channel
    secret: str | None = None


def apply_channels(
    described: Sequence[Described], actor: str, deps: Deps
) -> list[tuple[str, Applied]]:
    """Write every channel in one transaction.

    A new or changed feed or wire is filled with the newest articles. Others only get what is
    published from now on: describing a channel never posts anything.

    Raises:
        InvalidInput: a description cannot work; each fault is named by its place.
    """
    errors = _faults([each.channel for each in described], deps)
    if errors:
        raise InvalidInput("Nothing was changed: the description has faults.", errors=errors)
    with deps.begin() as work:
        return [(each.channel.name, _apply(work, each, actor, deps)) for each in described]


def replace_channel(described: Described, revision: int | None, actor: str, deps: Deps) -> Applied:
    """Write one channel, if it still is at the revision its editor has seen (None: not there)."""
    errors = _faults([described.channel], deps)
    if errors:
        raise InvalidInput(
            "The channel cannot work like this.",
            errors={place.removeprefix("/channels/0"): lines for place, lines in errors.items()},
        )
    with deps.begin() as work:
        _check_revision(work.channels.get(described.channel.name, lock=True), revision)
        return _apply(work, described, actor, deps)


def set_channel_state(
    name: str, state: ChannelState, revision: int | None, actor: str, deps: Deps
) -> None:
    """Pause a channel's lane, or let it move again; with a revision, only if it still is that."""
    with deps.begin() as work:
        record = work.channels.get(name, lock=True)
        if record is None:
            raise NotFound(f"There is no channel {name}.")
        if revision is not None:
            _check_revision(record, revision)
        if record.state is not state:
            work.channels.set_state(name, state)
            work.audit.note(Deed(actor, f"channel.{state}", name))


def _apply(work: UnitOfWork, described: Described, actor: str, deps: Deps) -> Applied:
    channel = described.channel
    applied = work.channels.put(channel, described.secret)
    if applied is Applied.UNCHANGED:
        return applied
    work.audit.note(Deed(actor, f"channel.{applied}", channel.name))
    can = deps.capabilities[channel.connector]
    if can.pull:
        occasion = Occasion(work.now(), Lane.BULK)
        for article_id in sorted(work.articles.newest(_BACKFILL)):
            article = work.articles.latest(article_id, lock=True)
            if article is not None:
                rows = work.deliveries.of_article(article_id)
                own = {row.locale: row for row in rows if row.channel == channel.name}
                plan_channel(work, article, channel, can, own, occasion)
    return applied


def _check_revision(record: ChannelRecord | None, revision: int | None) -> None:
    present = None if record is None else record.revision
    if present != revision:
        raise PreconditionFailed(
            "The channel has changed since it was read; read it again.",
            errors={"If-Match": ["Names another revision than the present one."]},
        )


def _faults(channels: Sequence[Channel], deps: Deps) -> Mapping[str, list[str]]:
    faults: dict[str, list[str]] = {}
    seen: set[str] = set()
    for number, channel in enumerate(channels):
        place = f"/channels/{number}"
        if channel.name in seen:
            faults[f"{place}/name"] = [f"{channel.name} stands here twice."]
        seen.add(channel.name)
        if channel.connector not in deps.capabilities:
            known = ", ".join(sorted(deps.capabilities))
            faults[f"{place}/connector"] = [f"Must be one of: {known}."]
        for position, form in enumerate(channel.formats):
            if form not in deps.formatters:
                known = ", ".join(sorted(deps.formatters))
                faults[f"{place}/format/{position}"] = [f"Must be one of: {known}."]
    return faults
