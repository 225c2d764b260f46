# SPDX-License-Identifier: EUPL-1.2
"""The glossary and the waivers on a real PostgreSQL, held to what the store in memory does."""

from pathlib import Path

import psycopg
import pytest

from content_api import __main__ as program
from content_api.domain.terms.concept import Concept, ConceptKind, ForbiddenForm, LocaleForms
from content_api.domain.terms.errors import ForbiddenTerms, NoSuchConcept, StaleConcept
from content_api.ports import TermFilter
from content_api.testing.builders import a_document, a_localization
from content_api.testing.memory import MemoryStore
from content_api.use_cases.approve import approve
from content_api.use_cases.check_terms import check_article, waive
from content_api.use_cases.create_article import create_article
from content_api.use_cases.import_terms import export_terms, import_terms
from content_api.use_cases.manage_terms import (
    change_term,
    create_term,
    list_terms,
    read_term,
    retire_term,
)

FILE = Path(__file__).parents[3] / "deploy/local/src/local_stack/samples/glossary.csv"
SEA = Concept(
    "sea",
    ConceptKind.SEA,
    {"vi": LocaleForms("Biển Đông", (), (ForbiddenForm("Nam Hải", "official usage"),))},
)


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


def wrong_article(deps):
    texts = {"vi": a_localization(title="Ở Nam Hải"), "en": a_localization(slug="other")}
    return create_article(a_document(locales=texts), deps, caller="author").article


def test_a_concept_lives_through_revisions(deps):
    assert create_term(SEA, deps, caller="one")[1]
    assert not create_term(SEA, deps, caller="one")[1]
    renamed = Concept("sea", ConceptKind.SEA, SEA.locales, note="x")
    assert change_term(renamed, deps, caller="two", seen=1).revision == 2
    with pytest.raises(StaleConcept):
        retire_term("sea", deps, caller="one", seen=1)
    assert retire_term("sea", deps, caller="one", seen=2).retired
    assert read_term("sea", deps).concept == renamed
    with pytest.raises(NoSuchConcept):
        read_term("lake", deps)


def test_concepts_are_found_by_text_kind_and_language(deps):
    import_terms(FILE.read_bytes(), "csv", deps, caller="one", dry_run=False)

    def found(**wanted):
        return [
            each.concept.id
            for each in list_terms(TermFilter(**wanted), deps, after=None, limit=100)[0]
        ]

    assert found(text="bien dong")[:1] == ["sea-east-sea"]
    assert "sea-east-sea" in found(text="南海")
    assert found(text="100%_") == []
    assert set(found(locale="zh-Hans", retired=True)) == set()
    page, following = list_terms(TermFilter(), deps, after=None, limit=3)
    rest, _ = list_terms(TermFilter(), deps, after=following, limit=3)
    assert [each.concept.id for each in page] < [each.concept.id for each in rest]


def test_the_sample_glossary_goes_in_and_comes_out(deps):
    data = FILE.read_bytes()
    dry = import_terms(data, "csv", deps, caller="one", dry_run=True)
    first = import_terms(data, "csv", deps, caller="one", dry_run=False)
    assert len(first.created) == len(dry.created) >= 60
    for form in ("csv", "tbx"):
        again = export_terms(form, deps)
        report = import_terms(again, form, deps, caller="one", dry_run=False)
        assert (report.created, report.changed) == ((), ())


def test_every_change_is_seen_by_the_next_check(deps):
    article = wrong_article(deps)
    assert check_article(article.id, deps).items == []
    create_term(SEA, deps, caller="one")
    report = check_article(article.id, deps)
    assert (report.blocking, report.glossary_version) == (1, 1)
    retire_term("sea", deps, caller="one", seen=1)
    assert check_article(article.id, deps).items == []


def test_approval_waits_for_a_waiver(deps):
    create_term(SEA, deps, caller="one")
    article = wrong_article(deps)
    with pytest.raises(ForbiddenTerms):
        approve(article.id, deps, caller="editor", seen=1)
    finding = check_article(article.id, deps).items[0].finding
    waiver, new = waive(article.id, finding.fingerprint, "Quoted.", deps, caller="editor")
    again = waive(article.id, finding.fingerprint, "Again.", deps, caller="other")
    assert new
    assert again == (waiver, False)
    assert approve(article.id, deps, caller="editor", seen=1).approved


def test_waivers_and_changes_only_grow(service, sql):
    create_term(SEA, service.deps, caller="one")
    article = wrong_article(service.deps)
    finding = check_article(article.id, service.deps).items[0].finding
    waive(article.id, finding.fingerprint, "Quoted.", service.deps, caller="editor")
    for table in ("term_waivers", "term_changes"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            sql(f"DELETE FROM content_api.{table}")
    actions = sql("SELECT caller, action, term_id, version FROM content_api.term_changes")
    assert actions.fetchall() == [("one", "create", "sea", 1)]
    audited = sql("SELECT caller FROM content_api.audit WHERE action = 'waive-term'").fetchall()
    assert audited == [("editor",)]


def test_the_command_imports_a_file_or_says_where_it_is_wrong(
    service, monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(program, "_deps", lambda: service.deps)
    assert program.main(["terms", "import", str(FILE), "--dry-run"]) == 0
    assert "would be created" in capsys.readouterr().out
    assert program.main(["terms", "import", str(FILE)]) == 0
    target = tmp_path / "out.tbx"
    assert program.main(["terms", "export", str(target)]) == 0
    assert b"sea-east-sea" in target.read_bytes()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("id,kind,locale,status,form\na,moon,en,preferred,A\n")
    assert program.main(["terms", "import", str(wrong)]) == 1
    assert f"{wrong}:2:2: " in capsys.readouterr().err
