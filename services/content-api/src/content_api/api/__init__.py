# SPDX-License-Identifier: EUPL-1.2
"""The edge: every namespace, listed by hand."""

from typing import Final

from flask_restx import Namespace

from content_api.api import (
    article_terms,
    articles,
    desk,
    history,
    pages,
    signatures,
    terms,
    terms_files,
)

NAMESPACES: Final[tuple[Namespace, ...]] = (
    articles.api,
    desk.api,
    history.api,
    pages.api,
    signatures.api,
    article_terms.api,
    terms_files.api,
    terms.api,
)
