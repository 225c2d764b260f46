# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL, and nothing else."""
