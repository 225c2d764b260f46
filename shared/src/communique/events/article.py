# SPDX-License-Identifier: EUPL-1.2
"""The article as the world sees it: the value on `communique.articles`.

Pure values. Inline text is sanitised HTML limited to `a em strong sub sup br span[lang]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What sort of text it is."""

    STATEMENT = "statement"
    PRESS_RELEASE = "press-release"
    REMARKS = "remarks"
    BRIEFING = "briefing"
    SPEECH = "speech"
    INTERVIEW = "interview"
    NEWS = "news"
    CONSULAR_NOTICE = "consular-notice"
    INFOGRAPHIC = "infographic"
    VIDEO = "video"


class Revision(StrEnum):
    """What a published version is to the one before it."""

    ORIGINAL = "original"
    UPDATE = "update"
    CORRECTION = "correction"
    RETRACTION = "retraction"


class Audience(StrEnum):
    """Who may hold it: `press` may be held in trust before the embargo lifts."""

    PUBLIC = "public"
    PRESS = "press"


class MediaRole(StrEnum):
    """What a picture is to its article."""

    LEAD = "lead"
    INLINE = "inline"
    GALLERY = "gallery"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `html` is inline HTML."""

    html: str
    type: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 to 4; the title is level 1."""

    level: int
    text: str
    type: str = "heading"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and whose."""

    html: str
    attribution: str | None = None
    type: str = "quote"


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is inline HTML."""

    items: tuple[str, ...]
    ordered: bool = False
    type: str = "list"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the text; alt, caption and credit stand in `media`."""

    asset: str
    type: str = "image"


@dataclass(frozen=True, slots=True)
class Gallery:
    """Several pictures shown together."""

    assets: tuple[str, ...]
    type: str = "gallery"


@dataclass(frozen=True, slots=True)
class Video:
    """A clip from the media store."""

    asset: str
    type: str = "video"


@dataclass(frozen=True, slots=True)
class Infographic:
    """A drawing that carries information; its text alternative stands in `media`."""

    asset: str
    type: str = "infographic"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; each cell is inline HTML. `header` may be empty."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    caption: str | None = None
    type: str = "table"


@dataclass(frozen=True, slots=True)
class Embed:
    """A link to something that lives elsewhere, shown as a card or player."""

    url: str
    title: str | None = None
    type: str = "embed"


@dataclass(frozen=True, slots=True)
class Divider:
    """A pause between parts."""

    type: str = "divider"


Block = (
    Paragraph
    | Heading
    | Quote
    | ListBlock
    | Image
    | Gallery
    | Video
    | Infographic
    | Table
    | Embed
    | Divider
)


@dataclass(frozen=True, slots=True)
class SocialText:
    """What an editor wants said on one platform instead of title and summary."""

    text: str | None = None
    hashtags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Localization:
    """The article in one language."""

    title: str
    slug: str
    body: tuple[Block, ...]
    short_title: str | None = None
    summary: str | None = None
    keywords: tuple[str, ...] = ()
    social: Mapping[str, SocialText] = field(default_factory=dict)
    source_version: int | None = None
    content_hash: str | None = None
    correction_note: str | None = None
    translator: str | None = None
    machine_translated: bool = False


@dataclass(frozen=True, slots=True)
class MediaUse:
    """A picture as this article uses it; `asset` is an id in the media store."""

    asset: str
    role: MediaRole
    alt: Mapping[str, str] = field(default_factory=dict)
    caption: Mapping[str, str] = field(default_factory=dict)
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, by office: names per locale."""

    office: Mapping[str, str]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Other articles, by id."""

    related: tuple[str, ...] = ()
    corrects: str | None = None
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """How others may use it: terms per locale, and the attribution to print."""

    usage_terms: Mapping[str, str] = field(default_factory=dict)
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One published version of an article, in all its languages.

    A retraction keeps identity, titles and slugs, has empty bodies, and carries its notice in each
    locale's `correction_note`. `signature` is a detached JWS (EdDSA) over the canonical JSON
    (RFC 8785) of everything else.
    """

    id: str
    version: int
    revision: Revision
    kind: Kind
    source_locale: str
    first_published_at: datetime
    published_at: datetime
    locales: Mapping[str, Localization]
    audience: Audience = Audience.PUBLIC
    urgency: int = 5
    embargo_until: datetime | None = None
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    missions: tuple[str, ...] = ()
    speaker: Speaker | None = None
    byline: str | None = None
    media: tuple[MediaUse, ...] = ()
    links: Links = field(default_factory=Links)
    rights: Rights = field(default_factory=Rights)
    signature: str | None = None

    @property
    def retracted(self) -> bool:
        """Tell whether this version withdraws the article."""
        return self.revision is Revision.RETRACTION
