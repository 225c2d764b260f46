# SPDX-License-Identifier: EUPL-1.2
"""Valid articles and assets in one line; keyword arguments replace what a test is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from communique.events.article import (
    Article,
    Heading,
    Image,
    Kind,
    ListBlock,
    Localization,
    MediaRole,
    MediaUse,
    Paragraph,
    Quote,
    Revision,
    Rights,
    SocialText,
    Speaker,
)
from communique.events.media import Asset, AssetState, Rendition

ARTICLE = "01941f29-7c00-7000-8000-000000000001"
LEAD = "01941f29-7c00-7000-9000-000000000001"
INLINE = "01941f29-7c00-7000-9000-000000000002"
PUBLISHED = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
PROFILES = {"wide": (1200, 675), "medium": (800, 533), "thumb": (320, 180)}


def an_article(**changes: Any) -> Article:
    """Return version 1 of an article in Vietnamese, English and French, with two pictures."""
    article = Article(
        id=ARTICLE,
        version=1,
        revision=Revision.ORIGINAL,
        kind=Kind.PRESS_RELEASE,
        source_locale="vi",
        first_published_at=PUBLISHED,
        published_at=PUBLISHED,
        locales={"vi": _vietnamese(), "en": _english(), "fr": _french()},
        topics=("medtop:20000593", "mfa:bilateral-relations"),
        places=("IN", "VN"),
        missions=("embassy-new-delhi",),
        speaker=Speaker({"vi": "Bộ trưởng Bộ Ngoại giao", "en": "Minister of Foreign Affairs"}),
        media=(a_media_use(LEAD, MediaRole.LEAD), a_media_use(INLINE, MediaRole.INLINE)),
        rights=Rights(
            {"vi": "Được dùng tự do khi ghi nguồn.", "en": "Free to use with attribution."},
            attribution="Bộ Ngoại giao",
        ),
    )
    return replace(article, **changes)


def a_correction(**changes: Any) -> Article:
    """Return version 2, which corrects a number in every language."""
    notes = {
        "vi": "Bản trước ghi sai số văn kiện đã ký: chín, không phải tám.",
        "en": "An earlier version gave a wrong number of documents: nine were signed, not eight.",
        "fr": "Une version précédente donnait un nombre erroné : neuf documents, et non huit.",
    }
    before = an_article()
    locales = {
        locale: replace(each, correction_note=notes[locale])
        for locale, each in before.locales.items()
    }
    correction = replace(
        before,
        version=2,
        revision=Revision.CORRECTION,
        published_at=PUBLISHED + timedelta(hours=3),
        locales=locales,
    )
    return replace(correction, **changes)


def a_retraction(**changes: Any) -> Article:
    """Return version 3, which withdraws the article in every language."""
    notices = {
        "vi": "Văn bản được công bố nhầm và đã được thu hồi.",
        "en": "The text was published in error and has been withdrawn.",
        "fr": "Le texte a été publié par erreur et a été retiré.",
    }
    before = an_article()
    locales = {
        locale: Localization(each.title, each.slug, (), correction_note=notices[locale])
        for locale, each in before.locales.items()
    }
    retraction = replace(
        before,
        version=3,
        revision=Revision.RETRACTION,
        published_at=PUBLISHED + timedelta(hours=5),
        locales=locales,
        media=(),
    )
    return replace(retraction, **changes)


def a_media_use(asset: str, role: MediaRole = MediaRole.INLINE, **changes: Any) -> MediaUse:
    """Return a picture as an article uses it."""
    use = MediaUse(
        asset,
        role,
        alt={
            "vi": "Hai đoàn ngồi đối diện nhau bên bàn họp dài",
            "en": "Two delegations facing each other at a long table",
            "fr": "Deux délégations face à face à une longue table",
        },
        caption={"vi": "Hội đàm tại Hà Nội", "en": "Talks in Hanoi", "fr": "Entretiens à Hanoï"},
        credit="Bộ Ngoại giao",
    )
    return replace(use, **changes)


def an_asset(id: str = LEAD, **changes: Any) -> Asset:  # noqa: A002  # as the field is called
    """Return a picture that is ready, in three renditions."""
    digest = sha256(id.encode()).hexdigest()
    asset = Asset(
        id=id,
        state=AssetState.READY,
        sha256=digest,
        media_type="image/jpeg",
        bytes=5_900_000,
        width=4608,
        height=3072,
        filename="hoi-dam.jpg",
        credit="Bộ Ngoại giao",
        renditions=tuple(a_rendition(profile, digest) for profile in PROFILES),
    )
    return replace(asset, **changes)


def a_rendition(profile: str, digest: str) -> Rendition:
    """Return one made form of a picture, at an immutable address."""
    width, height = PROFILES[profile]
    made = sha256(f"{digest} {profile}".encode()).hexdigest()
    url = f"https://media.example.org/renditions/{made}.jpg"
    return Rendition(profile, url, "image/jpeg", width, height, width * height // 8, made)


def assets_of(article: Article) -> dict[str, Asset]:
    """Return every asset an article uses, ready."""
    return {each.asset: an_asset(each.asset) for each in article.media}


def _vietnamese() -> Localization:
    return Localization(
        title="Việt Nam và Ấn Độ nhất trí làm sâu sắc quan hệ Đối tác Chiến lược Toàn diện",
        slug="viet-nam-an-do-doi-tac-chien-luoc-toan-dien",
        summary="Hai Bộ trưởng Ngoại giao ký chín văn kiện hợp tác tại Hà Nội.",
        body=(
            Paragraph(
                "Ngày 2/3/2026, tại Hà Nội, hai Bộ trưởng Ngoại giao đã <strong>ký chín văn kiện"
                "</strong> hợp tác, trị giá 1.500.000.000 đồng."
            ),
            Heading(2, "Nội dung chính"),
            ListBlock(("Thương mại &amp; đầu tư", "Giáo dục", "Biển và đại dương")),
            Quote("Quan hệ hai nước chưa bao giờ tốt đẹp như hôm nay.", "Bộ trưởng Ngoại giao"),
            Image(INLINE),
            Paragraph('Xem <a href="/vi/van-kien">toàn văn các văn kiện</a>.'),
        ),
        keywords=("ngoại giao", "Ấn Độ"),
        social={"facebook": SocialText(hashtags=("#ViệtNam", "ẤnĐộ"))},
        source_version=1,
    )


def _english() -> Localization:
    return Localization(
        title="Viet Nam and India agree to deepen their Comprehensive Strategic Partnership",
        slug="viet-nam-india-comprehensive-strategic-partnership",
        short_title="Viet Nam and India deepen their partnership",
        summary="The two foreign ministers signed nine documents in Hanoi.",
        body=(
            Paragraph("The two foreign ministers <strong>signed nine documents</strong> in Hanoi."),
            Heading(2, "What was agreed"),
            ListBlock(("Trade &amp; investment", "Education", "Seas and oceans")),
            Quote("Relations have never been better than today.", "Minister of Foreign Affairs"),
            Image(INLINE),
            Paragraph('Read <a href="/en/documents">the documents in full</a>.'),
        ),
        keywords=("diplomacy", "India"),
        source_version=1,
        translator="Translation desk",
    )


def _french() -> Localization:
    return Localization(
        title="Le Viêt Nam et l’Inde approfondissent leur partenariat stratégique global",
        slug="viet-nam-inde-partenariat-strategique-global",
        summary="Les deux ministres des Affaires étrangères ont signé neuf documents à Hanoï.",
        body=(
            Paragraph("Les deux ministres ont <em>signé neuf documents</em> à Hanoï."),
            Quote("Nos relations n’ont jamais été aussi bonnes.", "Le ministre"),
            Image(INLINE),
        ),
        keywords=("diplomatie", "Inde"),
        source_version=1,
    )
