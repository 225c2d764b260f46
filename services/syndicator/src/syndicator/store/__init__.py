# SPDX-License-Identifier: EUPL-1.2
"""SQLAlchemy, and nothing else."""
