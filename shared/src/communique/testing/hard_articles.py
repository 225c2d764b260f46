# SPDX-License-Identifier: EUPL-1.2
"""Articles that between them hold every hard case; whoever writes articles out must pass them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from communique.events.article import (
    Article,
    Audience,
    Block,
    Divider,
    Embed,
    Gallery,
    Heading,
    Image,
    Infographic,
    Kind,
    Links,
    ListBlock,
    Localization,
    MediaRole,
    Paragraph,
    Quote,
    Table,
    Video,
)
from communique.testing.articles import (
    INLINE,
    LEAD,
    a_correction,
    a_media_use,
    a_retraction,
    an_article,
)

WORDS = 30_000
PARAGRAPH = 100  # words


def every_block() -> Article:
    """Return an article with each kind of block, and text that tries to break out of each."""
    blocks: tuple[Block, ...] = (
        Heading(2, 'Terms & <conditions> "quoted"'),
        Paragraph('A <em>short</em> line<br>and <a href="../annex?a=1&amp;b=2">its annex</a>.'),
        Paragraph('<span lang="ja">日本</span>, H<sub>2</sub>O, 10<sup>3</sup>, 5 &lt; 6 &amp; 7'),
        Heading(3, "Lists"),
        ListBlock(("one", "<strong>two</strong>")),
        ListBlock(("first", "second"), ordered=True),
        Quote("We <em>agree</em>.", "Both sides & friends"),
        Quote("Nobody in particular."),
        Image(INLINE),
        Image("01941f29-7c00-7000-9000-00000000ffff"),
        Gallery((LEAD, INLINE)),
        Video(INLINE),
        Infographic(INLINE),
        Table((("Exports", "12,5"), ("Imports", "<strong>7</strong>")), ("", "bn"), "Trade & aid"),
        Table((("a", "b"),)),
        Embed("https://video.example.org/watch?v=1&t=2", "The press conference"),
        Embed("https://video.example.org/2"),
        Divider(),
        Paragraph("Controls\u0000\u0008\ufffe are dropped, ]]> and --> are not."),
    )
    english = Localization(
        'Terms & <conditions> "apply"\u0007', "terms", blocks, keywords=("Q&A", "2026", "R&D")
    )
    related = ("01941f29-7c00-7000-8000-00000000000a",)
    links = Links(related, corrects=related[0], supersedes=related[0])
    return an_article(locales={"en": english}, source_locale="en", links=links)


def arabic() -> Article:
    """Return an article written from right to left."""
    text = Localization(
        "فيتنام ومصر تعززان علاقاتهما",
        "vietnam-egypt",
        (Paragraph("وقّع الوزيران <strong>تسع وثائق</strong> في هانوي."), Heading(2, "التجارة")),
        summary="اتفق الجانبان على توسيع التجارة.",
        correction_note="ورد عدد الوثائق خطأً في نسخة سابقة.",
    )
    return a_correction(locales={"ar": text}, source_locale="ar")


def chinese() -> Article:
    """Return an article without spaces between its words, too long for a short post."""
    sentence = "双方一致同意进一步深化全面战略合作伙伴关系，扩大经贸往来，加强人文交流。"
    text = Localization(sentence * 5, "vietnam-china", (Paragraph(sentence),), keywords=("外交",))
    return an_article(locales={"zh-Hans": text}, source_locale="zh-Hans")


def vietnamese() -> Article:
    """Return an urgent notice, too long for a short post, whose letters weigh twice on X."""
    title = "Người phát ngôn Bộ Ngoại giao trả lời phỏng vấn về việc bảo hộ công dân Việt Nam. " * 4
    text = Localization(
        title.strip(), "bao-ho-cong-dan", (Paragraph("Bộ Ngoại giao <em>đề nghị</em> công dân."),)
    )
    return an_article(locales={"vi": text}, kind=Kind.CONSULAR_NOTICE, urgency=1)


def without_pictures() -> Article:
    """Return an article of text alone."""
    return an_article(media=(), topics=(), speaker=None, byline="Vụ Thông tin Báo chí")


def forty_pictures() -> Article:
    """Return an article with a gallery of forty, one of them an attachment."""
    names = [f"01941f29-7c00-7000-9000-{number:012d}" for number in range(1, 41)]
    roles = [MediaRole.LEAD, *[MediaRole.GALLERY] * 38, MediaRole.ATTACHMENT]
    return an_article(media=tuple(map(a_media_use, names, roles)))


def embargoed() -> Article:
    """Return an article that the press may hold before the public sees it."""
    lifted = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
    return an_article(audience=Audience.PRESS, embargo_until=lifted)


def long_transcript() -> Article:
    """Return a briefing of 30,000 words in two languages."""
    sentence = {"vi": "Chúng tôi hết sức coi trọng quan hệ này", "en": "We value these ties highly"}
    locales = {
        locale: Localization("Briefing", f"briefing-{locale}", _transcript(words))
        for locale, words in sentence.items()
    }
    return an_article(kind=Kind.BRIEFING, locales=locales)


def _transcript(sentence: str) -> tuple[Block, ...]:
    words = (sentence.split() * PARAGRAPH)[:PARAGRAPH]
    return tuple(
        Paragraph(f"<strong>{number}</strong> {' '.join(words)}.")
        for number in range(WORDS // PARAGRAPH)
    )


HARD_ARTICLES: Mapping[str, Callable[[], Article]] = {
    "arabic": arabic,
    "chinese": chinese,
    "corrected": a_correction,
    "embargoed": embargoed,
    "every-block": every_block,
    "forty-pictures": forty_pictures,
    "long-transcript": long_transcript,
    "plain": an_article,
    "retracted": a_retraction,
    "vietnamese": vietnamese,
    "without-pictures": without_pictures,
}
