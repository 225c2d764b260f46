# SPDX-License-Identifier: EUPL-1.2
"""Run the migrations of this service's schema."""

from communique import db
from content_api.store.tables import metadata

db.run_migrations(metadata)
