# SPDX-License-Identifier: EUPL-1.2
"""The database in memory keeps the contract; tests/integration holds PostgreSQL to the same."""

import pytest

from media_store.testing.contracts import UnitOfWorkContract
from media_store.testing.memory import MemoryDatabase


class TestMemoryUnitOfWork(UnitOfWorkContract):
    @pytest.fixture
    def database(self):
        return MemoryDatabase()

    @pytest.fixture
    def open_unit(self, database):
        return database.unit_of_work

    @pytest.fixture
    def events(self, database):
        return lambda: [(kind, asset.id) for kind, asset in database.events]
