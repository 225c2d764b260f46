# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.events.article import MediaRole
from communique.events.media import AssetState
from communique.testing.articles import (
    INLINE,
    LEAD,
    a_media_use,
    an_article,
    an_asset,
    assets_of,
)
from communique.testing.hard_articles import every_block, forty_pictures
from syndicator.domain.pictures import Album, Use


def album(article=None, locale="en", assets=None):
    article = article or an_article()
    return Album(article, locale, assets_of(article) if assets is None else assets)


@pytest.mark.parametrize(
    ("use", "profile"), [(Use.LEAD, "wide"), (Use.TEXT, "medium"), (Use.THUMBNAIL, "thumb")]
)
def test_each_use_has_its_profile(use, profile):
    assert album().lead(use).rendition.profile == profile


def test_the_next_best_profile_serves_while_the_best_is_not_made():
    asset = an_asset(LEAD)
    partly = replace(asset, renditions=(asset.rendition("medium"),))
    assert album(assets={LEAD: partly}).lead(Use.LEAD).rendition.profile == "medium"
    assert album(assets={LEAD: partly}).lead(Use.THUMBNAIL) is None


@pytest.mark.parametrize("state", [each for each in AssetState if each is not AssetState.READY])
def test_only_a_ready_asset_is_shown(state):
    assert album(assets={LEAD: an_asset(LEAD, state=state)}).lead() is None
    assert album(assets={LEAD: an_asset(LEAD, state=state)}).renditions(LEAD) == []


def test_without_the_lead_another_picture_leads():
    assert album(assets={INLINE: an_asset(INLINE)}).lead().asset == INLINE


def test_each_picture_comes_once_the_lead_first_and_no_attachment():
    uses = (a_media_use(INLINE), a_media_use(LEAD, MediaRole.LEAD), a_media_use(LEAD))
    assert [each.asset for each in album(an_article(media=uses)).all()] == [LEAD, INLINE]
    assert len(album(forty_pictures()).all()) == 39


def test_words_are_in_the_language_of_the_text_or_absent():
    uses = (a_media_use(LEAD, alt={"vi": "Bàn"}, caption={"vi": "Hội đàm"}, credit=None),)
    picture = album(an_article(media=uses), "en").lead()
    assert (picture.alt, picture.caption, picture.credit) == ("", None, "Bộ Ngoại giao")


def test_words_of_the_asset_serve_where_the_article_has_none():
    uses = (a_media_use(LEAD, alt={}, caption={}),)
    assets = {LEAD: an_asset(LEAD, caption={"en": "A caption"})}
    picture = album(an_article(media=uses), "en", assets).lead()
    assert (picture.alt, picture.caption) == ("A caption", "A caption")


def test_a_picture_in_the_text_need_not_be_listed():
    assert album(an_article(media=()), assets={LEAD: an_asset()}).picture(LEAD) is not None


def test_the_text_shows_what_its_blocks_name():
    assert {LEAD, INLINE} < album(every_block()).shown_in_text()
