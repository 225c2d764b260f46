# SPDX-License-Identifier: EUPL-1.2
"""Say that a translation is right for the present source, although its text has not changed."""

from content_api.domain.errors import NoSuchLocale
from content_api.domain.translation import Made, Origin, carried, left_out
from content_api.ports import Deps
from content_api.use_cases.inspect_translations import Overview
from content_api.use_cases.keep_translations import Seen, add_record, standing


def confirm_translation(
    article_id: str, locale: str, deps: Deps, *, caller: str, seen: Seen
) -> Overview:
    """Confirm every segment, and what the translation leaves out. No draft is written.

    Raises:
        NoSuchArticle, StaleTranslation: it is not what was seen.
        NoTranslation, NoSuchLocale: there is no such translation.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        found = standing(unit, current, locale)
        found.check_seen(seen)
        document, number = found.document, found.draft.number
        if locale not in document.locales:
            raise NoSuchLocale([locale], document.locales)
        links = carried(
            found.links,
            document,
            document,
            locale,
            source=document,
            made=Made(number, {}, all=True),
            documents=found.documents,
        )
        links = (*links, *left_out(document, number, links))
        add_record(unit, found.draft, locale, number, Origin.CONFIRMED, caller, links)
        unit.audit.add(
            caller,
            "confirm-translation",
            article_id,
            {"draft": found.draft.number, "locale": locale},
        )
        now = standing(unit, current, locale)
        return Overview(now, now.rows())
