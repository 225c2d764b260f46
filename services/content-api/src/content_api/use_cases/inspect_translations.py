# SPDX-License-Identifier: EUPL-1.2
"""What translators ask: which translations are behind their source, and where exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

from content_api.domain.desk_article import Draft
from content_api.domain.translation import Origin, Row, stale
from content_api.domain.xliff_file import Job
from content_api.domain.xliff_write import write_xliff
from content_api.ports import Deps
from content_api.use_cases.keep_translations import Standing, standing, standings


@dataclass(frozen=True, slots=True)
class Overview:
    """How one translation stands: how many of its segments somebody has to look at."""

    standing: Standing
    rows: Sequence[Row]

    @property
    def stale(self) -> int:
        """Count the segments that are not fresh."""
        return stale(self.rows)

    @property
    def percentage(self) -> float:
        """Return how much of it is fresh; a little less than all is never told as all."""
        if not self.rows:
            return 100.0
        return (len(self.rows) - self.stale) * 1000 // len(self.rows) / 10


def list_translations(article_id: str, deps: Deps) -> tuple[Draft, list[Overview]]:
    """Return the current draft and how each of its translations stands, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        draft = unit.drafts.get(article_id, article.draft_number)
        return draft, [Overview(each, each.rows()) for each in standings(unit, article)]


def read_translation(article_id: str, locale: str, deps: Deps) -> Overview:
    """Return one translation beside its source; a language that is not there yet lacks everything.

    Raises:
        NoSuchArticle: there is no such article.
        NoTranslation: it is written in that language.
    """
    with deps.unit_of_work() as unit:
        found = standing(unit, unit.articles.get(article_id), locale)
        return Overview(found, found.rows())


def export_translation(article_id: str, locale: str, deps: Deps) -> tuple[Overview, bytes]:
    """Return a translation as XLIFF.

    Raises:
        NoSuchArticle: there is no such article.
        NoTranslation: it is written in that language.
    """
    overview = read_translation(article_id, locale, deps)
    found = overview.standing
    job = Job(article_id, found.draft.number, found.document.source_locale, locale)
    content = write_xliff(job, overview.rows, origin=_origin(found), public=found.article.published)
    return overview, content


def _origin(found: Standing) -> Origin | None:
    return None if found.record is None else found.record.origin
