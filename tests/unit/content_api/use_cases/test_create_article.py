# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import InvalidInput
from communique.events.article import Paragraph
from communique.ids import new_id
from content_api.domain.errors import IdTaken
from content_api.testing.builders import a_document, a_localization
from content_api.testing.memory import MemoryStore
from content_api.use_cases.create_article import create_article
from content_api.use_cases.save_draft import save_draft


@pytest.fixture
def store():
    return MemoryStore()


def test_an_article_begins_with_draft_one(store):
    made = create_article(a_document(), store.deps(), caller="author")
    assert made.new
    assert made.article.draft_number == 1
    assert store.tables.drafts[made.article.id, 1].document == a_document()
    assert store.tables.audit == [("author", "create", made.article.id, {"draft": 1})]


def test_the_same_content_under_the_same_id_changes_nothing(store):
    chosen = new_id()
    create_article(a_document(), store.deps(), caller="author", article_id=chosen)
    save_draft(chosen, a_document(urgency=2), store.deps(), caller="author", seen=1)
    again = create_article(a_document(), store.deps(), caller="author", article_id=chosen)
    assert not again.new
    assert again.draft.document.urgency == 2
    assert len(store.tables.drafts) == 2


def test_other_content_under_the_same_id_is_refused(store):
    chosen = new_id()
    create_article(a_document(), store.deps(), caller="author", article_id=chosen)
    with pytest.raises(IdTaken):
        create_article(a_document(urgency=1), store.deps(), caller="author", article_id=chosen)
    assert len(store.tables.drafts) == 1


def test_refused_html_leaves_nothing_behind(store):
    bad = a_document().with_locale("vi", a_localization(body=(Paragraph("<script>1</script>"),)))
    with pytest.raises(InvalidInput):
        create_article(bad, store.deps(), caller="author")
    assert (store.tables.articles, store.tables.drafts, store.tables.audit) == ({}, {}, [])
