# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import InvalidInput, NotFound, PreconditionFailed
from communique.testing.articles import an_article
from syndicator.domain.channel import ChannelState
from syndicator.ports import Applied
from syndicator.testing.builders import a_channel, a_social_channel
from syndicator.testing.wired import Wired
from syndicator.use_cases.apply_channels import (
    Described,
    apply_channels,
    replace_channel,
    set_channel_state,
)
from syndicator.use_cases.plan import plan_version


@pytest.fixture
def wired():
    return Wired()


def described(*channels):
    return [Described(channel) for channel in channels]


def test_applying_twice_changes_nothing(wired):
    first = apply_channels(described(a_channel(), a_social_channel()), "desk", wired.deps)
    assert [applied for _, applied in first] == [Applied.CREATED] * 2
    again = apply_channels(described(a_channel(), a_social_channel()), "desk", wired.deps)
    assert [applied for _, applied in again] == [Applied.UNCHANGED] * 2
    assert [deed.action for deed in wired.store.kept.deeds] == ["channel.created"] * 2


def test_a_changed_secret_is_a_change(wired):
    for secret, expected in (
        ("a", Applied.CREATED),
        ("a", Applied.UNCHANGED),
        ("b", Applied.CHANGED),
    ):
        ((_, applied),) = apply_channels([Described(a_channel(), secret)], "desk", wired.deps)
        assert applied is expected


def test_a_fault_names_its_place_and_nothing_is_written(wired):
    bad = a_social_channel(connector="pigeon", formats=("rss", "scroll"))
    with pytest.raises(InvalidInput) as refused:
        apply_channels(described(a_channel(), bad, a_channel()), "desk", wired.deps)
    assert set(refused.value.errors) == {
        "/channels/1/connector",
        "/channels/1/format/1",
        "/channels/2/name",
    }
    assert wired.store.kept.channels == {}


def test_a_new_feed_is_filled_and_a_new_account_posts_nothing(wired):
    plan_version(an_article(media=()), wired.deps)
    apply_channels(described(a_channel(), a_social_channel()), "desk", wired.deps)
    wired.deliver_all()
    assert len(wired.entries.newest("embassy-hanoi", "vi", "rss", 10)) == 1
    assert wired.platform.orders == []


def test_an_editor_must_have_seen_the_present_revision(wired):
    replace_channel(Described(a_channel()), None, "desk", wired.deps)
    with pytest.raises(PreconditionFailed):
        replace_channel(Described(a_channel()), None, "desk", wired.deps)
    with pytest.raises(PreconditionFailed):
        replace_channel(Described(a_channel(title={"vi": "Khác"})), 2, "desk", wired.deps)
    changed = replace_channel(Described(a_channel(title={"vi": "Khác"})), 1, "desk", wired.deps)
    assert changed is Applied.CHANGED


def test_a_paused_channel_waits_and_goes_on(wired):
    apply_channels(described(a_social_channel()), "desk", wired.deps)
    set_channel_state("social-en", ChannelState.PAUSED, None, "desk", wired.deps)
    plan_version(an_article(media=()), wired.deps)
    assert wired.deliver_all() == 0
    set_channel_state("social-en", ChannelState.ACTIVE, 2, "desk", wired.deps)
    wired.deliver_all()
    assert len(wired.platform.live) == 1


def test_an_unknown_channel_cannot_be_paused(wired):
    with pytest.raises(NotFound):
        set_channel_state("nobody", ChannelState.PAUSED, None, "desk", wired.deps)
