# SPDX-License-Identifier: EUPL-1.2
"""Hold a request to the rules of authority, before its act; the route's scope was checked."""

from communique.web.auth import caller
from content_api.api.deps import deps
from content_api.domain.authority import Action
from content_api.domain.document import Document
from content_api.domain.roles import Person
from content_api.use_cases.authorise import authorise, authorise_locale, authorise_new


def person() -> Person:
    """Return who makes the present request, with what their key makes of them."""
    found = caller()
    return Person(found.label, found.scopes)


def permit(
    action: Action, article: str, seen: int | None = None, *, locale: str | None = None
) -> None:
    """Let the present request pass, or refuse it with the reason; `locale` for one language."""
    authorise(article, action, deps(), person=person(), seen=seen, locale=locale)


def permit_locale(article: str, locale: str) -> None:
    """Let a change of one language pass, or refuse it with the reason."""
    authorise_locale(article, locale, deps(), person=person())


def permit_new(document: Document) -> None:
    """Let a first draft pass, or refuse it with the reason."""
    authorise_new(document, person=person())
