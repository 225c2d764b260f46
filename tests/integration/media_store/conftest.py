# SPDX-License-Identifier: EUPL-1.2
"""The service over real PostgreSQL and S3, with a client and a key."""

import pytest
from communique.keys import new_secret
from communique.settings import read
from media_store.app import create_app
from media_store.bootstrap import build
from media_store.settings import Settings

MEDIA_URL = "https://media.example"


@pytest.fixture
def environment(postgres_url, s3):
    return {
        **s3,
        "COMMUNIQUE_DATABASE_URL": postgres_url,
        "COMMUNIQUE_MEDIA_URL": MEDIA_URL,
        "COMMUNIQUE_MEDIA_LEASE_SECONDS": "2",
    }


@pytest.fixture
def service(environment):
    service = build(read(Settings, environment))
    service.migrate()
    yield service
    service.engine.dispose()
    service.blobs.close()


@pytest.fixture
def client(service):
    app = create_app(service.deps, guard=service.guard(), ready=service.ready)
    return app.test_client()


@pytest.fixture
def desk(service):
    """Headers of a caller that may read and write."""
    secret = new_secret()
    service.keys().create("desk", ["media:read", "media:write"], secret=secret)
    return {"Authorization": f"Bearer {secret}"}
