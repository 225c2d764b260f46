# SPDX-License-Identifier: EUPL-1.2
"""Take back an XLIFF file from a translator: all of it, or nothing."""

from content_api.domain.translation import Origin
from content_api.domain.translation_errors import NotXliff
from content_api.domain.xliff_file import Job
from content_api.domain.xliff_import import Sources, Taken, take
from content_api.domain.xliff_read import read_xliff
from content_api.ports import Deps
from content_api.use_cases.fill_translation import fill_translation
from content_api.use_cases.inspect_translations import Overview
from content_api.use_cases.keep_translations import Seen, Standing, standing


def import_translation(
    article_id: str, locale: str, content: bytes, deps: Deps, *, caller: str, seen: Seen
) -> Overview:
    """Put what has changed in the file into the next draft.

    The same file again changes nothing; a file whose units have all been reviewed stands for a
    person's word on what a machine had translated.

    Raises:
        NoSuchArticle, StaleTranslation, NotNow, LockHeld: it cannot be changed.
        NoTranslation: it is written in that language.
        InvalidInput: the file is not of this translation, or units of it are wrong; all are named.
        WouldBeLost: text of the translation has no place in the form that its source has now.
    """
    job, units = read_xliff(content)
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        found = standing(unit, current, locale)
        found.check_seen(seen)
        _check_job(job, found)
        rows = found.rows()
        sources = Sources(exported=found.documents(job.draft), present=found.document)
        taken = take(units, sources, rows)
        if not taken.texts and not _vouched_for(taken, found):
            return Overview(found, rows)
        fill_translation(unit, found, rows, taken.texts, caller=caller)
        notes = {each.id: list(each.notes) for each in units if each.notes}
        details = {"locale": locale, "units": sorted(taken.texts), "notes": notes}
        unit.audit.add(caller, "import-translation", article_id, details)
        now = standing(unit, unit.articles.get(article_id), locale)
        return Overview(now, now.rows())


def _vouched_for(taken: Taken, found: Standing) -> bool:
    by_machine = found.record is not None and found.record.origin is Origin.MACHINE
    return by_machine and taken.reviewed


def _check_job(job: Job, found: Standing) -> None:
    source = found.document.source_locale
    expected = {
        "/xliff/file/original": job.article == found.article.id
        and job.draft <= found.article.draft_number,
        "/xliff/srcLang": job.source_locale == source,
        "/xliff/trgLang": job.locale == found.locale,
    }
    for place, right in expected.items():
        if not right:
            raise NotXliff(
                f"It must be of article {found.article.id}, from {source} to {found.locale}.", place
            )
