# SPDX-License-Identifier: EUPL-1.2
"""A unit of work and a shelf in memory, held to the same contract as those on PostgreSQL."""

from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import datetime
from types import TracebackType
from typing import Self

from content_api.ports import (
    Articles,
    Assignments,
    Audit,
    AuthorityRules,
    Comments,
    Deliveries,
    Deps,
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
from content_api.testing.memory_imports import MemoryImports
from content_api.testing.memory_lists import MemoryLists, MemorySitemap
from content_api.testing.memory_locales import (
    MemoryEmbargoed,
    MemoryLocales,
    MemoryReleases,
    undone_if_it_raises,
)
from content_api.testing.memory_log import MemoryLog
from content_api.testing.memory_previews import MemoryPreviews
from content_api.testing.memory_registers import MemoryRegisters
from content_api.testing.memory_rows import (
    MemoryArticles,
    MemoryAudit,
    MemoryDeliveries,
    MemoryDrafts,
    MemoryVersions,
)
from content_api.testing.memory_search import MemorySearch
from content_api.testing.memory_shelf import MemoryShelf
from content_api.testing.memory_signing import MemorySigningKeys
from content_api.testing.memory_tables import Database, Tables
from content_api.testing.memory_terms import MemoryTerms, MemoryWaivers
from content_api.testing.memory_translations import MemoryTranslations
from content_api.testing.memory_workflow import (
    MemoryAssignments,
    MemoryComments,
    MemoryLocks,
    MemoryReviews,
    MemoryRules,
)


class MemoryStore(Database):
    """Everything a use case reaches, in memory."""

    def __init__(self) -> None:
        """Begin empty, with one signing key."""
        super().__init__()
        self.signing_keys = MemorySigningKeys(self)

    def deps(self) -> Deps:
        """Return what use cases need, on this store."""
        return Deps(
            unit_of_work=lambda: MemoryUnitOfWork(self),
            shelf=MemoryShelf(self),
            lists=MemoryLists(self),
            sitemap=MemorySitemap(self),
            signing_keys=self.signing_keys,
            log=MemoryLog(self),
            search=MemorySearch(self),
        )


class MemoryUnitOfWork:
    """A transaction on a memory store."""

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

    def __init__(self, store: MemoryStore) -> None:
        """Take the store."""
        self._store = store
        self._before: Tables

    def now(self) -> datetime:
        """Return the store's moment."""
        return self._store.moment

    def attempt(self) -> AbstractContextManager[None]:
        """Undo what is done inside it, and only that, if it raises."""
        return undone_if_it_raises(self._store.tables)

    def wake_scheduler(self) -> None:
        """Count the call."""
        self._store.woken += 1

    def __enter__(self) -> Self:
        """Begin."""
        self._store.lock.acquire()
        self._before = deepcopy(self._store.tables)
        tables = self._store.tables
        self.articles = MemoryArticles(tables, self._store)
        self.drafts = MemoryDrafts(tables)
        self.embargoed = MemoryEmbargoed(tables)
        self.locales = MemoryLocales(tables, self._store)
        self.releases = MemoryReleases(tables, self._store)
        self.signing = self._store.signing_keys
        self.versions = MemoryVersions(tables, self.signing)
        self.deliveries = MemoryDeliveries(tables, self._store)
        self.previews = MemoryPreviews(tables, self._store)
        self.registers = MemoryRegisters(tables)
        self.imports = MemoryImports(tables)
        self.audit = MemoryAudit(tables, self._store)
        self.reviews = MemoryReviews(tables)
        self.assignments = MemoryAssignments(tables)
        self.comments = MemoryComments(tables)
        self.locks = MemoryLocks(tables)
        self.authority = MemoryRules(tables)
        self.terms = MemoryTerms(tables.terms)
        self.waivers = MemoryWaivers(tables.terms)
        self.translations = MemoryTranslations(tables)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was done, or put back what was there."""
        if error is not None:
            self._store.tables = self._before
        self._store.lock.release()
