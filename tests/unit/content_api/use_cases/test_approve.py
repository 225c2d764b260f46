# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.events.article import Localization
from content_api.domain.errors import FourEyes, NotNow, Stale
from content_api.domain.states import State
from content_api.testing.builders import a_document, a_localization
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.approve import approve
from content_api.use_cases.retract import retract
from content_api.use_cases.save_draft import save_locale


@pytest.fixture
def desk():
    return Desk(MemoryStore().deps())


def translate(desk, article, caller, text: Localization | None = None):
    saved, _ = save_locale(
        article.id,
        "fr",
        text or a_localization(slug="semaine"),
        desk.deps,
        caller=caller,
        seen=article.draft_number,
    )
    return saved


def test_somebody_else_approves(desk):
    article = desk.approved(a_document())
    assert (article.state, article.approved_by) == (State.APPROVED, "editor")


def test_the_author_may_not(desk):
    article = desk.create(a_document())
    with pytest.raises(FourEyes):
        approve(article.id, desk.deps, caller="author", seen=1)


def test_nor_may_whoever_wrote_a_draft_since_the_last_approval(desk):
    article = translate(desk, desk.create(a_document()), caller="editor")
    article = translate(desk, article, caller="author")
    with pytest.raises(FourEyes):
        approve(article.id, desk.deps, caller="editor", seen=3)
    assert approve(article.id, desk.deps, caller="third", seen=3).approved


def test_whoever_wrote_before_the_last_approval_may(desk):
    article = translate(desk, desk.create(a_document()), caller="editor")
    approve(article.id, desk.deps, caller="third", seen=2)
    article = translate(desk, article, caller="author")
    assert approve(article.id, desk.deps, caller="editor", seen=3).approved_by == "editor"


def test_approving_again_changes_nothing(desk):
    article = desk.approved(a_document())
    assert approve(article.id, desk.deps, caller="author", seen=1) == article


def test_a_draft_that_was_not_seen_is_not_approved(desk):
    article = translate(desk, desk.create(a_document()), caller="author")
    with pytest.raises(Stale):
        approve(article.id, desk.deps, caller="editor", seen=1)


def test_nothing_of_a_retracted_article_is_approved(desk):
    article = desk.live(a_document())
    retract(article.id, {"vi": "Rút."}, desk.deps, caller="publisher", seen=1)
    with pytest.raises(NotNow):
        approve(article.id, desk.deps, caller="editor", seen=1)
