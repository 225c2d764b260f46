# SPDX-License-Identifier: EUPL-1.2
"""Ask, before an act, whether somebody may do it; and tell them what they may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from content_api.domain.authority import (
    NEEDS,
    Action,
    AuthorityRule,
    Decision,
    History,
    NotAuthorised,
    Power,
    Reason,
    Subject,
    may,
)
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.errors import FourEyes
from content_api.domain.roles import Person
from content_api.domain.states import State
from content_api.ports import Deps, UnitOfWork


@dataclass(frozen=True, slots=True)
class Permissions:
    """What somebody may do to the current draft of an article, and why not."""

    article: str
    draft: int
    person: Person
    decisions: Mapping[Action, Decision]


def authorise(
    article_id: str,
    action: Action,
    deps: Deps,
    *,
    person: Person,
    seen: int | None = None,
    locale: str | None = None,
) -> None:
    """Let it pass, or refuse it; what the state does not allow is left to the act itself.

    A draft never changes, so what was found out about the draft that was seen holds when the act
    comes to it: the act refuses every other draft. An act on one language alone (`locale`) sees
    to its four eyes itself: whoever wrote another language may approve this one.

    Raises:
        NoSuchArticle, Stale: there is no such draft to act on.
        NotAuthorised: by scope, role or rule.
        FourEyes: the caller wrote what they would approve.
    """
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        if seen is not None:
            article.check_current(seen)
        history = history_of(unit, article)
        if locale is not None:
            history = replace(history, writers=frozenset())
        decision = _decide(unit, article, action, person, unit.authority.list(), history)
    _enforce(decision)


def authorise_locale(article_id: str, locale: str, deps: Deps, *, person: Person) -> None:
    """Let a change of one language pass, or refuse it: the source language is for authors.

    Raises:
        NoSuchArticle: there is none.
        NotAuthorised: by scope or role.
    """
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        source = unit.drafts.get(article_id, article.draft_number).document.source_locale
        action = Action.EDIT if locale == source else Action.TRANSLATE
        decision = _decide(unit, article, action, person, (), History())
    _enforce(decision)


def authorise_new(document: Document, *, person: Person) -> None:
    """Let a first draft pass, or raise NotAuthorised."""
    _enforce(may(person, Action.EDIT, Subject.of(document, State.DRAFT), (), History()))


def permissions(article_id: str, deps: Deps, *, person: Person) -> Permissions:
    """Return what somebody may do now, action by action, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        rules = unit.authority.list()
        history = history_of(unit, article)
        decisions = {
            action: _decide(unit, article, action, person, rules, history) for action in Action
        }
    return Permissions(article_id, article.draft_number, person, decisions)


def _decide(
    unit: UnitOfWork,
    article: DeskArticle,
    action: Action,
    person: Person,
    rules: Sequence[AuthorityRule],
    history: History,
) -> Decision:
    decisions = [
        may(person, action, subject, rules, history) for subject in _subjects(unit, article, action)
    ]
    return next((each for each in decisions if not each.allowed), decisions[0])


def _subjects(unit: UnitOfWork, article: DeskArticle, action: Action) -> list[Subject]:
    """Return the current draft; and, to release, what is public: no draft slips past its rules."""
    numbers = [article.draft_number]
    if NEEDS[action].power is Power.RELEASE and article.published_draft is not None:
        numbers.append(article.published_draft)
    documents = [unit.drafts.get(article.id, number).document for number in dict.fromkeys(numbers)]
    return [Subject.of(document, article.state) for document in documents]


def history_of(unit: UnitOfWork, article: DeskArticle) -> History:
    """Return what has happened to the current draft of an article."""
    writers = unit.drafts.authors(article.id, after=article.approved_draft or 0)
    return History(frozenset(writers), article.approved, article.published)


def _enforce(decision: Decision) -> None:
    if decision.reason is Reason.FOUR_EYES:
        raise FourEyes
    if not decision.allowed and decision.reason is not Reason.STATE:
        raise NotAuthorised(decision)
