# SPDX-License-Identifier: EUPL-1.2
"""Take an article down everywhere, and say so to whoever asks for it."""

from collections.abc import Mapping

from content_api.domain.desk_article import DeskArticle
from content_api.domain.errors import NotNow
from content_api.domain.finished import finish
from content_api.domain.notices import notices_for
from content_api.domain.publication import document_of, retraction
from content_api.domain.states import State, Step
from content_api.ports import Deps


def retract(
    article_id: str, notices: Mapping[str, str], deps: Deps, *, caller: str, seen: int
) -> DeskArticle:
    """Withdraw what is live, in all languages. Withdrawing it again changes nothing.

    Raises:
        NoSuchArticle, Stale, NotNow: it cannot be withdrawn.
        InvalidInput: a notice is missing or for a language that is not live.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        if current.state is State.RETRACTED:
            return current
        before = unit.versions.latest(article_id)
        if before is None:
            raise NotNow(current.state, Step.RETRACT)
        moment = unit.now()
        complete = notices_for(before.locales, before.source_locale, notices)
        record = current.retract(moment)
        article = retraction(record, document_of(before), complete)
        lives = unit.locales.of(article_id)
        ended = {
            locale: lives[locale].withdraw(complete[locale], record.version, moment)
            for locale in before.locales
            if locale in lives
        }
        unit.versions.publish(article, finish(article, ended))
        unit.locales.save(tuple(ended.values()))
        unit.articles.save(record)
        details = {"version": record.version, "notices": complete}
        unit.audit.add(caller, Step.RETRACT.value, article_id, details)
        return record
