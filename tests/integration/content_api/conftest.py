# SPDX-License-Identifier: EUPL-1.2
"""The service on a fresh database of a real PostgreSQL."""

import psycopg
import pytest
from cryptography.fernet import Fernet

from communique.broker import Broker
from content_api.bootstrap import build, migrate
from content_api.settings import Settings
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore

SECRET_KEY = Fernet.generate_key().decode()


@pytest.fixture
def service(postgres_url):
    settings = Settings(
        database_url=postgres_url, broker=Broker("127.0.0.1:1"), secret_key=SECRET_KEY
    )
    migrate(settings)
    service = build(settings)
    service.shelf.open()
    yield service
    service.shelf.close()
    service.engine.dispose()


@pytest.fixture
def secret_key():
    """What opens the signing keys of `service`."""
    return SECRET_KEY


@pytest.fixture
def desk(service):
    return Desk(service.deps)


@pytest.fixture
def sql(postgres_url, service):
    """Ask the database directly."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection.execute


@pytest.fixture
def memory_desk():
    return Desk(MemoryStore().deps())
