# SPDX-License-Identifier: EUPL-1.2
from communique.db import run_migrations
from media_store.store.tables import METADATA

run_migrations(METADATA)
