# SPDX-License-Identifier: EUPL-1.2
from dataclasses import fields as fields_of
from dataclasses import replace

import orjson
import pytest
from marshmallow import ValidationError

from communique.events import article, media
from communique.events.delivery import Action, DeliveryState, Receipt
from communique.events.shapes import (
    BLOCKS,
    ArticleSchema,
    AssetSchema,
    DescriptionSchema,
    LocalizationSchema,
    ReceiptSchema,
    WrittenLocalizationSchema,
)
from communique.ids import new_id
from communique.testing.articles import (
    ARTICLE,
    PUBLISHED,
    a_correction,
    a_retraction,
    an_article,
    an_asset,
)
from communique.testing.hard_articles import HARD_ARTICLES


def a_receipt(**changes):
    receipt = Receipt(
        delivery=new_id(),
        channel="site-vi",
        article=ARTICLE,
        locale="vi",
        served_locale="vi",
        wanted_version=1,
        version=1,
        action=Action.CREATE,
        state=DeliveryState.DELIVERED,
        at=PUBLISHED,
    )
    return replace(receipt, **changes)


def over_the_wire(schema, value):
    return schema.load(orjson.loads(orjson.dumps(schema.dump(value))))


@pytest.mark.parametrize("make", [an_article, a_correction, a_retraction])
def test_articles_survive_the_wire(make):
    assert over_the_wire(ArticleSchema(), make()) == make()


@pytest.mark.parametrize("name", sorted(set(HARD_ARTICLES) - {"every-block", "vietnamese"}))
def test_hard_articles_survive_the_wire(name):
    hard = HARD_ARTICLES[name]()
    assert over_the_wire(ArticleSchema(), hard) == hard


def test_every_block_survives_the_wire():
    text = HARD_ARTICLES["every-block"]().locales["en"]
    clean = an_article(locales={"en": replace(text, title="Terms", body=text.body[:-1])})
    assert over_the_wire(ArticleSchema(), clean) == clean


def test_an_article_that_formatters_clean_is_not_taken():
    with pytest.raises(ValidationError) as caught:
        over_the_wire(ArticleSchema(), HARD_ARTICLES["every-block"]())
    assert set(caught.value.messages["locales"]["en"]) == {"title", "body"}


def test_assets_survive_the_wire():
    assert over_the_wire(AssetSchema(), an_asset()) == an_asset()


def test_a_receipt_tells_whether_it_is_closed_and_does_not_read_that_back():
    receipt = a_receipt()
    written = ReceiptSchema().dump(receipt)
    assert written["closed"] is True
    assert list(written)[-1] == "closed"
    assert ReceiptSchema().lenient({**written, "closed": False}) == receipt


@pytest.mark.parametrize(
    ("changes", "closed"),
    [
        ({}, True),
        ({"version": None}, False),
        ({"wanted_version": 2}, False),
        ({"state": DeliveryState.UNKNOWN}, False),
        ({"state": DeliveryState.FAILED}, False),
        ({"state": DeliveryState.WAIVED, "version": None}, True),
    ],
)
def test_a_receipt_is_closed_when_wanted_is_there_or_it_was_waived(changes, closed):
    assert a_receipt(**changes).closed is closed


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        (ArticleSchema, article.Article),
        (LocalizationSchema, article.Localization),
        (AssetSchema, media.Asset),
        (ReceiptSchema, Receipt),
    ],
)
def test_a_shape_has_every_field_of_its_value(schema, kind):
    assert {each.name for each in fields_of(kind)} == set(schema().fields) - {"closed"}


def test_every_block_has_a_shape():
    made = {shape.makes for shape in BLOCKS.values()}
    assert made == set(article.Block.__args__)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_carries_its_type(name):
    kind = BLOCKS[name].makes
    assert next(each.default for each in fields_of(kind) if each.name == "type") == name


def written(**changes):
    text = {"title": "Tin", "slug": "tin", "body": [{"type": "paragraph", "html": "Xin chào"}]}
    return {**text, **changes}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": ""}, ("title",)),
        ({"title": "x" * 301}, ("title",)),
        ({"slug": "Tin Tức"}, ("slug",)),
        ({"body": [{"type": "script", "html": "x"}]}, ("body", 0, "type")),
        ({"body": [{"type": "heading", "level": 1, "text": "x"}]}, ("body", 0, "level")),
        ({"body": [{"type": "heading", "level": "2", "text": "x"}]}, ("body", 0, "level")),
        ({"body": [{"type": "list", "items": []}]}, ("body", 0, "items")),
        ({"body": [{"type": "image", "asset": "1"}]}, ("body", 0, "asset")),
        ({"body": [{"type": "embed", "url": "javascript:x"}]}, ("body", 0, "url")),
        ({"machine_translated": "yes"}, ("machine_translated",)),
        ({"keywords": ["a", ""]}, ("keywords", 1)),
        ({"social": {"x": {"text": "\x00"}}}, ("social", "x", "text")),
        ({"source_version": 1}, ("source_version",)),
    ],
)
def test_what_is_wrong_in_a_text_is_named_at_its_place(changes, place):
    with pytest.raises(ValidationError) as caught:
        WrittenLocalizationSchema().load(written(**changes))
    found = caught.value.normalized_messages()
    for step in place:
        assert list(found) == [step]
        found = found[step]
    assert found


@pytest.mark.parametrize("urgency", [0, 9, "5", 5.5, True, None])
def test_urgency_is_a_whole_number_from_1_to_8(urgency):
    with pytest.raises(ValidationError) as caught:
        DescriptionSchema().load({"kind": "news", "source_locale": "vi", "urgency": urgency})
    assert list(caught.value.messages) == ["urgency"]


def test_a_description_needs_only_kind_and_language():
    loaded = DescriptionSchema().load({"kind": "news", "source_locale": "vi"})
    assert loaded["audience"] is article.Audience.PUBLIC
    assert loaded["urgency"] == 5
    assert loaded["links"] == article.Links()
    assert loaded["rights"] == article.Rights()
