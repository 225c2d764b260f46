# SPDX-License-Identifier: EUPL-1.2
"""The service over real PostgreSQL and S3, with a client and a key."""

from uuid import uuid4

import boto3
import psycopg
import pytest

from communique import db
from communique.keys import new_secret
from communique.settings import read
from local_stack.samples.photo import lead_photo
from media_store.app import create_app
from media_store.bootstrap import MIGRATIONS, build
from media_store.settings import Settings
from media_store.store.tables import OUTBOX, SCHEMA

MEDIA_URL = "https://media.example"


@pytest.fixture(scope="session")
def database(components):
    """A database for all tests of this service, migrated once."""
    server = components.environment()["COMMUNIQUE_DATABASE_URL"]
    name = f"media_store_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = server.rpartition("/")[0] + f"/{name}"
    db.migrate(url, SCHEMA, MIGRATIONS)
    yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database_url(database):
    """The same database, emptied."""
    with psycopg.connect(database) as connection:
        connection.execute("SET search_path TO media_store")
        connection.execute("TRUNCATE assets, renditions, outbox, api_keys")
    return database


@pytest.fixture(scope="session")
def bucket(components):
    """Settings of a bucket for all tests of this service: objects are known by their content."""
    settings = {
        name: value
        for name, value in components.environment().items()
        if name.startswith("COMMUNIQUE_S3_")
    }
    settings["COMMUNIQUE_S3_BUCKET"] = f"media-store-{uuid4().hex}"
    storage = boto3.resource(
        "s3",
        endpoint_url=settings["COMMUNIQUE_S3_ENDPOINT"],
        aws_access_key_id=settings["COMMUNIQUE_S3_ACCESS_KEY"],
        aws_secret_access_key=settings["COMMUNIQUE_S3_SECRET_KEY"],
        region_name=settings["COMMUNIQUE_S3_REGION"],
    )
    made = storage.create_bucket(Bucket=settings["COMMUNIQUE_S3_BUCKET"])
    yield settings
    made.objects.delete()
    made.delete()
    storage.meta.client.close()


@pytest.fixture(scope="session")
def photo():
    """A JPEG of 12 megapixels with a position, a camera, a credit and captions inside."""
    return lead_photo()


@pytest.fixture
def environment(database_url, bucket):
    return {
        **bucket,
        "COMMUNIQUE_DATABASE_URL": database_url,
        "COMMUNIQUE_MEDIA_URL": MEDIA_URL,
        "COMMUNIQUE_MEDIA_LEASE_SECONDS": "2",
    }


@pytest.fixture
def service(environment):
    service = build(read(Settings, environment))
    yield service
    service.engine.dispose()
    service.blobs.close()


@pytest.fixture
def client(service):
    app = create_app(service.deps, guard=service.guard(), ready=service.ready)
    return app.test_client()


@pytest.fixture
def key_with(service):
    """Make the headers of a caller with some scopes."""

    def headers(*scopes):
        secret = new_secret()
        service.keys().create("test", list(scopes), secret=secret)
        return {"Authorization": f"Bearer {secret}"}

    return headers


@pytest.fixture
def desk(key_with):
    return key_with("media:read", "media:write")


@pytest.fixture
def upload(client, desk):
    """Upload bytes and return the answer."""

    def post(data, content_type="image/jpeg", **options):
        headers = {**desk, **options.pop("headers", {})}
        return client.post(
            "/v1/assets", data=data, content_type=content_type, headers=headers, **options
        )

    return post


@pytest.fixture
def ready(client, desk, upload, service, photo):
    """Upload the photo, make its renditions, and return the asset."""
    place = upload(photo).headers["Location"]
    assert service.renditions().step()
    return client.get(place, headers=desk).json


@pytest.fixture
def fetch(client):
    """Get a path or an address of this service, read to its end."""

    def get(address, **headers):
        path = address.removeprefix(MEDIA_URL)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(path, headers=named, buffered=True)

    return get


@pytest.fixture
def events(service):
    """Return the (type, key) of every event in the outbox, in order."""

    def committed():
        query = OUTBOX.select().order_by(OUTBOX.c.position)
        with db.transaction(service.engine) as connection:
            return [(row.type, row.key) for row in connection.execute(query)]

    return committed
