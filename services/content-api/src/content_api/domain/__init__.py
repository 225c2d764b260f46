# SPDX-License-Identifier: EUPL-1.2
"""Pure. No Flask, no SQLAlchemy, no clock."""
