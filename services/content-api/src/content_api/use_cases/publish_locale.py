# SPDX-License-Identifier: EUPL-1.2
"""Put one language up, now or at a moment; take one down. No other language is touched."""

from datetime import datetime

from communique.errors import InvalidInput
from content_api.domain.changes import check_notes
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.document_codec import content_hash
from content_api.domain.edition import locale_edition, withdrawal
from content_api.domain.errors import NoSuchLocale, NotApprovedLocale, NotNow, SlugTaken
from content_api.domain.locale_life import LocaleLife, life_of
from content_api.domain.publication import document_of
from content_api.domain.states import State, Step, after
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.publish import check_no_embargo, write
from content_api.use_cases.review_locale import check_has, is_approved, words_of


def publish_locale(
    article_id: str, locale: str, deps: Deps, *, caller: str, seen: int
) -> LocaleLife:
    """Make the approved words of one language public now. What is public already stays.

    Raises:
        NoSuchArticle, Stale, NoSuchLocale, NotNow, NotApprovedLocale, SlugTaken: it cannot be.
        UnknownAssets: it shows pictures that are not published with the article.
        InvalidInput: the article is under embargo.
    """
    with deps.unit_of_work() as unit:
        current, document, life = _ready(unit, article_id, locale, seen)
        if _nothing_new(unit, life, document):
            return life
        return release_locale(unit, current, document, life, caller=caller)


def correct_locale(
    article_id: str, locale: str, deps: Deps, *, caller: str, seen: int
) -> LocaleLife:
    """Publish one language as a correction, with its note.

    Raises:
        NoSuchArticle, Stale, NoSuchLocale, NotNow, NotApprovedLocale, SlugTaken: it cannot be.
        InvalidInput: there is no correction note.
    """
    with deps.unit_of_work() as unit:
        current, document, life = _ready(unit, article_id, locale, seen)
        before = unit.versions.latest(article_id)
        if before is None or not life.live:
            raise NotNow(current.state, Step.CORRECT)
        if content_hash(document.locales[locale]) == life.content_hash:
            return life
        public = document_of(before)
        check_notes(public, public.with_locale(locale, document.locales[locale]))
        return release_locale(unit, current, document, life, caller=caller, corrected=True)


def schedule_locale(
    article_id: str, locale: str, moment: datetime, deps: Deps, *, caller: str, seen: int
) -> LocaleLife:
    """Let one language go public at a moment; what is approved by then is what goes out.

    Raises:
        NoSuchArticle, Stale, NoSuchLocale, NotNow, SlugTaken: it cannot be scheduled.
        InvalidInput: the moment has passed, or lies before the end of the embargo.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        after(current.state, Step.PUBLISH_LOCALE)
        document = words_of(unit, current)
        check_has(document, locale)
        _check_moment(unit, document, moment)
        claim_slug(unit, current, document, locale)
        life = life_of(unit.locales.of(article_id), article_id, locale)
        scheduled = life.schedule(moment, caller)
        unit.locales.save((scheduled,))
        unit.wake_scheduler()
        details = {"draft": seen, "locale": locale, "until": moment.isoformat()}
        unit.audit.add(caller, "schedule-locale", article_id, details)
        return scheduled


def unschedule_locale(
    article_id: str, locale: str, deps: Deps, *, caller: str, seen: int
) -> LocaleLife:
    """Give the schedule of one language up; without one nothing changes.

    Raises:
        NoSuchArticle, Stale: there is no such draft.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        life = life_of(unit.locales.of(article_id), article_id, locale)
        if life.publish_at is None:
            return life
        ended = life.schedule(None, None)
        unit.locales.save((ended,))
        unit.wake_scheduler()
        unit.audit.add(caller, "unschedule-locale", article_id, {"locale": locale})
        return ended


def withdraw_locale(
    article_id: str, locale: str, notice: str, deps: Deps, *, caller: str, seen: int
) -> LocaleLife:
    """Take one language down and leave a notice; doing it again changes nothing.

    Raises:
        NoSuchArticle, Stale, NotNow: it cannot be taken down.
        NoSuchLocale: it is not live.
        NothingToPublish: it is the only one that is live.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        lives = unit.locales.of(article_id)
        life = life_of(lives, article_id, locale)
        if life.withdrawn and current.state is State.LIVE:
            return life
        record = current.changed_in_part(Step.WITHDRAW_LOCALE, unit.now())
        before = unit.versions.latest(article_id)
        if before is None or locale not in before.locales:
            raise NoSuchLocale([locale], before.locales if before else ())
        edition = withdrawal(record, locale, notice, lives, before)
        details: dict[str, object] = {"locale": locale, "notice": notice}
        write(unit, record, edition, caller=caller, action="withdraw-locale", details=details)
        return edition.lives[0]


def release_locale(  # what is published, from what, by whom
    unit: UnitOfWork,
    current: DeskArticle,
    document: Document,
    life: LocaleLife,
    *,
    caller: str,
    corrected: bool = False,
) -> LocaleLife:
    """Write one language's bytes, the next whole and its announcement in the unit given."""
    claim_slug(unit, current, document, life.locale)
    record = current.changed_in_part(Step.PUBLISH_LOCALE, unit.now())
    before = unit.versions.latest(record.id) if current.version else None
    lives = unit.locales.of(record.id)
    edition = locale_edition(record, document, life.locale, lives, before, corrected=corrected)
    details: dict[str, object] = {"draft": record.draft_number, "locale": life.locale}
    action = "correct-locale" if corrected else "publish-locale"
    write(unit, record, edition, caller=caller, action=action, details=details)
    return edition.lives[0]


def claim_slug(unit: UnitOfWork, current: DeskArticle, document: Document, locale: str) -> None:
    """Keep the address of one language for its article for good.

    Raises:
        SlugTaken: another article has it.
    """
    taken = unit.versions.claim_slugs(current.id, {locale: document.locales[locale].slug})
    if taken:
        raise SlugTaken(taken)


def _ready(
    unit: UnitOfWork, article_id: str, locale: str, seen: int
) -> tuple[DeskArticle, Document, LocaleLife]:
    current = unit.articles.lock(article_id)
    current.check_current(seen)
    after(current.state, Step.PUBLISH_LOCALE)
    document = words_of(unit, current)
    check_has(document, locale)
    life = life_of(unit.locales.of(article_id), article_id, locale)
    if not is_approved(unit, current, life, document):
        raise NotApprovedLocale(locale)
    check_no_embargo(unit, document)
    return current, document, life


def _nothing_new(unit: UnitOfWork, life: LocaleLife, document: Document) -> bool:
    source = unit.locales.of(life.article_id).get(document.source_locale)
    same = content_hash(document.locales[life.locale]) == life.content_hash
    return same and not life.stale(source if life.locale != document.source_locale else None)


def _check_moment(unit: UnitOfWork, document: Document, moment: datetime) -> None:
    if moment <= unit.now():
        raise InvalidInput(
            "A schedule lies in the future.", errors={"/publish_at": ["Has passed."]}
        )
    if document.embargo_until is not None and moment < document.embargo_until:
        raise InvalidInput(
            "The embargo has not lifted by then.",
            errors={"/publish_at": ["Lies before the end of the embargo."]},
        )
