# SPDX-License-Identifier: EUPL-1.2
"""The people at the desk: one writes, another approves, a third publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.ids import new_id
from local_stack.demo.web import Answer, Web, expect


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk API with the keys of three people."""

    web: Web
    base: str
    author: str
    editor: str
    publisher: str

    def create(self, document: Mapping[str, Any]) -> str:
        """Save a new draft under an id of our own (asking twice makes one); return the id."""
        article = new_id()
        body = {"id": article, **document}
        expect(self._ask("POST", "", self.author, body=body), 200, 201)
        return article

    def change(self, article: str, document: Mapping[str, Any]) -> None:
        """Save another draft of an article."""
        etag = self._etag(article)
        answer = self._ask("PUT", f"/{article}", self.author, etag=etag, body=document)
        if answer.status != 412:  # the first try had been saved, its answer lost
            expect(answer, 200)

    def approve(self, article: str) -> None:
        """Let the editor approve the present draft."""
        path = f"/{article}/approve"
        expect(self._ask("POST", path, self.editor, etag=self._etag(article)), 200)

    def publish(self, article: str) -> Answer:
        """Publish the approved draft, now or when its embargo lifts."""
        path = f"/{article}/publish"
        return expect(self._ask("POST", path, self.publisher, etag=self._etag(article)), 200, 202)

    def correct(self, article: str) -> Answer:
        """Publish the approved draft as a correction."""
        path = f"/{article}/correct"
        return expect(self._ask("POST", path, self.publisher, etag=self._etag(article)), 200)

    def retract(self, article: str, notices: Mapping[str, str]) -> Answer:
        """Withdraw the article everywhere, with a notice per locale."""
        path, body = f"/{article}/retract", {"notices": notices}
        etag = self._etag(article)
        return expect(self._ask("POST", path, self.publisher, etag=etag, body=body), 200)

    def deliveries(self, article: str) -> dict[str, Any]:
        """Read the delivery history of an article."""
        answer = expect(self._ask("GET", f"/{article}/deliveries", self.publisher), 200)
        history: dict[str, Any] = answer.json()
        return history

    def _etag(self, article: str) -> str:
        return expect(self._ask("GET", f"/{article}", self.author), 200).headers["etag"]

    def _ask(
        self,
        method: str,
        path: str,
        key: str,
        *,
        etag: str | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        headers = {"If-Match": etag} if etag else {}
        url = f"{self.base}/v1/desk/articles{path}"
        return self.web.ask(method, url, key=key, body=body, headers=headers)
