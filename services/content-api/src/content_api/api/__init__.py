# SPDX-License-Identifier: EUPL-1.2
"""The edge: every namespace, listed by hand."""

from typing import Final

from flask_restx import Namespace

from content_api.api import (
    article_terms,
    articles,
    authority,
    comments,
    desk,
    drafts,
    embargoes,
    history,
    locales,
    oembed,
    pages,
    previews,
    references,
    registers,
    releases,
    review,
    signatures,
    sitemaps,
    stream,
    sync,
    terms,
    terms_files,
    translations,
    work,
)

NAMESPACES: Final[tuple[Namespace, ...]] = (
    articles.api,
    references.api,
    registers.api,
    desk.api,
    history.api,
    locales.api,
    embargoes.api,
    embargoes.press,
    releases.api,
    pages.api,
    oembed.api,
    sitemaps.api,
    previews.desk,
    previews.api,
    previews.page,
    signatures.api,
    article_terms.api,
    terms_files.api,
    terms.api,
    translations.api,
    authority.api,
    comments.api,
    drafts.api,
    review.api,
    work.api,
    sync.api,
    stream.api,
)
