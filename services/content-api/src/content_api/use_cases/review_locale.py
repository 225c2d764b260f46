# SPDX-License-Identifier: EUPL-1.2
"""Hand one language in for review, and approve it, while the others stay where they are."""

from dataclasses import replace

from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.errors import NoSuchLocale
from content_api.domain.four_eyes import check_four_eyes
from content_api.domain.locale_life import LocaleLife, life_of
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.check_terms import refuse_forbidden_terms
from content_api.use_cases.refuse_machine_only import refuse_machine_only


def submit_locale(
    article_id: str, locale: str, deps: Deps, *, caller: str, seen: int
) -> LocaleLife:
    """Hand in the words of the current draft in one language.

    Raises:
        NoSuchArticle, Stale, NoSuchLocale: there is nothing to hand in.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        document = words_of(unit, current)
        check_has(document, locale)
        life = life_of(unit.locales.of(article_id), article_id, locale)
        submitted = life.submit(document.locales[locale], caller, unit.now())
        if submitted.submitted_hash == life.submitted_hash:
            return life
        unit.locales.save((submitted,))
        unit.audit.add(caller, "submit-locale", article_id, {"draft": seen, "locale": locale})
        return submitted


def approve_locale(
    article_id: str, locale: str, deps: Deps, *, caller: str, seen: int
) -> LocaleLife:
    """Approve the words of the current draft in one language.

    Raises:
        NoSuchArticle, Stale, NoSuchLocale: there is nothing to approve.
        MachineOnly: nobody but a machine has seen these words.
        FourEyes: the caller has changed these words since they were last approved.
        MachineOnly: nobody but a machine has seen them.
        ForbiddenTerms: they use names that nobody may use, and nobody answers for that.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        document = words_of(unit, current)
        check_has(document, locale)
        life = life_of(unit.locales.of(article_id), article_id, locale)
        if is_approved(unit, current, life, document):
            return life
        since = max(current.approved_draft or 0, life.approved_draft or 0)
        check_four_eyes(caller, _authors(unit, article_id, locale, since, seen))
        alone = replace(document, locales={locale: document.locales[locale]})
        refuse_forbidden_terms(unit, article_id, alone, deps)
        refuse_machine_only(unit, article_id, document, [locale])
        approved = life.approve(document.locales[locale], seen, caller, unit.now())
        unit.locales.save((approved,))
        unit.wake_scheduler()
        unit.audit.add(caller, "approve-locale", article_id, {"draft": seen, "locale": locale})
        return approved


def words_of(unit: UnitOfWork, current: DeskArticle) -> Document:
    """Return the current draft's document."""
    return current.effective(unit.drafts.get(current.id, current.draft_number).document)


def check_has(document: Document, locale: str) -> None:
    """Refuse a language that the draft does not have.

    Raises:
        NoSuchLocale: it has not.
    """
    if locale not in document.locales:
        raise NoSuchLocale([locale], document.locales)


def is_approved(
    unit: UnitOfWork, current: DeskArticle, life: LocaleLife, document: Document
) -> bool:
    """Tell whether somebody has approved these very words, by themselves or with the article."""
    if current.approved:
        return True
    text = document.locales[life.locale]
    if life.has_approved(text):
        return True
    if current.approved_draft is None:
        return False
    approved = unit.drafts.get(current.id, current.approved_draft).document.locales
    return life.locale in approved and approved[life.locale] == text


def _authors(unit: UnitOfWork, article_id: str, locale: str, since: int, until: int) -> set[str]:
    """Name who has changed the words of one language in the drafts after that one."""
    before = unit.drafts.get(article_id, since).document.locales.get(locale) if since else None
    authors = set()
    for number in range(since + 1, until + 1):
        draft = unit.drafts.get(article_id, number)
        text = draft.document.locales.get(locale)
        if text != before:
            authors.add(draft.author)
        before = text
    return authors
