# SPDX-License-Identifier: EUPL-1.2
"""One transaction, one commit: an article, what is public of it, and its announcement."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, func, select

from communique import db
from content_api.ports import (
    Articles,
    Assignments,
    Audit,
    AuthorityRules,
    Comments,
    Deliveries,
    Drafts,
    Embargoed,
    Imports,
    Locales,
    Locks,
    Previews,
    Registers,
    Releases,
    Reviews,
    Signing,
    Terms,
    Translations,
    Versions,
    Waivers,
)
from content_api.store import tables
from content_api.store.articles import StoredArticles, StoredAudit, StoredDrafts
from content_api.store.authority import StoredRules
from content_api.store.comments import StoredComments
from content_api.store.deliveries import StoredDeliveries
from content_api.store.embargoed import StoredEmbargoed
from content_api.store.imports import StoredImports
from content_api.store.locales import StoredLocales
from content_api.store.previews import StoredPreviews
from content_api.store.registers import StoredRegisters
from content_api.store.releases import StoredReleases
from content_api.store.signing import StoredSigning, Vault
from content_api.store.terms import StoredTerms, StoredWaivers
from content_api.store.translations import StoredTranslations
from content_api.store.versions import StoredVersions
from content_api.store.workflow import StoredAssignments, StoredLocks, StoredReviews


class PostgresUnitOfWork:
    """A transaction on PostgreSQL; use it as a context manager, once."""

    articles: Articles
    drafts: Drafts
    embargoed: Embargoed
    locales: Locales
    releases: Releases
    versions: Versions
    deliveries: Deliveries
    previews: Previews
    audit: Audit
    imports: Imports
    registers: Registers
    reviews: Reviews
    assignments: Assignments
    comments: Comments
    locks: Locks
    authority: AuthorityRules
    terms: Terms
    waivers: Waivers
    translations: Translations
    signing: Signing

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Take the database, and what opens its signing keys; nothing is opened yet."""
        self._engine = engine
        self._vault = vault
        self._connection: Connection
        self._moment: datetime | None = None

    def now(self) -> datetime:
        """Return the moment of the first call, by the database's clock; lock first, then ask."""
        if self._moment is None:
            self._moment = db.now(self._connection)
        return self._moment

    def attempt(self) -> AbstractContextManager[None]:
        """Undo what is done inside it, and only that, if it raises."""
        return _savepoint(self._connection)

    def wake_scheduler(self) -> None:
        """Tell the scheduler, on commit, that its next moment may have changed."""
        self._connection.execute(select(func.pg_notify(tables.SCHEDULED_CHANNEL, "")))

    def __enter__(self) -> Self:
        """Begin."""
        self._connection = self._engine.connect()
        self.articles = StoredArticles(self._connection)
        self.drafts = StoredDrafts(self._connection)
        self.embargoed = StoredEmbargoed(self._connection)
        self.locales = StoredLocales(self._connection)
        self.releases = StoredReleases(self._connection)
        self.signing = StoredSigning(self._connection, self._vault)
        self.versions = StoredVersions(self._connection, self.signing)
        self.deliveries = StoredDeliveries(self._connection)
        self.previews = StoredPreviews(self._connection)
        self.audit = StoredAudit(self._connection)
        self.imports = StoredImports(self._connection)
        self.registers = StoredRegisters(self._connection)
        self.reviews = StoredReviews(self._connection)
        self.assignments = StoredAssignments(self._connection)
        self.comments = StoredComments(self._connection)
        self.locks = StoredLocks(self._connection)
        self.authority = StoredRules(self._connection)
        self.terms = StoredTerms(self._connection)
        self.waivers = StoredWaivers(self._connection)
        self.translations = StoredTranslations(self._connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or undo everything if there was an error."""
        try:
            if error is None:
                self._connection.commit()
            else:
                self._connection.rollback()
        finally:
            self._connection.close()


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    with connection.begin_nested():
        yield
