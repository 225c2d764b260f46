# SPDX-License-Identifier: EUPL-1.2
import pytest
from sqlalchemy import create_mock_engine

from communique import db
from communique.errors import TooLarge
from communique.events.article import Paragraph
from communique.events.envelope import EventType
from communique.outbox.add import add
from communique.outbox.table import channel_of, outbox_table
from communique.testing.articles import an_article

TABLE = outbox_table(db.metadata("sample"))


def test_an_event_that_the_broker_would_never_take_is_refused_before_it_is_written():
    body = (Paragraph("ệ" * 20_000),) * 20
    article = an_article()
    vietnamese = article.locales["vi"]
    large = {"vi": type(vietnamese)(title="Tin", slug="tin", body=body)}
    connection = create_mock_engine("postgresql+psycopg://", lambda *_: pytest.fail("written"))
    with pytest.raises(TooLarge, match="over 900000"):
        add(
            connection,
            TABLE,
            EventType.ARTICLE_PUBLISHED,
            an_article(locales=large),
            key=article.id,
        )


def test_each_service_has_its_own_channel():
    assert channel_of(TABLE) == "sample_outbox"
