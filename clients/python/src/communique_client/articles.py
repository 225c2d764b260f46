# SPDX-License-Identifier: EUPL-1.2
"""Read articles: one, a list, all pages of a list."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from communique_client.errors import NoAnswer
from communique_client.models import EVERYTHING, Article, Page, Selection
from communique_client.transport import Transport


class Articles:
    """What is live."""

    def __init__(self, transport: Transport) -> None:
        """Take what asks."""
        self._transport = transport

    def get(self, id: str, *, locale: str | None = None, fallback: Sequence[str] = ()) -> Article:  # noqa: A002  # as the API calls it
        """Return an article: whole, or in the first of the languages that it has.

        Raises:
            NotFound: it was never live, or has none of the languages.
            Withdrawn: it has been withdrawn.
        """
        query = {"locale": locale} if locale else {}
        if fallback:
            query["fallback"] = ",".join(fallback)
        return Article.read(self._transport.get(f"/v1/articles/{quote(id, safe='')}", query))

    def by_slug(self, locale: str, slug: str) -> Article:
        """Return the article at an address, present or former."""
        path = f"/v1/articles/by-slug/{quote(locale, safe='')}/{quote(slug, safe='')}"
        return Article.read(self._transport.get(path))

    def page(
        self, which: Selection = EVERYTHING, *, cursor: str | None = None, limit: int = 20
    ) -> Page:
        """Return one page of live articles, newest first."""
        query = {**which.query(), "limit": str(limit)}
        if cursor is not None:
            query["cursor"] = cursor
        given = self._transport.get("/v1/articles", query)
        return Page(tuple(Article.read(each) for each in given["items"]), given["next"])

    def all(self, which: Selection = EVERYTHING, *, limit: int = 100) -> Iterator[Article]:
        """Yield every live article, newest first; pages are fetched as they are needed."""
        cursor: str | None = None
        while True:
            page = self.page(which, cursor=cursor, limit=limit)
            yield from page.items
            if page.next is None:
                return
            if page.next == cursor:
                raise NoAnswer("the list does not go on")
            cursor = page.next
