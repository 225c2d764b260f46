# SPDX-License-Identifier: EUPL-1.2
"""Real components for a session, and a fresh database and bucket for each test that asks."""

from pathlib import Path
from uuid import uuid4

import boto3
import psycopg
import pytest
from botocore.config import Config

from local_stack.programs import COMPONENTS
from local_stack.stack import Stack


@pytest.fixture(scope="session")
def components(request):
    """PostgreSQL, S3 and the broker, started for this session and stopped with it."""
    offset = request.config.getoption("--stack-offset")
    home = Path(f".local/test-{offset}")
    stack = Stack(home, offset, request.config.getoption("--broker"))
    stack.up(COMPONENTS, tethered=True)
    yield stack
    stack.down()


@pytest.fixture
def postgres_url(components):
    """The address of a fresh, empty database."""
    server = components.environment()["COMMUNIQUE_DATABASE_URL"]
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield server.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def s3(components):
    """Settings of the S3 server (COMMUNIQUE_S3_*), with a fresh, empty bucket."""
    settings = {
        name: value
        for name, value in components.environment().items()
        if name.startswith("COMMUNIQUE_S3_")
    }
    settings["COMMUNIQUE_S3_BUCKET"] = f"test-{uuid4().hex}"
    client = boto3.client(
        "s3",
        endpoint_url=settings["COMMUNIQUE_S3_ENDPOINT"],
        aws_access_key_id=settings["COMMUNIQUE_S3_ACCESS_KEY"],
        aws_secret_access_key=settings["COMMUNIQUE_S3_SECRET_KEY"],
        region_name=settings["COMMUNIQUE_S3_REGION"],
        config=Config(s3={"addressing_style": "path"}, signature_version="s3v4"),
    )
    bucket = settings["COMMUNIQUE_S3_BUCKET"]
    client.create_bucket(Bucket=bucket)
    yield settings
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for each in page.get("Contents", ()):
            client.delete_object(Bucket=bucket, Key=each["Key"])
    client.delete_bucket(Bucket=bucket)
    client.close()


@pytest.fixture
def kafka(components):
    """The address of the broker; the five topics exist."""
    return components.environment()["COMMUNIQUE_KAFKA"]
