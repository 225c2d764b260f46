# SPDX-License-Identifier: EUPL-1.2
"""A document with every kind of block, in Vietnamese and, on demand, in Arabic."""

from typing import Final

from communique.events.article import (
    Block,
    Divider,
    Embed,
    Gallery,
    Heading,
    Image,
    Infographic,
    Kind,
    ListBlock,
    Localization,
    MediaRole,
    MediaUse,
    Paragraph,
    Quote,
    Table,
    Video,
)
from content_api.domain.document import Document

ASSET: Final = "01941f29-7c00-7000-8000-00000000000a"
_ADDRESS: Final = "https://www.example.org/tin"

_VIETNAMESE: Final[tuple[Block, ...]] = (
    Heading(2, "Chương trình & địa điểm <Hà Nội>"),
    Paragraph(
        f'Bộ trưởng <strong>gặp <em>đoàn</em></strong> tại <a href="{_ADDRESS}">trụ sở</a>;'
        "<br>CO<sub>2</sub> giảm 10<sup>3</sup> &amp; hơn nữa &lt;xem&gt;."
    ),
    Quote('Chúng tôi nói <span lang="fr">merci</span>.', "Người phát ngôn"),
    ListBlock(("Mục một: đăng ký trước", "Mục hai: <em>mang theo</em> hộ chiếu"), ordered=True),
    Table(
        (("Hà Nội", "<strong>12</strong>"), ("Huế", "")),
        header=("Thành phố", "Số buổi"),
        caption="Lịch diễn",
    ),
    Image(ASSET),
    Gallery((ASSET, ASSET)),
    Video(ASSET),
    Infographic(ASSET),
    Embed(_ADDRESS, "Trang tin"),
    Divider(),
)
_ARABIC: Final[tuple[Block, ...]] = (
    Heading(2, "البرنامج والمكان <هانوي>"),
    Paragraph(
        f'في <a href="{_ADDRESS}">المقر</a> التقى <strong>الوزير <em>الوفد</em></strong>؛'
        "<br>CO<sub>2</sub> و10<sup>3</sup> &amp; أكثر &lt;انظر&gt;."
    ),
    Quote('نقول <span lang="fr">merci</span>.', "المتحدث"),
    ListBlock(("أولا: سجل مسبقا", "ثانيا: <em>أحضر</em> جواز السفر"), ordered=True),
    Table(
        (("هانوي", "<strong>12</strong>"), ("هوي", "")),
        header=("المدينة", "العروض"),
        caption="جدول العروض",
    ),
    Image(ASSET),
    Gallery((ASSET, ASSET)),
    Video(ASSET),
    Infographic(ASSET),
    Embed(_ADDRESS, "صفحة الأخبار"),
    Divider(),
)


def every_block(*, arabic: bool = False) -> Document:
    """Return a document with every kind of block, every inline element and a described picture."""
    locales = {"vi": _text("Khai mạc tuần lễ văn hoá", "khai-mac", "Tuần lễ", _VIETNAMESE)}
    alt, caption = {"vi": "Sân khấu ngoài trời"}, {"vi": "Ảnh: đêm khai mạc"}
    if arabic:
        locales["ar"] = _text("افتتاح الأسبوع الثقافي", "iftitah", "الأسبوع", _ARABIC)
        alt, caption = {**alt, "ar": "مسرح مكشوف"}, {**caption, "ar": "صورة: ليلة الافتتاح"}
    return Document(
        kind=Kind.NEWS,
        source_locale="vi",
        locales=locales,
        media=(MediaUse(ASSET, MediaRole.LEAD, alt=alt, caption=caption),),
    )


def _text(title: str, slug: str, short: str, body: tuple[Block, ...]) -> Localization:
    return Localization(
        title=title, slug=slug, short_title=short, summary=f"{title}: {short}.", body=body
    )
