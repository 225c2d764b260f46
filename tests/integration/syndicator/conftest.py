# SPDX-License-Identifier: EUPL-1.2
"""The syndicator over a migrated database; destinations are fakes unless a test says otherwise."""

from dataclasses import replace

import pytest
from cryptography.fernet import Fernet

from communique.broker import Broker
from syndicator.bootstrap import build
from syndicator.settings import Settings
from syndicator.testing.fakes import LOOKING


@pytest.fixture
def settings(postgres_url):
    return Settings(
        broker=Broker(),
        database_url=postgres_url,
        secret_key=Fernet.generate_key().decode(),
        site_url="https://ministry.example",
        allow_private=True,
    )


@pytest.fixture
def service(settings):
    service = build(settings)
    service.migrate()
    yield service
    service.engine.dispose()


@pytest.fixture
def deps_with(service):
    """Return the service's dependencies, with fake platforms by channel."""

    def make(platforms, can=LOOKING):
        real = service.deps

        def connect(channel, credential):
            return platforms.get(channel.name) or real.connect(channel, credential)

        return replace(real, connect=connect, capabilities={**real.capabilities, "fake": can})

    return make
