# SPDX-License-Identifier: EUPL-1.2
"""A sample service's tables in a fresh database, and its outbox."""

import gc
import warnings

import pytest

from communique import db
from communique.keys import keys_table
from communique.outbox.table import outbox_table


@pytest.fixture(autouse=True)
def collected():
    """Collect the sockets that kafka-python forgets to close, so that no later test is blamed."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def engine(postgres_url):
    made = db.engine(postgres_url)
    yield made
    made.dispose()


@pytest.fixture
def tables(engine):
    """Give the metadata of a schema that is there, with an outbox and keys."""
    metadata = db.metadata("sample")
    outbox_table(metadata)
    keys_table(metadata)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA sample")
        metadata.create_all(connection)
    return metadata.tables


@pytest.fixture
def outbox(tables):
    return tables["sample.outbox"]
