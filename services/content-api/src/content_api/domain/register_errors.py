# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a change of a register.

Refused
├── NoSuchEntry   404
└── StaleEntry    412  If-Match names another revision than the current one
"""

from communique.errors import NotFound, PreconditionFailed


class NoSuchEntry(NotFound):
    """The register has no such entry."""

    def __init__(self, code: str) -> None:
        """Name it."""
        super().__init__(f"The register has no {code}.")


class StaleEntry(PreconditionFailed):
    """Somebody has changed the entry since, or it is gone."""

    def __init__(self, revision: int) -> None:
        """Name the current revision; 0 when there is no entry."""
        etag = f'"r{revision}"' if revision else None
        super().__init__(
            f"The entry has revision {revision}; If-Match names another one.",
            headers={"ETag": etag} if etag else {},
            extra={"current_etag": etag},
        )
