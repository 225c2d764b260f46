# SPDX-License-Identifier: EUPL-1.2
"""Every error that the client raises.

CommuniqueError
├── NoAnswer             the server could not be reached, or its answer not be read
├── NotAuthentic         a document without a good signature
└── Problem              the server refused; a problem document (RFC 9457)
    ├── InvalidRequest   400, 422: `errors` names what is wrong
    ├── Unauthenticated  401
    ├── Forbidden        403
    ├── NotFound         404
    ├── Withdrawn        410: was public; carries the notices
    ├── TooManyRequests  429: `retry_after` tells how long to wait
    └── ServerError      500 and above
"""

from collections.abc import Mapping, Sequence
from typing import Any


class CommuniqueError(Exception):
    """The root of every error the client raises."""


class NoAnswer(CommuniqueError):
    """The server could not be reached, or what came was no answer of its."""


class NotAuthentic(CommuniqueError):
    """The document has no signature, or not a good one of a key that the ministry publishes."""


class Problem(CommuniqueError):
    """The server refused."""

    def __init__(
        self, status: int, document: Mapping[str, Any], *, retry_after: float | None = None
    ) -> None:
        """Take the problem document as it came."""
        self.status = status
        self.document = document
        self.retry_after = retry_after
        super().__init__(f"{status} {self.title}: {self.detail}" if self.detail else f"{status}")

    @property
    def type(self) -> str:
        """Return the URI that names the kind of problem."""
        return str(self.document.get("type", "about:blank"))

    @property
    def title(self) -> str:
        """Return the kind of problem in words."""
        return str(self.document.get("title", ""))

    @property
    def detail(self) -> str:
        """Return what happened, for a person."""
        return str(self.document.get("detail", ""))

    @property
    def errors(self) -> Sequence[Mapping[str, str]]:
        """Return what is wrong: each with `pointer` or `parameter`, and `detail`."""
        found = self.document.get("errors", ())
        return tuple(found) if isinstance(found, list) else ()


class InvalidRequest(Problem):
    """The request does not fit; `errors` names what is wrong."""


class Unauthenticated(Problem):
    """No key, or one that is unknown, expired or revoked."""


class Forbidden(Problem):
    """The key may not do this."""


class NotFound(Problem):
    """There is no such article, or not in that language."""

    @property
    def available_locales(self) -> tuple[str, ...]:
        """Return the languages the article has, when it has not the one asked for."""
        return tuple(self.document.get("available_locales", ()))


class Withdrawn(Problem):
    """The article was public and has been withdrawn. Take it down."""

    @property
    def notices(self) -> Mapping[str, str]:
        """Return what the public is told, per language."""
        return dict(self.document.get("notices", {}))


class TooManyRequests(Problem):
    """The key has used its quota, and waiting for it would take too long."""


class ServerError(Problem):
    """It is the server's fault, or a part it depends on is away."""


_KINDS: Mapping[int, type[Problem]] = {
    400: InvalidRequest,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    410: Withdrawn,
    422: InvalidRequest,
    429: TooManyRequests,
}


def problem(
    status: int, document: Mapping[str, Any], *, retry_after: float | None = None
) -> Problem:
    """Return the error for an answer."""
    kind = ServerError if status >= 500 else _KINDS.get(status, Problem)
    return kind(status, document, retry_after=retry_after)
