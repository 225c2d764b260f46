# SPDX-License-Identifier: EUPL-1.2
"""What a translation was made from, segment by segment, and what has become of that since."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from content_api.domain.align import Budget
from content_api.domain.document import Document
from content_api.domain.following import follow
from content_api.domain.inline_diff import Piece, compare_words, words_of, words_of_html
from content_api.domain.pairing import pair
from content_api.domain.segments import Segment, segments
from content_api.domain.translation_errors import MachineOnly

Documents = Callable[[int], Document]


class Origin(StrEnum):
    """How a translation came about; only `machine` is nobody's word."""

    SAVED = "saved"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    MACHINE = "machine"


class SegmentState(StrEnum):
    """What a segment of a translation is to the present source."""

    FRESH = "fresh"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Link:
    """One segment and the source it was made from, in the source draft of that number.

    Without `source` it is the translator's own; without `target` the source was left out knowingly.
    """

    source_draft: int
    target: str | None
    source: str | None
    source_hash: str | None


@dataclass(frozen=True, slots=True)
class Translation:
    """What is known of one language of an article; each change of it adds another, numbered."""

    article: str
    locale: str
    number: int
    draft: int
    source_draft: int
    origin: Origin
    by: str
    at: datetime
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line side by side; `was` is the source that the target was made from, if it changed."""

    state: SegmentState
    source: Segment | None
    target: Segment | None
    was: Segment | None = None

    @property
    def diff(self) -> tuple[Piece, ...]:
        """Return what changed in the source, word by word."""
        if self.was is None:
            return ()
        now = self.source.text if self.source else ""
        split = words_of_html if self.was.inline else words_of
        return compare_words(split(self.was.text), split(now), Budget())


@dataclass(frozen=True, slots=True)
class Made:
    """The segments of a draft that a change is about: all, or those whose target changed."""

    source_draft: int
    pairs: Mapping[str, str]
    all: bool = False
    addresses: frozenset[str] = frozenset()


def first_links(document: Document, draft: int, locale: str) -> tuple[Link, ...]:
    """Return the links of a translation that was written beside its source."""
    return carried((), None, document, locale, source=document, made=Made(draft, {}))


def carried(  # two documents, their draft and how they belong together
    links: Sequence[Link],
    before: Document | None,
    now: Document,
    locale: str,
    *,
    source: Document,
    made: Made,
    documents: Documents | None = None,
) -> tuple[Link, ...]:
    """Return the links after a change: what did not change keeps what it was made from.

    `source` is the draft of `made`, from which the changed segments were made. Segments that
    `made` names count as changed although their text is the same.
    """
    kept = dict(_unchanged(links, before, now, locale))
    known = {**_present(kept, source, documents), **made.pairs}
    pairs = pair(source, now, locale, known)
    hashes = {each.address: each.hash for each in segments(source, source.source_locale)}
    targets = [segment.address for segment in segments(now, locale)]
    made_now = [
        address
        for address in targets
        if address not in kept or made.all or address in made.addresses
    ]
    return (
        *(kept[address] for address in targets if address not in made_now),
        *(
            Link(made.source_draft, address, pairs.get(address), hashes.get(pairs.get(address, "")))
            for address in made_now
        ),
        *(link for link in links if link.target is None and not made.all),
    )


def settled(
    record: Translation | None, number: int, locale: str, documents: Documents
) -> tuple[Link, ...]:
    """Return the links as of a draft; drafts that nobody has recorded are gone through."""
    start = 1 if record is None else record.draft
    links = first_links(documents(1), 1, locale) if record is None else record.links
    if segments(documents(start), locale) == segments(documents(number), locale):
        return links
    for each in range(start + 1, number + 1):
        before, now = documents(each - 1), documents(each)
        if segments(before, locale) != segments(now, locale):
            made = Made(each, {})
            links = carried(links, before, now, locale, source=now, made=made, documents=documents)
    return links


def left_out(source: Document, draft: int, links: Sequence[Link]) -> tuple[Link, ...]:
    """Return links for what the source says and the translation leaves out."""
    linked = {link.source for link in links if link.source_draft == draft}
    return tuple(
        Link(draft, None, segment.address, segment.hash)
        for segment in segments(source, source.source_locale)
        if segment.address not in linked
    )


def side_by_side(
    links: Sequence[Link], now: Document, locale: str, documents: Documents
) -> tuple[Row, ...]:
    """Return source and target line by line, in the order of the source."""
    sources = {segment.address: segment for segment in segments(now, now.source_locale)}
    targets = {segment.address: segment for segment in segments(now, locale)}
    by_source: dict[str, Link] = {}
    lonely: list[Link] = []
    for link, address in _now(links, now, documents):
        if address is None or address in by_source:
            lonely.append(link)
        else:
            by_source[address] = link
    rows = [
        _row(by_source.get(address), segment, targets, documents)
        for address, segment in sources.items()
    ]
    order = {address: index for index, address in enumerate(targets)}
    lonely.sort(key=lambda link: order.get(link.target or "", len(order)))
    for link in lonely:
        if link.target in targets:
            row = _without_source(link, targets[link.target], documents)
            rows.insert(_place(rows, order, link.target), row)
    return tuple(rows)


def stale(rows: Sequence[Row]) -> int:
    """Count the lines that somebody has to look at."""
    return sum(row.state is not SegmentState.FRESH for row in rows)


def check_seen_by_a_person(locales: Sequence[str]) -> None:
    """Refuse what only a machine has seen.

    Raises:
        MachineOnly: these languages are a machine's word, and nobody has saved or confirmed them.
    """
    if locales:
        raise MachineOnly(locales)


def _unchanged(
    links: Sequence[Link], before: Document | None, now: Document, locale: str
) -> Iterator[tuple[str, Link]]:
    if before is None:
        return
    old = {segment.address: segment.text for segment in segments(before, locale)}
    new = {segment.address: segment.text for segment in segments(now, locale)}
    moved = follow(before, now, locale)
    for link in links:
        address = moved.get(link.target or "")
        if link.target in old and address is not None and old[link.target] == new[address]:
            yield address, replace(link, target=address)


def _present(
    kept: Mapping[str, Link], source: Document, documents: Documents | None
) -> dict[str, str]:
    """Return where the sources of these links stand in that draft of the source."""
    if documents is None:
        return {}
    return {
        link.target: address
        for link, address in _now(list(kept.values()), source, documents)
        if address is not None and link.target is not None
    }


def _now(
    links: Sequence[Link], source: Document, documents: Documents
) -> Iterator[tuple[Link, str | None]]:
    moved = {
        draft: _moved(documents(draft), source)
        for draft in sorted({link.source_draft for link in links})
    }
    for link in links:
        yield link, moved[link.source_draft].get(link.source or "")


def _moved(old: Document, now: Document) -> dict[str, str]:
    """Follow the source; one that was written in another language cannot be followed."""
    same = old.source_locale == now.source_locale
    return follow(old, now, now.source_locale) if same else {}


def _row(
    link: Link | None,
    source: Segment,
    targets: Mapping[str, Segment],
    documents: Documents,
) -> Row:
    if link is None:
        return Row(SegmentState.ADDED, source, None)
    target = targets.get(link.target or "")
    if link.source_hash == source.hash:
        return Row(SegmentState.FRESH, source, target)
    return Row(SegmentState.CHANGED, source, target, _old(link, documents))


def _without_source(link: Link, target: Segment, documents: Documents) -> Row:
    if link.source is None:
        return Row(SegmentState.FRESH, None, target)
    return Row(SegmentState.REMOVED, None, target, _old(link, documents))


def _old(link: Link, documents: Documents) -> Segment:
    document = documents(link.source_draft)
    old = segments(document, document.source_locale)
    return next(segment for segment in old if segment.address == link.source)


def _place(rows: Sequence[Row], order: Mapping[str, int], target: str) -> int:
    """Return the place behind the line of the last target that stands before this one."""
    earlier = [
        (order[row.target.address], index)
        for index, row in enumerate(rows)
        if row.target is not None and order[row.target.address] < order[target]
    ]
    return max(earlier)[1] + 1 if earlier else 0
