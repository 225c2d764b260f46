# SPDX-License-Identifier: EUPL-1.2
import json

from syndicator.domain.channel import (
    Approval,
    ChannelKind,
    CorrectionPolicy,
    CredentialReference,
    LocaleChoice,
    RateLimit,
    RetractionPolicy,
    Selector,
    Trust,
)
from syndicator.domain.channel_spec import from_spec, to_spec
from syndicator.testing.builders import a_channel


def test_a_plain_channel_comes_back_from_its_data():
    channel = a_channel()
    assert from_spec(json.loads(json.dumps(to_spec(channel)))) == channel


def test_a_channel_with_everything_comes_back_from_its_data():
    channel = a_channel(
        kind=ChannelKind.SOCIAL,
        formats=("x-post",),
        connector="x",
        locales=(LocaleChoice("vi"), LocaleChoice("ja", ("en", "vi"))),
        selector=Selector(("news",), ("mofa:sea",), ("VN",), ("embassy-paris",), 4),
        trust=Trust.PRESS,
        approval=Approval.HOLD,
        correction_policy=CorrectionPolicy.REPLY,
        retraction_policy=RetractionPolicy.NOTICE,
        rate_limit=RateLimit(60),
        destination={"url": "https://x.example/2"},
        options={"hashtags": 2},
        credential=CredentialReference("TOKEN"),
    )
    assert from_spec(json.loads(json.dumps(to_spec(channel)))) == channel
