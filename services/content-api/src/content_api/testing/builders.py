# SPDX-License-Identifier: EUPL-1.2
"""Valid documents and receipts in one line; keyword arguments replace what a test is about."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from communique.events.article import Heading, Kind, Localization, Paragraph
from communique.events.delivery import Action, DeliveryState, Receipt
from communique.ids import new_id
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.states import State

MOMENT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


def a_localization(**changes: Any) -> Localization:
    """Return a text in Vietnamese with a heading and emphasis."""
    text = Localization(
        title="Khai mạc tuần lễ văn hoá",
        slug="khai-mac-tuan-le-van-hoa",
        summary="Tuần lễ gồm mười hai buổi biểu diễn.",
        body=(
            Heading(2, "Chương trình"),
            Paragraph("Mở cửa <em>tự do</em> cho mọi người."),
        ),
    )
    return replace(text, **changes)


def a_document(**changes: Any) -> Document:
    """Return a document in Vietnamese and English."""
    english = a_localization(
        title="Cultural week opens",
        slug="cultural-week-opens",
        summary="The week has twelve performances.",
        body=(Heading(2, "Programme"), Paragraph("Open to <em>everybody</em>.")),
    )
    document = Document(
        kind=Kind.NEWS,
        source_locale="vi",
        locales={"vi": a_localization(), "en": english},
        topics=("mofa:culture",),
        places=("VN",),
        missions=("embassy-paris",),
    )
    return replace(document, **changes)


def with_slugs(document: Document, suffix: str) -> Document:
    """Return the document at addresses of its own."""
    locales = {
        locale: replace(text, slug=f"{text.slug}-{suffix}")
        for locale, text in document.locales.items()
    }
    return replace(document, locales=locales)


def a_desk_article(**changes: Any) -> DeskArticle:
    """Return an article with one draft and nothing else."""
    article = DeskArticle(
        id=new_id(),
        state=State.DRAFT,
        draft_number=1,
        created_by="author",
        created_at=MOMENT,
        updated_at=MOMENT,
    )
    return replace(article, **changes)


def a_receipt(**changes: Any) -> Receipt:
    """Return the receipt of a first delivery."""
    receipt = Receipt(
        delivery=new_id(),
        channel="ministry-site",
        article=new_id(),
        locale="vi",
        served_locale="vi",
        wanted_version=1,
        version=1,
        action=Action.CREATE,
        state=DeliveryState.DELIVERED,
        at=MOMENT,
        attempts=1,
    )
    return replace(receipt, **changes)
