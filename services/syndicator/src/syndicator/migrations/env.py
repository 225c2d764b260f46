# SPDX-License-Identifier: EUPL-1.2
from communique.db import run_migrations
from syndicator.store.tables import metadata

run_migrations(metadata)
