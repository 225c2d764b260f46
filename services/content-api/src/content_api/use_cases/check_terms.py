# SPDX-License-Identifier: EUPL-1.2
"""Hold a draft to the glossary, and let somebody answer for what it may say all the same."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from communique.errors import InvalidInput
from content_api.domain.desk_article import Draft
from content_api.domain.document import Document
from content_api.domain.four_eyes import check_four_eyes
from content_api.domain.terms.errors import ForbiddenTerms
from content_api.domain.terms.findings import Finding
from content_api.domain.terms.glossary import Glossary
from content_api.domain.terms.waiver import Waiver, blocking
from content_api.ports import Deps, UnitOfWork


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding, and who answers for it."""

    finding: Finding
    waiver: Waiver | None


@dataclass(frozen=True, slots=True)
class TermsReport:
    """What the present glossary says of a draft; `blocking` findings keep it from approval."""

    article: str
    draft: int
    glossary_version: int
    items: Sequence[Checked]
    blocking: int


def check_article(article_id: str, deps: Deps) -> TermsReport:
    """Check the current draft of an article, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        return _report(unit, unit.drafts.get(article_id, article.draft_number), deps)


def check_draft(draft: Draft, deps: Deps) -> TermsReport:
    """Check a draft that is at hand."""
    with deps.unit_of_work() as unit:
        return _report(unit, draft, deps)


def refuse_forbidden_terms(
    unit: UnitOfWork, article_id: str, document: Document, deps: Deps
) -> None:
    """Keep a document from approval while it says what nobody may say and nobody answers for.

    Raises:
        ForbiddenTerms: carrying the findings.
    """
    findings = _glossary(unit, deps).check(document)
    left = blocking(findings, unit.waivers.of(article_id)) if findings else []
    if left:
        raise ForbiddenTerms(left)


def waive(
    article_id: str, fingerprint: str, reason: str, deps: Deps, *, caller: str
) -> tuple[Waiver, bool]:
    """Answer for a finding of the current draft; False when somebody has already.

    Raises:
        NoSuchArticle: there is none.
        InvalidInput: the current draft has no such finding.
        FourEyes: the caller wrote the draft, or one since the last approval.
    """
    with deps.unit_of_work() as unit:
        article = unit.articles.lock(article_id)
        known = unit.waivers.of(article_id).get(fingerprint)
        if known is not None:
            return known, False
        authors = unit.drafts.authors(article_id, after=article.approved_draft or 0)
        check_four_eyes(caller, authors)
        document = unit.drafts.get(article_id, article.draft_number).document
        finding = _finding(_glossary(unit, deps), document, fingerprint)
        waiver = Waiver(
            article=article_id,
            fingerprint=fingerprint,
            concept=finding.concept,
            locale=finding.locale,
            text=finding.text,
            reason=reason,
            waived_by=caller,
            waived_at=unit.now(),
        )
        unit.waivers.add(waiver)
        details = {**asdict(finding), "reason": reason, "draft": article.draft_number}
        unit.audit.add(caller, "waive-term", article_id, details)
        return waiver, True


def _finding(glossary: Glossary, document: Document, fingerprint: str) -> Finding:
    found = (each for each in glossary.check(document) if each.fingerprint == fingerprint)
    finding = next(found, None)
    if finding is None:
        raise InvalidInput(
            "The current draft has no such finding.",
            errors={"/fingerprint": ["No finding of the current draft has it."]},
        )
    return finding


def _report(unit: UnitOfWork, draft: Draft, deps: Deps) -> TermsReport:
    glossary = _glossary(unit, deps)
    findings = glossary.check(draft.document)
    waivers = unit.waivers.of(draft.article) if findings else {}
    return TermsReport(
        article=draft.article,
        draft=draft.number,
        glossary_version=glossary.version,
        items=[Checked(each, waivers.get(each.fingerprint)) for each in findings],
        blocking=len(blocking(findings, waivers)),
    )


def _glossary(unit: UnitOfWork, deps: Deps) -> Glossary:
    return deps.glossaries.get(unit.terms.version(), unit.terms.active)
